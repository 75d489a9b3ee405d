// Thirty days of history for characters that are there, put straight into the tables that questions read.
import { ensureDays } from '../../../shared/db/partitions.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { EDGE } from '../../../shared/world/dereth/coordinates.ts'
import { rares } from '../../../shared/world/dereth/rares.ts'

export const DAYS = 30
const DAY_MS = 86_400_000
const MONSTERS = 20
const CHAT_LINES = 200_000

/** A character's way, by `c.id` and `t.s` in buckets of five minutes: each day around one of seven places. */
const PLACE = (axis: string, turn: number) =>
  `greatest(-${EDGE}, least(${EDGE}, ${axis}(c.id * ${turn} + t.s / 288 % 7) * 70 + ${axis}(t.s * 0.3) * 1.5))`

/** Everybody plays 20 hours a day. */
const PLAYED = '(t.s + c.id * 7) % 288 < 240'

/** Fills them, in well under two minutes for 60 characters. */
export async function fillMonth(pool: Pool, now: Date): Promise<void> {
  const from = new Date(now.getTime() - DAYS * DAY_MS)
  await ensureDays(
    pool,
    Array.from({ length: DAYS + 1 }, (_, day) => new Date(from.getTime() + day * DAY_MS).toISOString()),
  )
  const fill = (text: string, ...values: unknown[]) => pool.query(`set statement_timeout = 0; ${bound(text, values)}`)
  const since = from.toISOString()
  await fill(SPANS, since)
  await fill(HOURS, since)
  await fill(SHEETS, since)
  await fill(FIGHTS, since)
  await fill(RARES, since, `{${rares.map(({ name }) => JSON.stringify(name)).join()}}`)
  await fill(ALERTS, since)
  await fill(CHANGES, since)
  await fill(CHAT, since)
  await pool.query('analyze')
}

/** Values of ours as literals: several statements take no parameters. */
const bound = (text: string, values: readonly unknown[]) =>
  text.replace(/\$(\d)/g, (_, nth: string) => `'${String(values[Number(nth) - 1]).replaceAll("'", "''")}'`)

const SPANS = `
  insert into telemetry_spans (character_id, span, frames, seen, ew_first, ew_least, ew_greatest, ew_last, ns_first,
    ns_least, ns_greatest, ns_last, kills_first, kills_least, kills_greatest, kills_last, deaths_first, deaths_least,
    deaths_greatest, deaths_last)
  select c.id, (extract(epoch from $1::timestamptz) / 300)::int + t.s, 150, 1023, p.ew, p.ew, p.ew, p.ew, p.ns, p.ns,
    p.ns, p.ns, t.s * 20, t.s * 20, t.s * 20 + 20, t.s * 20 + 20, 1, 1, 1, 1
  from generate_series(0, ${DAYS * 288 - 13}) t(s) cross join characters c
    cross join lateral (select ${PLACE('sin', 1.7)} as ew, ${PLACE('cos', 2.3)} as ns) p
  where ${PLAYED} on conflict do nothing;
  insert into vitals_spans (character_id, span, frames, seen, health_percent_first, health_percent_least,
    health_percent_greatest, health_percent_last, vitae_first, vitae_least, vitae_greatest, vitae_last)
  select character_id, span, frames, seen, 90, 50, 100, 80, 0, 0, 5, 0 from telemetry_spans on conflict do nothing`

const HOURS = `
  insert into tally_hours (character_id, hour, kills, deaths, tapers_used, online_s)
  select character_id, span / 12, count(*) * 20, (span / 12 % 40 = 0)::int, count(*) * 25, count(*) * 300
  from telemetry_spans group by character_id, span / 12 on conflict do nothing;
  insert into tally_spans (character_id, span, kills, deaths, tapers_used, online_s)
  select character_id, span, 20, (span % 480 = 0)::int, 25, 300 from telemetry_spans on conflict do nothing`

const SHEETS = `
  insert into sheet_history (character_id, received_at, level, total_xp, luminance_earned)
  select c.id, $1::timestamptz + make_interval(mins => t.s * 10), 100 + t.s / 500, t.s * 90000000::bigint, t.s * 200
  from characters c cross join generate_series(0, ${DAYS * 144 - 6}) t(s) on conflict do nothing`

