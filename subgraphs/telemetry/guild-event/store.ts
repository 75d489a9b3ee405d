import { guildEventCondition } from '../../../shared/access/conditions.ts'
import type { Privacy } from '../../../shared/access/privacy.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { CommandAuditEvent } from '../../../shared/contract/commands.ts'
import type { GuildEventKind } from '../../../shared/contract/guild-events.ts'
import type { RareEvent } from '../../../shared/contract/topics.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { unknownName } from '../../../shared/serve/known-names.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'
import { withStoredSubject } from '../place/subject.ts'

export interface GuildEventWhere {
  kinds?: readonly string[] | null | undefined
  characters?: readonly string[] | null | undefined
  servers?: readonly string[] | null | undefined
  tags?: readonly string[] | null | undefined
  mine?: boolean | null | undefined
  since?: string | Date | null | undefined
  until?: string | Date | null | undefined
}

/** An event of the log, with the row it is about; that row is null where it is of another kind, or gone. */
export interface GuildEventRow {
  id: string
  kind: GuildEventKind
  receivedAt: string
  server: string | null
  character: string | null
  details: Record<string, unknown>
  rare: RareEvent | null
  alert: AlertEvent | null
  command: CommandAuditEvent | null
}

export type GuildEventPage = CountedPage<GuildEventRow>

/** Who asks, and what they may see. */
export interface Asker {
  viewer: Viewer
  privacy: Privacy
}

const SELECT = `
  select e.id::text as id, e.kind, e.at as "receivedAt", e.server, c.name as character, e.details,
    case when r.id is null then null else jsonb_build_object('id', r.id::text, 'character', c.name, 'name', r.name,
      'tier', r.tier,
      'clientAt', r.at, 'receivedAt', r.received_at, 'ew', r.ew, 'ns', r.ns, 'z', r.z) end as rare,
    case when a.id is null then null else jsonb_build_object('id', a.id::text, 'kind', a.kind, 'character', c.name,
      'at', a.at,
      'severity', a.severity, 'text', a.text, 'details', a.details, 'ew', a.ew, 'ns', a.ns, 'z', a.z) end as alert,
    case when q.id is null then null else jsonb_build_object('id', q.id::text, 'sentAt', q.at, 'actorKind',
      upper(q.viewer_kind),
      'actor', q.viewer_name, 'character', q.character_name, 'command', q.command, 'outcome', q.outcome, 'node', q.node,
      'answeredAt', q.answered_at) end as command`
// Of each event one row is read by its key: what is asked for decides how many events are read, and nothing else does.
const FROM = `
  from guild_events e left join characters c on c.id = e.character_id left join alerts a on a.id = e.alert_id
  left join rares r on r.id = e.rare_id left join command_audit q on q.id = e.command_id`

/** The condition of a list: what is asked for, without what is kept from this viewer. Its parameters are $1 and on. */
function conditionOf(where: GuildEventWhere, { viewer, privacy }: Asker) {
  const visible = guildEventCondition(privacy, { kind: 'e.kind', details: 'a.details', character: 'c.name' }, 8)
  const owner = viewer.kind === 'user' ? viewer.id : null
  return {
    // An alert that is gone takes its event along: who may see it is not known any more.
    text: `($1::text[] is null or e.kind = any($1))
      and ($2::text[] is null or e.character_id in (select id from characters where name = any($2)))
      and ($3::text[] is null or e.server = any($3)) and ($4::text[] is null or lower(c.tag) = any($4))
      and ($5::boolean is null or (c.name is not null and $5 = exists (
        select from character_settings s where s.name = c.name and s.owner_id::text = $6)))
      and e.at >= coalesce(($7::timestamptz[])[1], '-infinity') and e.at <= coalesce(($7::timestamptz[])[2], 'infinity')
      and (e.kind not in ('DEATH', 'ALERT') or a.id is not null) and ${visible.text}`,
    values: [
      where.kinds ?? null,
      where.characters ?? null,
      where.servers ?? null,
      where.tags?.map((tag) => tag.toLowerCase()) ?? null,
      where.mine ?? null,
      owner,
      [where.since ?? null, where.until ?? null],
      ...visible.values,
    ] as unknown[],
  }
}

/**
 * The filter with stored names. Throws NOT_FOUND with the nearest for a character, group or game server that is
 * unknown. While no game server is known, any may be named.
 */
