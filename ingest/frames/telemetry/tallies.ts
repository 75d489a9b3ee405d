import { orderMoment } from '../../../shared/contract/fields.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { bucketOf, BUCKETS_AN_HOUR } from '../../../shared/contract/history-buckets.ts'
import { counters } from '../../metrics/counters.ts'
import type { TallyRow } from './rows.ts'
import { insertRows, replaceOn, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { expectWritten } from '../../rows/stale-memory.ts'
import { count, newTally, onlineSecondsOf, type Tally } from './tally.ts'

/** A tally and its character. */
type SessionTally = Tally & { characterNumber: number; key: string; turn: number; version: number }

interface Player {
  /** The session heard of last. */
  current: SessionTally | null
  sessions: Map<string, SessionTally>
}

interface Memory {
  players: Map<number, Player>
  /** Players with more sessions in mind than they need. */
  crowded: Set<Player>
  /** Which session a row that asked for it belongs to, and how many kills it had then. */
  answers: WeakMap<object, { key: string; kills: number }>
  /** Counted and not yet stored. */
  changed: Set<SessionTally>
  growths: Map<string, Growth>
}

const MAX_PLAYERS = 20_000
const MAX_SESSIONS = 8
const noMemory = (): Memory => ({
  players: new Map(),
  crowded: new Set(),
  answers: new WeakMap(),
  changed: new Set(),
  growths: new Map(),
})

const columns: Column<SessionTally>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['key', 'text', (row) => row.key],
  ['started_at', 'timestamptz', (row) => row.startedAt],
  ['last_at', 'timestamptz', (row) => row.lastAt],
  ['first_told_at', 'timestamptz', (row) => row.firstReportedAt],
  ['told_at', 'timestamptz', (row) => row.reportedAt],
  ['kills', 'bigint', (row) => row.kills],
  ['deaths', 'bigint', (row) => row.deaths],
  ['tapers_used', 'bigint', (row) => row.tapersUsed],
  ['online_s', 'bigint', (row) => row.onlineSeconds],
  ['turn', 'int', (row) => row.turn],
  ['seen_kills', 'int', (row) => row.seenKills],
  ['seen_deaths', 'int', (row) => row.seenDeaths],
  ['seen_tapers', 'int', (row) => row.seenTapers],
  ['seen_online_s', 'int', (row) => row.seenOnlineSeconds],
  ['version', 'int', (row) => row.version],
]
// What is written is what it is, never what it grows by: written again it is the same.
const replace = insertRows(
  'session_tallies',
  columns,
  replaceOn('character_id, key', columns.slice(2), 'where session_tallies.version = excluded.version - 1'),
)

/** What a character's sessions grew by within five minutes of our clock, or within an hour. */
interface Growth {
  characterNumber: number
  /** The bucket or the hour, counted from 1970. */
  period: number
  kills: number
  deaths: number
  tapersUsed: number
  onlineSeconds: number
}
const addTo = (table: string, period: string) =>
  insertRows<Growth>(
    `${table} as t`,
    [
      ['character_id', 'int', (row) => row.characterNumber],
      [period, 'int', (row) => row.period],
      ['kills', 'bigint', (row) => row.kills],
      ['deaths', 'bigint', (row) => row.deaths],
      ['tapers_used', 'bigint', (row) => row.tapersUsed],
      ['online_s', 'bigint', (row) => row.onlineSeconds],
    ],
    `on conflict (character_id, ${period}) do update set kills = t.kills + excluded.kills,
       deaths = t.deaths + excluded.deaths, tapers_used = t.tapers_used + excluded.tapers_used,
       online_s = t.online_s + excluded.online_s`,
  )
const addSpans = addTo('tally_spans', 'span')
const addHours = addTo('tally_hours', 'hour')

/** Counts kills, deaths and tapers of sessions, and answers which session a character plays. */
export async function countTallies(client: Client, rows: readonly TallyRow[], ids: IdCache): Promise<void> {
  const memory = ids.memory(noMemory)
  await recall(client, rows, ids, memory)
  const { changed, growths } = memory
  for (const row of rows) {
    const player = memory.players.get(ids.characterId(row.character))!
    if ('asks' in row) {
      if (player.current) memory.answers.set(row.asks, { key: player.current.key, kills: player.current.kills })
      continue
    }
    const key = row.sessionId ?? ''
    const clientAt = orderMoment(row.clientAt, row.receivedAt)
    const frame = clientAt === row.clientAt ? row : { ...row, clientAt }
    let session = player.current?.key === key ? player.current : player.sessions.get(key)
    if (!session) {
      session = { ...newTally(frame), characterNumber: ids.characterId(row.character), key, turn: 0, version: 0 }
      player.sessions.set(key, session)
      if (player.sessions.size > MAX_SESSIONS) memory.crowded.add(player)
    }
    const before = { ...session }
    if (!count(session, frame)) {
      counters.dropped.inc({ reason: 'late telemetry not counted' })
      continue
    }
    // Two sessions may send within one millisecond: their timestamps do not show which came last.
    if (player.current !== session) session.turn = (player.current?.turn ?? 0) + 1
    player.current = session
    changed.add(session)
    grow(growths, before, session, row.receivedAt)
  }
}

