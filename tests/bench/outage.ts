// The database away for five minutes while 2,000 frames a second come in: memory, what is lost, how fast it catches up.
import { setTimeout as wait } from 'node:timers/promises'
import { play, type Played } from './load/play.ts'
import type { Figure } from './figure.ts'
import { readMetrics } from './metrics.ts'
import { stage } from './stage.ts'

const PER_SECOND = 2_000
const AWAY_SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 300)
const AROUND_SECONDS = 10
const TRIES_MS = 120_000

export async function benchOutage(): Promise<Figure[]> {
  await using ours = await stage({}, true)
  const { overlord } = ours
  const cable = ours.cable!
  const load = {
    url: overlord.pluginUrl,
    headers: { 'X-Plugin-Secret': overlord.secret },
    sockets: 60,
    perSecond: PER_SECOND,
    seconds: AROUND_SECONDS * 2 + AWAY_SECONDS,
    packed: true,
  }
  const before = await readMetrics(overlord)
  const memory: number[] = []
  const playing = play(load)
  await wait(AROUND_SECONDS * 1000)
  const busy = (await readMetrics(overlord))('process_resident_memory_bytes')
  cable.cut()
  const until = performance.now() + AWAY_SECONDS * 1000
  while (performance.now() < until) {
    await wait(1_000)
    memory.push((await readMetrics(overlord))('process_resident_memory_bytes'))
  }
  const held = (await readMetrics(overlord))('overlord_ingest_spool_bytes')
  await cable.mend()
  const begun = performance.now()
  let peak = held
  let stored = 0
  for (;;) {
    const now = await readMetrics(overlord)
    memory.push(now('process_resident_memory_bytes'))
    peak = Math.max(peak, now('overlord_ingest_spool_bytes'))
    stored = now('overlord_ingest_stored_frames_total')
    if (now('overlord_ingest_spool_bytes') < peak / 100) break
    if (performance.now() - begun > TRIES_MS) throw new Error('It did not catch up in time')
    await wait(500) // a look takes it some 10 ms
  }
  const seconds = (performance.now() - begun) / 1000
  const backlogFrames = AWAY_SECONDS * PER_SECOND
  using played: Played = await playing
  const lost = await loss(overlord, before, played.sent)
  const beside = { 'seconds away': AWAY_SECONDS, 'MB on disk': peak / 2 ** 20, 'stored by then': stored }
  const figure = (
    name: string,
    unit: string,
    mine: number,
    control: number | null,
    against: string | null,
  ): Figure => ({
    bench: 'outage',
    name,
    unit,
    better: 'less',
    ours: mine,
    control,
    against,
    beside,
  })
  return [
    figure('memory while the database was away', 'MB', Math.max(...memory) / 2 ** 20, busy / 2 ** 20, 'before it went'),
    figure('frames lost', 'frames', lost, null, null),
    {
      ...figure(
        'catching up',
        'frames/s',
        backlogFrames / seconds + PER_SECOND,
        PER_SECOND,
        'frames that arrive meanwhile',
      ),
      better: 'more',
    },
  ]
}

/** Frames that were sent and are not stored. */
async function loss(
  overlord: Parameters<typeof readMetrics>[0],
  before: (name: string) => number,
  sent: number,
): Promise<number> {
  for (let tries = 0; tries < 300; tries++) {
    const now = await readMetrics(overlord)
    if (
      now('overlord_ingest_frames_total') - before('overlord_ingest_frames_total') >= sent &&
      now('overlord_ingest_spool_bytes') === 0
    )
      break
    await wait(100)
  }
  const now = await readMetrics(overlord)
  const of = (name: string) => now(name) - before(name)
  return sent - of('overlord_ingest_stored_frames_total')
}