export async function withStoredGuildEvents(
  pool: Pool,
  where: GuildEventWhere | null | undefined,
): Promise<GuildEventWhere> {
  const stored = await withStoredSubject(pool, where)
  return where?.servers ? { ...stored, servers: await serversNamed(pool, where.servers) } : stored
}

/** Those that plugins were connected to, and the one that is probed. */
async function serversNamed(pool: Pool, typed: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select server as name from attendance where server is not null union select name from game_servers order by name`,
  )
  const known = rows.map(({ name }) => name)
  if (!known.length) return [...typed]
  const named = typed.map((name) => known.find((other) => other.toLowerCase() === name.toLowerCase()))
  const unknown = typed.filter((_, at) => named[at] === undefined)
  if (unknown.length) throw unknownName('game server', unknown, known)
  return named as string[]
}

/** A page of events, newest first, one row more than asked for when more follow. */
export async function listGuildEvents(
  pool: Pool,
  where: GuildEventWhere,
  page: Page,
  asker: Asker,
): Promise<GuildEventRow[]> {
  const before = readCursor(page.after, 1)?.[0] ?? null
  const { text, values } = conditionOf(where, asker)
  const next = values.length + 1
  const { rows } = await pool.query<GuildEventRow>(
    `${SELECT} ${FROM} where ${text} and ($${next}::bigint is null or e.id < $${next}) order by e.id desc
      limit $${next + 1}`,
    [...values, before, page.first + 1],
  )
  return rows.map(withMoments)
}

/** How many events match, of those that the viewer may see. */
export async function countGuildEvents(pool: Pool, where: GuildEventWhere, asker: Asker): Promise<number> {
  const { text, values } = conditionOf(where, asker)
  const { rows } = await pool.query<{ count: number }>(`select count(*) ${FROM} where ${text}`, values)
  return rows[0]!.count
}

/** Kinds that a density counts, by the name of their list. */
const DENSE = { deaths: 'DEATH', rares: 'RARE', alerts: 'ALERT' } as const

/** How many events of each kind fall into each of `points` buckets, of those that the viewer may see. */
export async function guildEventDensity(
  pool: Pool,
  { fromS, toS, points }: { fromS: number; toS: number; points: number },
  asker: Asker,
) {
  const moment = (seconds: number) => new Date(seconds * 1000)
  const where = { kinds: Object.values(DENSE), since: moment(fromS), until: moment(toS) }
  const { text, values } = conditionOf(where, asker)
  const bucketSeconds = (toS - fromS) / points
  const next = values.length + 1
  const { rows } = await pool.query<{ kind: string; bucket: number; count: number }>(
    `select e.kind, least($${next}::int - 1, floor(date_part('epoch', e.at - $${next + 1}::timestamptz)
       / $${next + 2}::float8))::int as bucket, count(*)::int as count ${FROM} where ${text} group by 1, 2`,
    [...values, points, moment(fromS), bucketSeconds],
  )
  const listOf = (kind: string) => {
    const list = Array.from({ length: points }, () => 0)
    for (const row of rows) if (row.kind === kind) list[row.bucket] = row.count
    return list
  }
  const { deaths, rares, alerts } = DENSE
  return {
    since: moment(fromS),
    bucketSeconds,
    deaths: listOf(deaths),
    rares: listOf(rares),
    alerts: listOf(alerts),
  }
}

/** The events that match and that the viewer may see, for streams. */
export const storedGuildEvents = (pool: Pool, where: GuildEventWhere, asker: Asker) =>
  storedFacts<GuildEventRow>(
    pool,
    { table: 'guild_events', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { text, values } = conditionOf(where, asker)
        const next = values.length + 1
        const { rows } = await pool.query<GuildEventRow>(
          `${SELECT} ${FROM} where ${text} and e.id > $${next} and e.id <= $${next + 1} order by e.id
            limit $${next + 2}`,
          [...values, after, upTo, limit],
        )
        return rows.map(withMoments)
      },
    },
  )

/** Moments within JSON come as Postgres writes them. */
const iso = <M extends string | null>(moment: M): M =>
  moment === null ? moment : (new Date(moment).toISOString() as M)

function withMoments({ rare, alert, command, ...row }: GuildEventRow): GuildEventRow {
  return {
    ...row,
    rare: rare && { ...rare, clientAt: iso(rare.clientAt), receivedAt: iso(rare.receivedAt) },
    alert: alert && { ...alert, at: iso(alert.at) },
    command: command && { ...command, sentAt: iso(command.sentAt), answeredAt: iso(command.answeredAt) },
  }
}
