import type { Dialect } from '../../../shared/db/dialect/dialect.ts'
import type { PackedDay } from '../../../shared/db/packing/pack-days.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { Figure } from '../figure.ts'

// As the original keeps it: names and sessions as text in every row, figures as they came, eight bytes a coordinate.
const TEXT_HEAVY = `
  create table text_telemetry (
    id bigint generated always as identity, character_name text not null, char_tag text, session_id text not null,
    "timestamp" timestamptz not null,
    received_at timestamptz not null, ew double precision not null, ns double precision not null, z double precision not
    null, kills int, kills_per_hour text,
    onlinetime text, deaths text, total_deaths text, rares_found int, prismatic_taper_count text, vt_state text, mem_mb
    double precision, cpu_pct double precision,
    mem_handles int, latency_ms double precision
  )`

/**
 * What a row of telemetry takes on a day that is over, its indexes and its share of spans with it, beside a row full of
 * text. Days were packed by Overlord's own work, those of TimescaleDB by its own.
 */
export async function bytesPerRow(pool: Pool, dialect: Dialect['name'], packed: readonly PackedDay[]): Promise<Figure> {
  const ask = async <R>(text: string) => (await pool.query<R & object>(text)).rows as R[]
  const days = packed.filter(({ day }) => day.startsWith('telemetry_')).sort((a, b) => b.rows - a.rows)
  const [chunk] = await ask<{ day: string; rows: number; bytes: number }>(
    `select c.relname as day, c.reltuples::bigint as rows, pg_total_relation_size(c.oid) as bytes from pg_class c
     where c.relname ~ '^telemetry_[0-9]{8}$'
     and c.relname < 'telemetry_' || to_char(now() at time zone 'UTC' - interval '2 days', 'YYYYMMDD')
     order by c.reltuples desc limit 1`, // a whole day, in which nothing was deleted
  )
  const day = days[0] ?? chunk!
  const [all] = await ask<{ rows: number; spans: number }>(
    `select sum(greatest(c.reltuples, 0))::bigint as rows, pg_total_relation_size('telemetry_spans') as spans
      from pg_class c where c.relname ~ '^telemetry_[0-9]{8}$'`,
  )
  await pool.query(TEXT_HEAVY)
  await pool.query(
    `insert into text_telemetry (character_name, char_tag, session_id, "timestamp", received_at, ew, ns, z, kills,
      kills_per_hour, onlinetime, deaths, total_deaths,
       rares_found, prismatic_taper_count, vt_state, mem_mb, cpu_pct, mem_handles, latency_ms)
     select c.name, 'main', md5(p.key), t.at, t.received_at, t.ew, t.ns, t.z, t.kills, round(t.kills_per_hour::numeric,
     2)::text,
       make_interval(secs => t.online_s)::text, t.deaths::text, t.total_deaths::text, t.rares_found, t.tapers::text,
         t.state, t.memory_mb, t.cpu_percent, t.handles, t.latency_ms
     from telemetry_history t join characters c on c.id = t.character_id join play_sessions p on p.id = t.session_id
     where t.block_from >= to_date($1, 'YYYYMMDD') at time zone 'UTC'
       and t.block_from < (to_date($1, 'YYYYMMDD') + 1) at time zone 'UTC'
     order by t.received_at`,
    [day.day.slice(-8)],
  )
  await pool.query('create index on text_telemetry ("timestamp")')
  await pool.query('create index on text_telemetry (character_name, "timestamp")')
  const [text] = await ask<{ rows: number; bytes: number }>(
    "select (select count(*) from text_telemetry) as rows, pg_total_relation_size('text_telemetry') as bytes",
  )
  const spans = all!.spans / (all!.rows + days.reduce((sum, { rows }) => sum + rows, 0))
  const ours = day.bytes / day.rows
  await pool.query('drop table text_telemetry')
  return {
    bench: 'store',
    name: 'bytes a row of telemetry on a day that is over, indexes and spans included',
    unit: 'bytes',
    better: 'less',
    ours: ours + spans,
    control: text!.bytes / text!.rows,
    against: 'a row of text names, sessions and figures, by time and by name and time',
    beside: {
      'target ratio': 0.5,
      'of them spans': spans,
      ...(days[0] && { 'before the day was packed': days[0].bytesBefore / days[0].rows + spans }),
      'days packed by our own work': packed.length,
      TimescaleDB: dialect === 'timescale' ? 'measured' : 'skipped: the database does not offer it',
    },
  }
}
