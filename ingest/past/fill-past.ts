// The past of a demo: a day of the simulated world, stored as if its frames had been received when they were sent. Only
// the demo calls this; no plugin can say when a frame was received.
import { transaction, type Pool } from '../../shared/db/pool.ts'
import { ensureDays } from '../../shared/db/partitions.ts'
import { readFrame } from '../frames/read-frame.ts'
import { frameIds } from '../intake/frame-id.ts'
import { idCache, type IdCache } from '../rows/id-cache.ts'
import type { Row } from '../rows/row.ts'
import { logAttendance, logBursts, type Present } from '../schedule/attendance.ts'
import { openPast } from '../simulator/plugin/past.ts'
import type { Sent } from '../simulator/plugin/shard.ts'
import { storeBatch } from '../writer/batch.ts'
import { cursorMove, storedPast, type StoredPast } from './stored-past.ts'

/** How long a past is. */
export const PAST_MS = 24 * 3_600_000
/** What is stored at once. Rows of one batch may be in the log in another order than they happened. */
const BATCH_MS = 300_000
/** A character without a position for so long is away. */
const GONE_MS = 60_000
const DAY_MS = 86_400_000

/** A past to store. */
export interface PastToFill {
  seed: number
  characters: number
  /** The game server of frames that name none. */
  gameServer: string
  /** When the past ends, unless some of it is stored already, in milliseconds since 1970. */
  now: number
  /** Ends the work between two parts. */
  signal?: AbortSignal
}

/** What is stored now. */
export interface FilledPast extends StoredPast {
  /** Frames stored by this call; none if it was all there. */
  frames: number
}

/**
 * Stores the past of a demo, or what is missing of it: each batch is stored with how far it reaches, so it may be
 * called again after any interruption. Returns null for a database that has frames, but no past of a demo.
 * @param pool one connection that pipelines, for a database with the schema of today
 */
export async function fillPast(
  pool: Pool,
  { seed, characters, gameServer, now, signal }: PastToFill,
): Promise<FilledPast | null> {
  const stored = await storedPast(pool, now - PAST_MS)
  if (!stored) return null
  const { start } = stored
  const end = start + PAST_MS
  if (stored.end >= end) return { ...stored, frames: 0 }
  const shard = openPast({ seed, characters, start })
  const ids = idCache()
  const heard = new Map<string, number>()
  let frames = 0
  let storing = Promise.resolve()
  await ensureDays(
    pool,
    [start, start + DAY_MS].map((moment) => new Date(moment).toISOString()),
  )
  try {
    for (let from = start; from < end; from += BATCH_MS) {
      signal?.throwIfAborted()
      const to = Math.min(from + BATCH_MS, end)
      const sent = shard.playUntil(to)
      for (const { frame, at, character } of sent) if (frame.type === 'telemetry') heard.set(character.name, at)
      if (to <= stored.end) continue
      const rows = rowsOf(sent, gameServer)
      const there = present(heard, to, gameServer)
      await storing // the next part is played while this one is stored
      storing = store(pool, ids, rows, { past: { start, end: from }, to, there })
      storing.catch(() => undefined) // reported by the next wait
      frames += sent.length
    }
  } finally {
    await storing
  }
  await settle(pool, end)
  return { ...stored, end, frames }
}

interface Part {
  past: StoredPast
  to: number
  there: readonly Present[]
}

async function store(pool: Pool, ids: IdCache, rows: readonly Row[], { past, to, there }: Part): Promise<void> {
  await storeBatch(pool, ids, rows, cursorMove(past, to))
  await transaction(pool, async (client) => {
    await logAttendance(client, there, new Date(to))
    await logBursts(client, 0)
  })
}

/** What the frames mean, each received when it was sent. */
function rowsOf(sent: readonly Sent[], server: string): Row[] {
  let now = 0
  const nextId = frameIds(() => now)
  return sent.flatMap(({ at, frame }) => {
    now = at
    const moment = new Date(at)
    const result = readFrame(JSON.stringify(frame), { now: moment, receivedAt: moment.toISOString(), server, nextId })
    if (result.kind === 'refused') throw new Error(`A simulated frame is refused: ${result.letter.reason}`)
    return result.kind === 'kept' ? result.rows : []
  })
}

/** Whose plugin was connected and who was in the game at a moment, as far as positions show it. */
function present(heard: ReadonlyMap<string, number>, moment: number, server: string): Present[] {
  const names = new Map([...heard].filter(([, at]) => moment - at <= GONE_MS).map(([name]) => [name, server]))
  const unsure = () => false
  return [
    { what: 'PLUGIN', names, unsure },
    { what: 'CHARACTER', names, unsure },
  ]
}

/** Who was away when the past ended is not missed when the server starts. */
async function settle(pool: Pool, end: number): Promise<void> {
  await pool.query(
    `insert into absence_watch (decided_to) values ($1)
     on conflict (single) do update set decided_to = excluded.decided_to`,
    [new Date(end).toISOString()],
  )
  await pool.query('analyze')
}
