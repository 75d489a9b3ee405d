// How long a frame takes from its plugin to a reader, beside a server that only passes text on, and the peer.
import { WebSocket } from 'ws'
import type { TestOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { startControl } from './control.ts'
import { percentile, type Figure } from './figure.ts'
import { play } from './load/play.ts'
import { readMetrics } from './metrics.ts'
import { peerLacks, startPeer } from './peer/start-peer.ts'
import { canPin, MEASURED_CORE, stage } from './stage.ts'

const PLUGINS = 60
const SECONDS = 4
/** Facts are measured among so many other frames a second, for so long, once the heap has its size. */
const FACTS_AMONG = 5_000
const FACT_SECONDS = 10
const WARM_SECONDS = 15
const LOADS = [
  { perSecond: 180, watchers: 1 },
  { perSecond: 180, watchers: 10 },
  { perSecond: 1_000, watchers: 1 },
  { perSecond: 1_000, watchers: 10 },
]
const SELECT = 'character { name } clientAt ew ns z kills killsPerHour state receivedAt'
/** The number of a frame travels as its kills. Numbers before the first are of the warm-up. */
const NUMBER = /"kills": ?(\d+)/
const FIRST = /"kills": ?0\b/

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
    type: 'telemetry',
    character_name: `Runner ${plugin}`,
    char_tag: 'bench',
    session_id: `session ${plugin}`,
    timestamp: new Date().toISOString(),
    ew: -44.31 + plugin / 100,
    ns: 65.98,
    z: 0.31,
    kills: number,
    kills_per_hour: '812.40',
    onlinetime: '01:52:31',
    deaths: '0',
    total_deaths: '133',
    rares_found: 1,
    prismatic_taper_count: '4211',
    vt_state: 'combat',
    mem_mb: 512.5,
    cpu_pct: 4.5,
    mem_handles: 1100,
    latency_ms: 61.5,
  })

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
      let isReady = false
      return route.watch((text) => {
        if (!isReady && FIRST.test(text)) {
          isReady = true
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

async function toHouse(overlord: TestOverlord): Promise<Route> {
  return {
    plugins: await openPlugins(overlord.pluginUrl, { 'X-Plugin-Secret': overlord.secret }),
    async watch(heard) {
      const socket = await opened(
        new WebSocket(`${overlord.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws'),
      )
      socket.on('message', (data: Buffer) => {
        const text = data.toString('utf8')
        if (text.includes('"connection_ack"'))
          socket.send(
            JSON.stringify({
              id: '1',
              type: 'subscribe',
              payload: { query: `subscription Bench { telemetryChanged { ${SELECT} } }` },
            }),
          )
        else heard(text)
      })
      socket.send(JSON.stringify({ type: 'connection_init', payload: { token: overlord.token } }))
      return socket
    },
  }
}

async function toText(plugin: string, listen: string): Promise<Route> {
  return {
    plugins: await openPlugins(plugin),
    async watch(heard) {
      const socket = await opened(new WebSocket(listen, { perMessageDeflate: false }))
      return socket.on('message', (data: Buffer) => heard(data.toString('utf8')))
    },
  }
}

interface Side {
  name: string
  route: Route
  /** Processor seconds it used so far. */
  cpu(): Promise<number>
}

interface Measured {
  p50: number
  p99: number
  /** Share of a core, in percent. */
  core: number
}

async function measure({ route, cpu }: Side, load: (typeof LOADS)[number]): Promise<Measured> {
  const [before, begun] = [await cpu(), performance.now()]
  const took = await drive(route, load)
  const core = (100_000 * ((await cpu()) - before)) / (performance.now() - begun)
  return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), core }
}

/** The peer, if this machine can run it. */
async function startOther(databaseUrl: string): Promise<{ side: Side | null } & AsyncDisposable> {
  const lacks = peerLacks()
  if (lacks) {
    console.error(`Left out: ${lacks}.`)
    return { side: null, [Symbol.asyncDispose]: () => Promise.resolve() }
  }
  const peer = await startPeer(databaseUrl, false)
  const at = `ws://127.0.0.1:${peer.port}/ws`
  const cpu = async () => (await peer.stats()).cpuSeconds
  const side = {
    name: 'the peer: FastAPI, one insert a frame, JSON to every browser',
    route: await toText(`${at}/position`, `${at}/live`),
    cpu,
  }
  return { side, [Symbol.asyncDispose]: () => peer[Symbol.asyncDispose]() }
}

export async function benchLatency(): Promise<Figure[]> {
  await using staged = await stage()
  const { overlord } = staged
  await using control = await startControl('control-ws.ts', null, canPin ? MEASURED_CORE : undefined)
  await using other = await startOther(staged.databaseUrl)
  const ours: Side = {
    name: 'Overlord',
    route: await toHouse(overlord),
    cpu: async () => (await readMetrics(overlord))('process_cpu_seconds_total'),
  }
  const bare: Side = {
    name: 'bare ws that parses and passes the text on',
    route: await toText(`ws://127.0.0.1:${control.port}/plugin`, `ws://127.0.0.1:${control.port}/listen`),
    cpu: async () => (await control.ask<{ cpuSeconds: number }>()).cpuSeconds,
  }
  const others = [bare, ...(other.side ? [other.side] : [])]
  // warms the code of all sides
  for (const side of [ours, ...others]) await measure(side, { perSecond: 500, watchers: 2 })
  const figures: Figure[] = []
  for (const load of LOADS) {
    const mine = await measure(ours, load)
    for (const side of others) {
      const theirs = await measure(side, load)
      const name = `plugin to watcher, ${load.perSecond}/s, ${load.watchers} watching`
      const figure = (what: keyof Measured, unit: string): Figure => ({
        bench: 'latency',
        name: `${name}, ${what === 'core' ? 'processor' : what}`,
        unit,
        better: 'less',
        ours: mine[what],
        control: theirs[what],
        against: side.name,
      })
      figures.push(figure('p50', 'ms'), figure('p99', 'ms'), figure('core', '% of a core'))
    }
  }
  for (const { route } of [ours, ...others]) for (const socket of route.plugins) socket.terminate()
  return [...figures, await factLatency(overlord)]
}

/**
 * A fact is published once it is stored: from its plugin to a listener, while 5,000 other frames a second are stored.
 */
async function factLatency(overlord: TestOverlord): Promise<Figure> {
  const sentAt = new Map<string, number>()
  const took: number[] = []
  const socket = await opened(new WebSocket(`${overlord.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws'))
  let listening: () => void = () => undefined
  const isListening = new Promise<void>((resolve) => (listening = resolve))
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8')
    if (text.includes('"connection_ack"')) {
      socket.send(
        JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { rareFound { name } }' } }),
      )
      listening()
    }
    const sent = sentAt.get(/"name":"([^"]+)"/.exec(text)?.[1] ?? '')
    if (sent !== undefined) took.push(performance.now() - sent)
  })
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token: overlord.token } }))
  await isListening
  const plugin = (await openPlugins(overlord.pluginUrl, { 'X-Plugin-Secret': overlord.secret }))[0]!
  const load = {
    url: overlord.pluginUrl,
    headers: { 'X-Plugin-Secret': overlord.secret },
    sockets: 60,
    perSecond: FACTS_AMONG,
    seconds: FACT_SECONDS,
    packed: true,
  }
  using _warm = await play({ ...load, seconds: WARM_SECONDS })
  let timer: NodeJS.Timeout | undefined
  using _ = await play(load, () => {
    timer = setInterval(() => {
      const name = `Bench rare ${sentAt.size}`
      sentAt.set(name, performance.now())
      plugin.send(JSON.stringify({ type: 'rare', character_name: 'Finder', timestamp: new Date().toISOString(), name }))
    }, 20)
  })
  clearInterval(timer)
  await until('every fact to arrive', () => took.length >= sentAt.size)
  socket.terminate()
  return {
    bench: 'latency',
    name: `fact published after its commit, among ${FACTS_AMONG}/s, p99`,
    unit: 'ms',
    better: 'less',
    ours: percentile(took, 0.99),
    control: null,
    against: null,
    beside: { p50: percentile(took, 0.5), facts: took.length },
  }
}
