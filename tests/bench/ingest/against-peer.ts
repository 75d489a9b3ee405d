// Telemetry stored and shown to browsers, beside the peer: as its readme describes it, and at its best.
import { spawn } from 'node:child_process'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Figure } from '../figure.ts'
import { play } from '../load/play.ts'
import type { Watch, Watched } from '../load/watch.ts'
import { peerLacks, startPeer } from '../peer/start-peer.ts'
import { stage } from '../stage.ts'
import { readMetrics } from '../metrics.ts'

const SECONDS = 6
const WARM_MS = 2_000
const BROWSERS = [0, 1, 10, 50]
const load = { sockets: 60, perSecond: 0, seconds: SECONDS + WARM_MS / 1000, packed: true, only: 'telemetry' }
const QUERY = `subscription { telemetryBatches(everyMs: 20) {
  character { name } clientAt receivedAt ew ns z sessionId kills killsPerHour onlineSeconds deaths totalDeaths
  raresFound tapers
  state memoryMb cpuPercent handles latencyMs } }`

interface Shown {
  stored: number
  /** Events each browser got a second. */
  shown: number
  /** What the browser with the fewest bytes got of those with the most. */
  evenness: number
}

async function watchers(watch: Watch): Promise<{ ask(): Promise<Watched>; stop(): void }> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, '..', 'load', 'watch.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(watch))
  const port = await new Promise<number>((resolve) =>
    child.stdout.once('data', (line: Buffer) => resolve(Number(line))),
  )
  return {
    ask: async () => (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as Watched,
    stop: () => void child.kill(),
  }
}

/** Counts over some seconds in the middle of a load that is sent as fast as it is taken. */
async function measure(
  target: { url: string; headers: Record<string, string>; stored(): Promise<number> },
  watch: Watch,
): Promise<Shown> {
  const audience = watch.browsers ? await watchers(watch) : null
  let shown: Shown | null = null
  using _ = await play(
    { ...load, url: target.url, headers: target.headers },
    async () => {
      await wait(WARM_MS)
      const [stored, seen, begun] = [await target.stored(), await audience?.ask(), performance.now()]
      await wait(SECONDS * 1000 - 500)
      const seconds = (performance.now() - begun) / 1000
      const after = await audience?.ask()
      shown = {
        stored: ((await target.stored()) - stored) / seconds,
        shown: after ? (after.events - seen!.events) / seconds : 0,
        evenness: after ? after.leastBytes / after.mostBytes : 1,
      }
    },
    true,
  )
  audience?.stop()
  return shown!
}

async function oursWith(browsers: number): Promise<Shown> {
  await using ours = await stage()
  const { overlord } = ours
  return await measure(
    {
      url: overlord.pluginUrl,
      headers: { 'X-Plugin-Secret': overlord.secret },
      stored: async () => (await readMetrics(overlord))('overlord_ingest_stored_frames_total'),
    },
    {
      url: `${overlord.url.replace('http', 'ws')}/graphql`,
      browsers,
      query: QUERY,
      token: overlord.token,
      sign: '"kills":',
    },
  )
}

async function peerWith(browsers: number, best: boolean): Promise<Shown> {
  await using database = await stage()
  await database.overlord.stop()
  await using peer = await startPeer(database.databaseUrl, best)
  return await measure(
    {
      url: `ws://127.0.0.1:${peer.port}/ws/position`,
      headers: {},
      stored: async () => (await peer.stats()).stored,
    },
    { url: `ws://127.0.0.1:${peer.port}/ws/live`, browsers, sign: '"kills":' },
  )
}

/** Each figure is the middle one of so many, taken in turns: single ones differ by half on a host that others use. */
const ROUNDS = 3

/** The run that stored a middling number of frames. */
const middleOf = (runs: readonly Shown[]): Shown => runs.toSorted((a, b) => a.stored - b.stored)[runs.length >> 1]!

export async function againstPeer(counts = BROWSERS): Promise<Figure[]> {
  const lacks = peerLacks()
  if (lacks) {
    console.error(`Left out: ${lacks}.`)
    return []
  }
  const figures: Figure[] = []
  for (const browsers of counts) {
    const runs: Record<'ours' | 'described' | 'best', Shown[]> = { ours: [], described: [], best: [] }
    for (let round = 0; round < ROUNDS; round++) {
      runs.ours.push(await oursWith(browsers))
      runs.described.push(await peerWith(browsers, false))
      runs.best.push(await peerWith(browsers, true))
    }
    const ours = middleOf(runs.ours)
    for (const kind of ['described', 'best'] as const) {
      const peer = middleOf(runs[kind])
      figures.push({
        bench: 'ingest',
        name: `telemetry stored, ${browsers} browsers, peer ${kind === 'best' ? 'at its best' : 'as described'}`,
        unit: 'frames/s',
        better: 'more',
        ours: ours.stored,
        control: peer.stored,
        against: 'FastAPI, one insert a frame, JSON to every browser; ours in one process with its graph',
        ...(kind === 'best' ? { asked: 4 } : {}),
        beside: {
          'least of ours': Math.min(...runs.ours.map(({ stored }) => stored)),
          'most of the peer': Math.max(...runs[kind].map(({ stored }) => stored)),
          ...(browsers
            ? {
                'events/s a browser': ours.shown,
                'of the peer': peer.shown,
                'least of most bytes': ours.evenness,
              }
            : {}),
        },
      })
      console.error(`  ${figures.at(-1)!.name}: ${Math.round(ours.stored)} against ${Math.round(peer.stored)}`)
    }
  }
  return figures
}
