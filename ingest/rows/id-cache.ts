import type { Client } from '../../shared/db/pool.ts'
import type { TelemetryEvent } from '../../shared/contract/topics.ts'
import { DEAD_LETTERS, type Row } from './row.ts'

const TOUCH_EVERY_MS = 5_000
const MAX_SESSIONS = 50_000

interface Touched {
  first: string
  last: string
  tag: string | null
}

/**
 * Ids of characters and sessions. They are made within the batch's transaction, so that a character appears with its
 * first rows; for inventories before it, because their long transactions would make other writers wait.
 */
export interface IdCache {
  /**
   * Settles when every character has an id; does not wait for the database if all are known. What it gives settles when
   * its last statement has.
   */
  prepare(client: Client, rows: readonly Row[]): Promise<{ touched: Promise<unknown> }>
  /** After a batch that failed: what is remembered may be wrong. */
  forget(): void
  characterId(name: string): number
  sessionId(character: string, key: string | null): number | null
  /**
   * What a writer keeps in mind between batches, made by `make` (which also names it). Forgotten with the rest, so it
   * may hold only what can be read again from the database.
   */
  memory<T>(make: () => T): T
}

interface Opened {
  character: string
  sessionId: string
  receivedAt: string
}

interface Known {
  id: number
  tag: string | null
  touchedMs: number
}

// eslint-disable-next-line max-lines-per-function -- lookups in flight and known ids change together
export function idCache(): IdCache {
  const characters = new Map<string, Known>()
  const sessions = new Map<string, number>()
  const memories = new Map<() => unknown, unknown>()
  const sessionKey = (character: string, key: string) => `${character}\u0000${key}`

  async function touch(client: Client, due: ReadonlyMap<string, Touched>): Promise<void> {
    // In one order everywhere, and locked before they change: two writers would wait for each other for ever.
    const names = [...due.keys()].sort()
    const rows = names.map((name) => due.get(name)!)
    const asked = client.query<{ id: number; name: string; tag: string | null }>(
      // Known ones are updated and only new ones inserted: an insert that conflicts burns a number of the identity.
      `with given as (select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as g(name,
        tag, first_at, last_at)),
       locked as (select c.id, g.* from given g join characters c on c.name = g.name order by c.id
         for no key update of c),
       touched as (update characters c set tag = case when g.tag is null then c.tag else nullif(g.tag, '') end,
       last_seen_at = greatest(c.last_seen_at, g.last_at)
         from locked g where c.id = g.id returning c.id, c.name, c.tag),
       made as (insert into characters (name, tag, first_seen_at, last_seen_at) select name, nullif(tag, ''), first_at,
       last_at from given g
         where not exists (select from characters c where c.name = g.name)
         on conflict (name) do update set last_seen_at = excluded.last_seen_at returning id, name, tag)
       select * from touched union all select * from made`,
      [names, rows.map((row) => row.tag), rows.map((row) => row.first), rows.map((row) => row.last)],
    )
    const { rows: ids } = await asked
    for (const { id, name, tag } of ids) characters.set(name, { id, tag, touchedMs: Date.parse(due.get(name)!.last) })
  }

  async function openSessions(client: Client, rows: readonly Opened[]): Promise<void> {
    if (sessions.size + rows.length > MAX_SESSIONS) sessions.clear()
    const { rows: ids } = await client.query<{ id: number; character_id: number; key: string }>(
      `with given as (select * from unnest($1::int[], $2::text[], $3::timestamptz[]) as g(character_id, key,
        started_at)),
       made as (insert into play_sessions (character_id, key, started_at) select * from given g
         where not exists (select from play_sessions p where p.character_id = g.character_id and p.key = g.key)
         on conflict (character_id, key) do update set key = excluded.key returning id, character_id, key)
       select p.id, p.character_id, p.key from play_sessions p join given g using (character_id, key) union all
       select * from made`,
      [
        rows.map((row) => characters.get(row.character)!.id),
        rows.map((row) => row.sessionId),
        rows.map((row) => row.receivedAt),
      ],
    )
    const numbers = new Map(ids.map((row) => [`${row.character_id}\u0000${row.key}`, row.id]))
    for (const { character, sessionId } of rows) {
      sessions.set(sessionKey(character, sessionId), numbers.get(`${characters.get(character)!.id}\u0000${sessionId}`)!)
    }
  }

  /** Who is to be touched, and which sessions are new to us. */
  function classify(rows: readonly Row[]): { due: Map<string, Touched>; fresh: Map<string, Opened>; unknown: boolean } {
    const due = new Map<string, Touched>()
    const seen = new Set<string>()
    const fresh = new Map<string, Opened>()
    let unknown = false
    for (const { table, row } of rows) {
      if (typeof row.character !== 'string' || table === DEAD_LETTERS || table === 'tallies') continue
      const { character, receivedAt } = row
      // Only telemetry names the session it is of and its character's tag.
      const telemetry = table === 'telemetry' ? (row as TelemetryEvent) : null
      const tag = telemetry?.tag ?? null
      const known = characters.get(character)
      const before = due.get(character)
      if (!known) unknown = true
      const fine = seen.has(character) && (tag === null || tag === (known?.tag ?? ''))
      seen.add(character)
      if (fine && !before) {
        // looked at already
      } else if (before) {
        before.last = receivedAt
        before.tag = tag ?? before.tag
      } else if (!known || (tag !== null && tag !== (known.tag ?? '')) || isOld(known, receivedAt))
        due.set(character, { first: receivedAt, last: receivedAt, tag: tag ?? known?.tag ?? null })
      const sessionId = telemetry?.sessionId
      if (!sessionId) continue
      const key = sessionKey(character, sessionId)
      if (!sessions.has(key) && !fresh.has(key)) fresh.set(key, { character, receivedAt, sessionId })
    }
    return { due, fresh, unknown }
  }
  const isOld = (known: Known, receivedAt: string) => Date.parse(receivedAt) - known.touchedMs >= TOUCH_EVERY_MS

  return {
    async prepare(client, rows) {
      const { due, fresh, unknown } = classify(rows)
      const touched = due.size ? touch(client, due) : null
      if (unknown) await touched
      if (fresh.size) await openSessions(client, [...fresh.values()])
      touched?.catch(() => undefined) // reported by the one that waits for it
      return { touched: touched ?? Promise.resolve() }
    },
    forget() {
      characters.clear()
      sessions.clear()
      memories.clear()
    },
    characterId: (name) => characters.get(name)!.id,
    memory<T>(make: () => T): T {
      if (!memories.has(make)) memories.set(make, make())
      return memories.get(make) as T
    },
    sessionId: (character, key) => (key ? (sessions.get(sessionKey(character, key)) ?? null) : null),
  }
}