/** Stores what was counted, in three statements a batch. */
export async function storeTallies(client: Client, ids: IdCache): Promise<void> {
  const memory = ids.memory(noMemory)
  const { changed, growths } = memory
  if (!changed.size) return
  memory.changed = new Set()
  memory.growths = new Map()
  const sessions = [...changed]
  for (const session of sessions) session.version++
  const spans = [...growths.values()]
  const [written] = await Promise.all([
    replace(client, sessions),
    addSpans(client, spans),
    addHours(client, byHour(spans)),
  ])
  expectWritten(written, sessions)
}

function grow(growths: Map<string, Growth>, before: Tally, after: SessionTally, receivedAt: string): void {
  const { characterNumber } = after
  add(growths, {
    characterNumber,
    period: bucketOf(Date.parse(receivedAt)),
    kills: after.kills - before.kills,
    deaths: after.deaths - before.deaths,
    tapersUsed: after.tapersUsed - before.tapersUsed,
    onlineSeconds: Math.max(0, onlineSecondsOf(after) - onlineSecondsOf(before)),
  })
}

function byHour(spans: readonly Growth[]): Growth[] {
  const hours = new Map<string, Growth>()
  for (const span of spans) add(hours, { ...span, period: Math.floor(span.period / BUCKETS_AN_HOUR) })
  return [...hours.values()]
}

function add(growths: Map<string, Growth>, more: Growth): void {
  const key = `${more.characterNumber} ${more.period}`
  const growth = growths.get(key)
  if (!growth) {
    growths.set(key, more)
    return
  }
  growth.kills += more.kills
  growth.deaths += more.deaths
  growth.tapersUsed += more.tapersUsed
  growth.onlineSeconds += more.onlineSeconds
}

/** The session of a row that asked for it; null if its character has reported none. */
export const sessionOf = (ids: IdCache, row: object): string | null =>
  ids.memory(noMemory).answers.get(row)?.key ?? null

/** Kills of that session when the row came; 0 without one. */
export const killsWhen = (ids: IdCache, row: object): number => ids.memory(noMemory).answers.get(row)?.kills ?? 0

/** Brings to mind the sessions a batch speaks of, and which one each character played last. */
async function recall(client: Client, rows: readonly TallyRow[], ids: IdCache, memory: Memory): Promise<void> {
  const { players } = memory
  if (players.size > MAX_PLAYERS) players.clear()
  for (const player of memory.crowded) forgetOld(player)
  memory.crowded.clear()
  const strangers = new Set<number>()
  const missing = new Map<string, readonly [number, string]>()
  for (const row of rows) {
    const id = ids.characterId(row.character)
    let player = players.get(id)
    if (!player) {
      players.set(id, (player = { current: null, sessions: new Map() }))
      strangers.add(id)
    }
    const key = 'asks' in row ? null : (row.sessionId ?? '')
    if (key === null || player.current?.key === key || player.sessions.has(key)) continue
    missing.set(`${id} ${key}`, [id, key])
  }
  if (!missing.size && !strangers.size) return
  const pairs = [...missing.values()]
  const { rows: stored } = await client.query<SessionTally & { isLast: boolean }>(
    `with last as (select distinct on (character_id) character_id, key from session_tallies
      where character_id = any($3::int[])
         order by character_id, turn desc),
       wanted as (select * from unnest($1::int[], $2::text[]) as w(character_id, key) union select * from last)
     select s.character_id as "characterNumber", s.key, s.started_at as "startedAt", s.last_at as "lastAt",
     s.first_told_at as "firstReportedAt",
       s.told_at as "reportedAt", s.kills, s.deaths, s.tapers_used as "tapersUsed", s.online_s as "onlineSeconds",
       s.turn, s.seen_kills as "seenKills",
       s.seen_deaths as "seenDeaths", s.seen_tapers as "seenTapers", s.seen_online_s as "seenOnlineSeconds", s.version,
       l.key is not null as "isLast"
     from session_tallies s join wanted using (character_id, key) left join last l using (character_id, key)`,
    [pairs.map(([id]) => id), pairs.map(([, key]) => key), [...strangers]],
  )
  for (const { isLast, ...session } of stored) {
    const player = players.get(session.characterNumber)!
    player.sessions.set(session.key, session)
    if (isLast) player.current = session
  }
}

/** Sessions long left are read again should they ever speak. */
function forgetOld(player: Player): void {
  player.sessions.clear()
  if (player.current) player.sessions.set(player.current.key, player.current)
}
