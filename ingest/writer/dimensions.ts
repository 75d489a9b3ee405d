import type { Client } from '../../shared/db/pool.ts'

const TOUCH_EVERY_MS = 5_000
const MAX_SESSIONS = 50_000

/** A character as a batch saw it. */
export interface Sighting {
  character: string
  receivedAt: string
  tag?: string | null
  sessionId?: string | null
}

/** Numbers of characters and sessions. Made within the batch's transaction, so that a character appears with what it told first. */
export interface Dimensions {
  prepare(client: Client, sightings: readonly Sighting[]): Promise<void>
  /** After a batch that was rolled back: numbers it made are none. */
  forget(): void
  characterId(name: string): number
  sessionId(character: string, key: string | null): number | null
  /**
   * What a writer keeps in mind between batches, made by `make` (which also names it). Forgotten with the rest, so it may
   * hold only what can be read again from the database.
   */
  memory<T>(make: () => T): T
}

interface Known {
  id: number
  tag: string | null
  touchedMs: number
}

export function dimensions(): Dimensions {
  const characters = new Map<string, Known>()
  const sessions = new Map<string, number>()
  const memories = new Map<() => unknown, unknown>()
  const sessionKey = (character: string, key: string) => `${character}\u0000${key}`

  async function touch(client: Client, sightings: readonly Sighting[]): Promise<void> {
    const due = new Map<string, { first: string; last: string; tag: string | null }>()
    for (const { character, receivedAt, tag = null } of sightings) {
      const known = characters.get(character)
      const newTag = tag !== null && tag !== known?.tag
      if (known && !newTag && Date.parse(receivedAt) - known.touchedMs < TOUCH_EVERY_MS && !due.has(character)) continue
      const before = due.get(character)
      due.set(character, {
        first: before?.first ?? receivedAt,
        last: receivedAt,
        tag: tag ?? before?.tag ?? known?.tag ?? null,
      })
    }
    if (!due.size) return
    const names = [...due.keys()]
    const rows = [...due.values()]
    const { rows: ids } = await client.query<{ id: number; name: string; tag: string | null }>(
      // Known ones are updated and only new ones inserted: an insert that conflicts burns a number of the identity.
      `with given as (select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as g(name, tag, first_at, last_at)),
       touched as (update characters c set tag = coalesce(g.tag, c.tag), last_seen_at = greatest(c.last_seen_at, g.last_at)
         from given g where c.name = g.name returning c.id, c.name, c.tag),
       made as (insert into characters (name, tag, first_seen_at, last_seen_at) select * from given g
         where not exists (select from characters c where c.name = g.name)
         on conflict (name) do update set last_seen_at = excluded.last_seen_at returning id, name, tag)
       select * from touched union all select * from made`,
      [names, rows.map((row) => row.tag), rows.map((row) => row.first), rows.map((row) => row.last)],
    )
    for (const { id, name, tag } of ids) characters.set(name, { id, tag, touchedMs: Date.parse(due.get(name)!.last) })
  }

  async function openSessions(client: Client, sightings: readonly Sighting[]): Promise<void> {
    const fresh = new Map<string, Sighting & { sessionId: string }>()
    for (const sighting of sightings) {
      const { character, sessionId } = sighting
      if (!sessionId) continue
      const key = sessionKey(character, sessionId)
      if (!sessions.has(key) && !fresh.has(key)) fresh.set(key, { ...sighting, sessionId })
    }
    if (!fresh.size) return
    if (sessions.size + fresh.size > MAX_SESSIONS) sessions.clear()
    const rows = [...fresh.values()]
    const { rows: ids } = await client.query<{ id: number; character_id: number; key: string }>(
      `with given as (select * from unnest($1::int[], $2::text[], $3::timestamptz[]) as g(character_id, key, started_at)),
       made as (insert into play_sessions (character_id, key, started_at) select * from given g
         where not exists (select from play_sessions p where p.character_id = g.character_id and p.key = g.key)
         on conflict (character_id, key) do update set key = excluded.key returning id, character_id, key)
       select p.id, p.character_id, p.key from play_sessions p join given g using (character_id, key) union all select * from made`,
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

  return {
    async prepare(client, sightings) {
      await touch(client, sightings)
      await openSessions(client, sightings)
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
