import { TIME_SERIES, type Dialect } from './dialect.ts'

/**
 * TimescaleDB's hypertables, one chunk a day. They make their own days, and compress those past where the licence lets
 * them.
 */
export const timescale: Dialect = {
  name: 'timescale',
  create: (sql) =>
    sql.replace(
      TIME_SERIES,
      (_, table: string, columns: string, time: string) =>
        `create table ${table} (${columns}\n);\n` +
        `select create_hypertable('${table}', '${time}', chunk_time_interval => interval '1 day',
          create_default_indexes => false);\n` +
        compression(table, time),
    ),
  ensureDays: () => Promise.resolve(),
  async dropOld(client, table, before) {
    // Ours, not a policy of theirs: policies are refused under the Apache licence.
    const { rows } = await client.query<{ chunk: string }>(
      'select drop_chunks($1::regclass, older_than => $2::timestamptz)::text as chunk',
      [table, before.toISOString()],
    )
    return rows.map(({ chunk }) => chunk)
  },
}

const compression = (table: string, time: string): string => `do $$ begin
  if current_setting('timescaledb.license', true) = 'timescale' then
    alter table ${table} set (timescaledb.compress, timescaledb.compress_segmentby = 'character_id',
    timescaledb.compress_orderby = '${time}');
    perform add_compression_policy('${table}', interval '2 days');
  end if;
end $$;`
