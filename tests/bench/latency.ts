// How long a frame is under way from its plugin to whoever watches, beside a server that only passes text on.
import { WebSocket } from 'ws'
import { startHouse, type TestHouse } from '../../shared/testing/start-house.ts'
import { until } from '../../shared/testing/until.ts'
import { startControl } from './control.ts'
import { percentile, type Figure } from './figure.ts'
import { readMetrics } from './metrics.ts'

const PLUGINS = 60
const SECONDS = 4
const LOADS = [
  { perSecond: 180, watchers: 1 },
  { perSecond: 180, watchers: 10 },
  { perSecond: 1_000, watchers: 1 },
  { perSecond: 1_000, watchers: 10 },
]
const SELECT = 'character { name } at ew ns z kills killsPerHour state receivedAt'
/** The number of a frame travels as its kills. Numbers before the first are of the warm-up. */
const NUMBER = /"kills":(\d+)/

interface Route {
  plugins: WebSocket[]
  watch(heard: (text: string) => void): Promise<WebSocket>
}

const opened = (socket: WebSocket) =>
  new Promise<WebSocket>((resolve, reject) => socket.once('open', () => resolve(socket)).once('error', reject))
const openPlugins = (url: string, headers: Record<string, string> = {}) =>
  Promise.all(Array.from({ length: PLUGINS }, () => opened(new WebSocket(url, { headers, perMessageDeflate: false }))))

const frameOf = (plugin: number, number: number) =>
  JSON.stringify({
    type: 'telemetry', character_name: `Runner ${plugin}`, char_tag: 'bench', session_id: `session ${plugin}`, timestamp: new Date().toISOString(),
    ew: -44.31 + plugin / 100, ns: 65.98, z: 0.31, kills: number, kills_per_hour: '812.40', onlinetime: '01:52:31', deaths: '0', total_deaths: '133',
    rares_found: 1, prismatic_taper_count: '4211', vt_state: 'combat', mem_mb: 512.5, cpu_pct: 4.5, mem_handles: 1100, latency_ms: 61.5,
  }) // prettier-ignore

/** Sends evenly for some seconds; gives how long each frame took to each watcher, in ms. */
async function drive(route: Route, { perSecond, watchers }: (typeof LOADS)[number]): Promise<number[]> {
  const sentAt: number[] = []
  const took: number[] = []
  const first = 1
  const heard = (text: string) => {
    const number = Number(NUMBER.exec(text)?.[1] ?? 0)
    if (number >= first && sentAt[number] !== undefined) took.push(performance.now() - sentAt[number])
  }
  let awake = 0
  const sockets = await Promise.all(
    Array.from({ length: watchers }, () => {
      let told = false
      return route.watch((text) => {
        if (!told && text.includes('"kills":0')) {
          told = true
          awake++
        }
        heard(text)
      })
    }),
  )
  await until('every watcher to hear something', () => {
    route.plugins[0]!.send(frameOf(0, 0))
    return awake === watchers
  })
  const total = perSecond * SECONDS
  const begun = performance.now()
  let number = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - begun) * perSecond) / 1000))
      while (number < due) {
        number++
        sentAt[number] = performance.now()
        route.plugins[number % PLUGINS]!.send(frameOf(number % PLUGINS, number))
      }
      if (number < total) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  await until('every frame to arrive', () => took.length >= total * watchers, 20_000)
  for (const socket of sockets) socket.terminate()
  return took
}

async function toHouse(house: TestHouse): Promise<Route> {
  return {
    plugins: await openPlugins(house.pluginUrl, { 'X-Plugin-Secret': house.secret }),
    async watch(heard) {
      const socket = await opened(new WebSocket(`${house.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws'))
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8')
        if (text.includes('"connection_ack"'))
          socket.send(
            JSON.stringify({ id: '1', type: 'subscribe', payload: { query: `subscription Bench { telemetryChanged { ${SELECT} } }` } }), // prettier-ignore
          )
        else heard(text)
      })
      socket.send(JSON.stringify({ type: 'connection_init', payload: { token: house.token } }))
      return socket
    },
  }
}

async function toControl(port: number): Promise<Route> {
  return {
    plugins: await openPlugins(`ws://127.0.0.1:${port}/plugin`),
    async watch(heard) {
      const socket = await opened(new WebSocket(`ws://127.0.0.1:${port}/listen`))
      return socket.on('message', (data: Buffer) => heard(data.toString('utf8')))
    },
  }
}

export async function benchLatency(): Promise<Figure[]> {
  await using control = await startControl('control-ws.ts')
  await using house = await startHouse()
  const [ours, theirs] = [await toHouse(house), await toControl(control.port)]
  const figures: Figure[] = []
  await drive(ours, { perSecond: 500, watchers: 2 }) // warms both sides' code
  await drive(theirs, { perSecond: 500, watchers: 2 })
  for (const load of LOADS) {
    const before = (await readMetrics(house))('process_cpu_seconds_total')
    const begun = performance.now()
    const took = await drive(ours, load)
    const cpu = (await readMetrics(house))('process_cpu_seconds_total') - before
    const core = (100 * cpu * 1000) / (performance.now() - begun)
    const control = await drive(theirs, load)
    for (const [name, share] of [
      ['p50', 0.5],
      ['p99', 0.99],
    ] as const)
      // prettier-ignore
      figures.push({
        bench: 'latency',
        name: `plugin to watcher, ${load.perSecond}/s, ${load.watchers} watching, ${name}`,
        unit: 'ms',
        better: 'less',
        ours: percentile(took, share),
        control: percentile(control, share),
        against: 'bare ws that passes the text on',
        ...(name === 'p50' ? { beside: { '% of a core': core } } : {}),
      })
  }
  for (const socket of [...ours.plugins, ...theirs.plugins]) socket.terminate()
  return figures
}
