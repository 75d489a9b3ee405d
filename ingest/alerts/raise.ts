// Stores alerts that are due, and episodes as they are. The last thing of a transaction.
import { GUILD_EVENT_TOPIC } from '../../shared/contract/guild-events.ts'
import { topic } from '../../shared/contract/topics.ts'
import type { AlertEvent } from '../../shared/contract/watch.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { Publish } from '../rows/row.ts'
import type { IdCache } from '../rows/id-cache.ts'
import { jsonForPostgres } from '../rows/json.ts'
import { freshMemory } from './memory.ts'
import type { Due, Memory } from './watched.ts'

const LOCK = 7_219_005
/** The place that the database adds; see place_alert. */
type Placed = { ew: number | null; ns: number | null; z: number | null }

/** Alerts that one statement stores. */
const MAX_ROWS = 1_000

/** Stores the alerts of this batch. Returns the events to publish after the commit. */
export async function raiseAlerts(client: Client, ids: IdCache): Promise<Publish[]> {
  const memory = ids.memory(freshMemory)
  if (memory.vitae.size) await storeVitae(client, memory)
  const again = memory.changed.size ? await storeEpisodes(client, memory) : new Set<string>()
  const due = memory.due.filter(({ episode, character }) => !episode || !again.has(`${character!.id} ${episode}`))
  memory.due = []
  memory.changed.clear()
  memory.vitae.clear()
  const raised = await insertAlerts(client, due)
  const active = memory.activeAgain.splice(0)
  const announced = active.length && (await logActiveAgain(client, active))
  return announced ? [...raised, { topic: GUILD_EVENT_TOPIC, event: {} }] : raised
}

/**
 * Logs that characters are active again, after the alerts of their idleness: only where one was raised (its key may
 * have been quiet), and once though several processes receive the character. Returns how many were logged.
 */
async function logActiveAgain(client: Client, active: Memory['activeAgain']): Promise<number> {
  const stamps = (values: readonly number[]) => values.map((ms) => new Date(ms).toISOString())
  const { rowCount } = await client.query(
    `insert into guild_events (kind, at, character_id, server, details)
     select 'IDLE_ENDED', g.at, g.id, server_of(g.id), jsonb_build_object('previousSince', g.since)
     from unnest($1::int[], $2::timestamptz[], $3::timestamptz[])
       with ordinality as g(id, since, at, n)
     where exists (select from alerts a where a.key = 'IDLE:IDLE:' || g.id and a.at between g.since and g.at)
       and not exists (
         select from guild_events e where e.kind = 'IDLE_ENDED' and e.character_id = g.id and e.at > g.since)
     order by n`,
    [active.map(({ id }) => id), stamps(active.map(({ sinceMs }) => sinceMs)), stamps(active.map(({ atMs }) => atMs))],
  )
  return rowCount ?? 0
}

/**
 * Stores alerts, except those with a quiet key and those that may be raised only once and were.
 * One at a time, until the transaction ends: ids are then given in the order of commits, and a listener who resumes by
 * the last id it saw misses none.
 */
export async function insertAlerts(client: Client, due: readonly Due[]): Promise<Publish[]> {
  if (!due.length) return []
  await client.query('select pg_advisory_xact_lock($1)', [LOCK])
  const events: Publish[] = []
  for (let from = 0; from < due.length; from += MAX_ROWS)
    events.push(...(await insertRows(client, due.slice(from, from + MAX_ROWS))))
  return events
}

async function insertRows(client: Client, rows: readonly Due[]): Promise<Publish[]> {
  const { rows: stored } = await client.query<{ id: number; key: string; at: string } & Placed>(
    `insert into alerts (kind, character_id, at, severity, text, details, key, once)
     select kind, character_id, at, severity, text, details, key, once
     from unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[],
     $9::float8[])
       with ordinality as g(kind, character_id, at, severity, text, details, key, once, quiet_s, n)
     where quiet_s = 0 or not exists (
       select from alerts a where a.key = g.key and a.at > g.at - make_interval(secs => quiet_s))
     order by n
     on conflict (once) do nothing returning id, key, at, ew, ns, z`,
    [
      rows.map((row) => row.kind),
      rows.map((row) => row.character?.id ?? null),
      rows.map((row) => new Date(row.atMs).toISOString()),
      rows.map((row) => row.severity),
      rows.map((row) => row.text),
      rows.map((row) => jsonForPostgres(row.details)),
      rows.map((row) => row.key),
      rows.map((row) => row.once ?? null),
      rows.map((row) => row.quietMs / 1000),
    ],
  )
  return stored.map(({ id, key, at, ...place }) => {
    const row = rows.find((other) => other.key === key && other.atMs === Date.parse(at))!
    const event: AlertEvent = {
      id: String(id),
      kind: row.kind,
      character: row.character?.name ?? null,
      at,
      severity: row.severity,
      text: row.text,
      details: row.details,
      ...(place.ew === null ? {} : place),
    }
    return { topic: topic('alert', row.character?.name ?? ' '), event }
  })
}

async function storeVitae(client: Client, { vitae }: Memory): Promise<void> {
  const changed = [...vitae].sort((a, b) => a.id - b.id) // locked in one order by all processes
  await client.query(
    `insert into watch_characters (character_id, vitae) select * from unnest($1::int[], $2::real[])
     on conflict (character_id) do update set vitae = excluded.vitae`,
    [changed.map(({ id }) => id), changed.map((watched) => watched.vitae)],
  )
}

/** Returns the episodes that another process had raised before us. */
async function storeEpisodes(client: Client, memory: Memory): Promise<Set<string>> {
  const changed = [...memory.changed.values()]
  const ended = changed.filter(({ episode }) => episode === null)
  if (ended.length)
    await client.query(
      `delete from watch_states w using unnest($1::text[], $2::int[]) as g(rule, character_id)
       where w.rule = g.rule and w.character_id = g.character_id`,
      [ended.map(({ rule }) => rule), ended.map(({ character }) => character.id)],
    )
  const open = changed.filter(({ episode }) => episode !== null)
  if (!open.length) return new Set()
  const { rows } = await client.query<{ rule: string; character_id: number }>(
    `insert into watch_states as w (rule, character_id, revision, since, fired_at, session)
     select * from unnest($1::text[], $2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::text[])
     on conflict (rule, character_id) do update
       set revision = excluded.revision, since = excluded.since, fired_at = excluded.fired_at,
       session = excluded.session
       where w.revision <> excluded.revision or w.fired_at is null or w.since <> excluded.since
     returning rule, character_id`,
    [
      open.map(({ rule }) => rule),
      open.map(({ character }) => character.id),
      open.map(({ episode }) => episode!.revision),
      open.map(({ episode }) => new Date(episode!.sinceMs).toISOString()),
      open.map(({ episode }) => (episode!.firedMs === null ? null : new Date(episode!.firedMs).toISOString())),
      open.map(({ episode }) => episode!.session),
    ],
  )
  const taken = new Set(rows.map((row) => `${row.character_id} ${row.rule}`))
  return new Set(open.map(({ rule, character }) => `${character.id} ${rule}`).filter((key) => !taken.has(key)))
}
