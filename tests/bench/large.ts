// What large frames cost others: the time of a frame from its plugin to a reader, beside twenty plugins that send
// inventories of 8 MB without a pause, and without them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { percentile, type Figure } from './figure.ts'
import type { Large } from './load/large.ts'
import { readMetrics } from './metrics.ts'

const SENDERS = 20
const BYTES = 8_000_000
const FRAMES = 600
const EVERY_MS = 30
const WARM_MS = 5_000
const ASKED_MS = 100

/** Sends large frames from a process of its own. */
async function sendLarge(large: Large) {
  const script = path.join(import.meta.dirname, 'load', 'large.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(large))
  await once(child.stdout, 'data')
  return { [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

/** How long each of some frames took from its plugin to a reader, in ms. */
async function probe(overlord: TestOverlord): Promise<number[]> {
  const took: number[] = []
  await using plugin = await overlord.plugin('Prober')
  await using feed = overlord.feed<{ kills: number }>('subscription { telemetryChanged { kills } }', 'telemetryChanged')
  const place = { type: 'telemetry', character_name: 'Prober', ew: 1, ns: 2 }
  const send = (kills: number) => plugin.send({ ...place, timestamp: new Date().toISOString(), kills })
  send(0)
  await feed.find(({ kills }) => kills === 0)
  for (let kills = 1; kills <= FRAMES; kills++) {
    const sentAt = performance.now()
    send(kills)
    await feed.find((event) => event.kills === kills, 60_000)
    took.push(performance.now() - sentAt)
    await wait(EVERY_MS)
  }
  return took
}

/** Others beside twenty senders of 8 MB frames. */
export async function benchLarge(): Promise<Figure[]> {
  await using overlord = await startOverlord()
  const quiet = await probe(overlord)
  const kept = async () => (await readMetrics(overlord))('overlord_ingest_frames_total')
  const load = { sockets: SENDERS, bytes: BYTES }
  using _sending = await sendLarge({ url: overlord.pluginUrl, secret: overlord.secret, ...load })
  const before = await kept()
  await until('the first large frames', async () => (await kept()) > before, 60_000)
  await wait(WARM_MS)
  const begun = performance.now()
  const first = await kept()
  const loaded = await probe(overlord)
  const seconds = (performance.now() - begun) / 1_000
  const figure = await readMetrics(overlord)
  return [
    {
      bench: 'large',
      name: `a frame beside ${SENDERS} senders of 8 MB inventories, p99`,
      unit: 'ms',
      better: 'less',
      ours: percentile(loaded, 0.99),
      control: null,
      against: null,
      asked: ASKED_MS,
      beside: {
        p50: percentile(loaded, 0.5),
        longest: Math.max(...loaded),
        'p99 without them': percentile(quiet, 0.99),
        'large frames a second': (figure('overlord_ingest_frames_total') - first - FRAMES) / seconds,
        'memory MB': figure('process_resident_memory_bytes') / 2 ** 20,
      },
    },
  ]
}