/** Four sessions a day, reported four times each. A trigger counts their monsters by day. */
const SNAPSHOT = (
  part: string,
) => `jsonb_build_object('total_damage_given', ${part} * 40000, 'total_damage_received', ${part} * 9000,
    'total_kills', ${part} * ${MONSTERS * 5}, 'total_aetheria_surges', 3, 'total_cloak_surges', 2, 'monsters', (
    select jsonb_object_agg('Monster ' || (t.s * 3 + n) % 60, jsonb_build_object(
      'kill_count', ${part} * 5, 'damage_given', ${part} * 2000, 'damage_received', ${part} * 450,
      'offense', '{}'::jsonb, 'defense', '{}'::jsonb))
    from generate_series(1, ${MONSTERS}) n))`
const FIGHTS = `
  insert into combat_sessions (character_id, key, started_at, received_at, snapshot, at)
  select c.id, 'month ' || t.s, m.began, m.began + interval '5 hours', ${SNAPSHOT('4')}, m.began + interval '5 hours'
  from characters c cross join generate_series(0, ${DAYS * 4 - 2}) t(s)
    cross join lateral (select $1::timestamptz + make_interval(hours => t.s * 6) as began) m;
  insert into combat_history (character_id, key, received_at, part, snapshot)
  select c.id, 'month ' || t.s, $1::timestamptz + make_interval(hours => t.s * 6 + q), 0, ${SNAPSHOT('q')}
  from characters c cross join generate_series(0, ${DAYS * 4 - 2}) t(s) cross join generate_series(1, 4) q`

const RARES = `
  insert into rares (character_id, name, tier, at, received_at, ew, ns, z)
  select c.id, ($2::text[])[1 + (t.s * 13 + c.id) % array_length($2::text[], 1)], 'COMMON', m.at, m.at,
    sin(c.id + t.s) * 80, cos(c.id * t.s) * 80, 0
  from characters c cross join generate_series(0, ${DAYS * 6}) t(s)
    cross join lateral (select $1::timestamptz + make_interval(hours => t.s * 4, secs => c.id) as at) m
  where m.at < now() order by m.at on conflict do nothing`

const ALERTS = `
  insert into alerts (kind, character_id, at, severity, text, details, key, ew, ns, z)
  select (array['DEATH', 'IDLE', 'IDLE', 'GONE', 'VORTEX'])[1 + t.s % 5], c.id, m.at, 'WARNING', c.name || ' ' || t.s,
    '{"vitae": 5}', 'month', sin(c.id + t.s) * 80, cos(c.id * t.s) * 80, 0
  from characters c cross join generate_series(0, ${DAYS * 12}) t(s)
    cross join lateral (select $1::timestamptz + make_interval(hours => t.s * 2, secs => c.id) as at) m
  where m.at < now() order by m.at`

/** Without the triggers that gather bursts of changes: nobody writes the bursts of thirty days at once. */
const CHANGES = `
  set overlord.restoring = 'on';
  insert into inventory_changes (character_id, at, added, updated, removed)
  select c.id, m.at, array['Coldeve:' || t.s], '{}', array['Coldeve:' || t.s + 1]
  from characters c cross join generate_series(0, ${DAYS * 60}) t(s)
    cross join lateral (select $1::timestamptz + make_interval(mins => t.s * 24, secs => c.id) as at) m
  where m.at < now() order by m.at;
  set overlord.restoring = 'off'`

const CHAT = `
  insert into chat (id, character_id, received_at, at, text, color, channel, sender)
  select ((extract(epoch from m.at) * 1000)::bigint - 1704067200000) << 22 | (t.s & 4095), c.id, m.at, m.at,
    '[Allegiance] ' || c.name || ' says, "word ' || t.s || '"', 18, 'ALLEGIANCE', c.name
  from generate_series(1, ${CHAT_LINES}) t(s)
    join (select id, name, row_number() over (order by id) as n, count(*) over () as many from characters) c
      on c.n = 1 + t.s % c.many
    cross join lateral (select $1::timestamptz
      + make_interval(secs => ${DAYS - 1} * 86400.0 * t.s / ${CHAT_LINES}) as at) m
  order by t.s`
