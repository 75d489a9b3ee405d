-- Telemetry of days that are over lies in blocks, as vitals do since 0066: rows of a character within an hour, each
-- column as bits of equal width, texts as places in a list of the block (shared/db/blocks/). Steps are there once more
-- in blocks of their own, by the columns that trails and replays read. Rows move by the hour's schedule
-- (shared/db/packing/). Days that an earlier version packed move as well.
create table telemetry_blocks (
  character_id int not null,
  rows int not null,
  received_at timestamptz not null,
  last_at timestamptz not null,
  p_received_at bit varying,
  p_at bit varying,
  p_ew bit varying,
  p_ns bit varying,
  p_z bit varying,
  p_kills bit varying,
  p_kills_per_hour bit varying,
  p_deaths bit varying,
  p_state bit varying,
  p_session_id bit varying,
  p_online_s bit varying,
  p_total_deaths bit varying,
  p_rares_found bit varying,
  p_tapers bit varying,
  p_handles bit varying,
  p_memory_mb bit varying,
  p_cpu_percent bit varying,
  p_latency_ms bit varying,
  p_step bit varying,
  w_state text[]
) partition by range (received_at);
create index on telemetry_blocks (character_id, received_at);
create table telemetry_step_blocks (
  character_id int not null,
  rows int not null,
  received_at timestamptz not null,
  last_at timestamptz not null,
  p_received_at bit varying,
  p_at bit varying,
  p_ew bit varying,
  p_ns bit varying,
  p_z bit varying,
  p_kills bit varying,
  p_kills_per_hour bit varying,
  p_deaths bit varying,
  p_state bit varying,
  w_state text[]
) partition by range (received_at);
create index on telemetry_step_blocks (character_id, received_at);

-- What packing row by row has left, if it was killed.
drop function keep_late_row() cascade;
drop table if exists telemetry_late, telemetry_packing, telemetry_unpacked;

-- Whether a block has a row that was received after one moment and up to another: its rows are in order of receipt.
create function packed_within(packed bit varying, row_count int, since timestamptz, until timestamptz)
returns boolean language plpgsql immutable as $$
declare
  width int := substring(packed, 1, 8)::int;
  base bigint := substring(packed, 17, 64)::bigint;
  slope bigint := substring(packed, 81, 64)::bigint;
  unit int := case substring(packed, 9, 8)::int & 127 when 1 then 1000 else 1 end;
  after bigint := floor((extract(epoch from since) - 946684800) * 1000000 / unit);
  last bigint := floor((extract(epoch from until) - 946684800) * 1000000 / unit);
  low int := 0;
  high int := row_count;
  middle int;
begin
  while low < high loop
    middle := (low + high) / 2;
    if packed_number(packed, 145, width, base, slope, -1, middle) <= last then
      low := middle + 1;
    else
      high := middle;
    end if;
  end loop;
  return low > 0 and packed_number(packed, 145, width, base, slope, -1, low - 1) > after;
end $$;

-- The rows of all blocks. A condition on block_from leaves blocks unread: it is the beginning of a row's block, in the
-- same hour as the row and not after it.
create view telemetry_packed as
  select b.character_id,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base,
      h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit) as received_at,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base,
      h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit
      + packed_number(b.p_at, 145, h.at_width, h.at_base,
      h.at_slope, h.at_none, i.n) * h.at_unit) as at,
    packed_real(packed_number(b.p_ew, 81, h.ew_width, h.ew_base,
      h.ew_slope, h.ew_none, i.n),
      h.ew_unit) as ew,
    packed_real(packed_number(b.p_ns, 81, h.ns_width, h.ns_base,
      h.ns_slope, h.ns_none, i.n),
      h.ns_unit) as ns,
    packed_real(packed_number(b.p_z, 81, h.z_width, h.z_base,
      h.z_slope, h.z_none, i.n),
      h.z_unit) as z,
    packed_number(b.p_kills, 81, h.kills_width, h.kills_base,
      h.kills_slope, h.kills_none, i.n)::int as kills,
    packed_real(packed_number(b.p_kills_per_hour, 81, h.kills_per_hour_width, h.kills_per_hour_base,
      h.kills_per_hour_slope, h.kills_per_hour_none, i.n),
      h.kills_per_hour_unit) as kills_per_hour,
    packed_number(b.p_deaths, 81, h.deaths_width, h.deaths_base,
      h.deaths_slope, h.deaths_none, i.n)::int as deaths,
    b.w_state[packed_number(b.p_state, 81, h.state_width, h.state_base,
      h.state_slope, h.state_none, i.n)::int + 1] as state,
    packed_number(b.p_session_id, 81, h.session_id_width, h.session_id_base,
      h.session_id_slope, h.session_id_none, i.n)::int as session_id,
    packed_number(b.p_online_s, 81, h.online_s_width, h.online_s_base,
      h.online_s_slope, h.online_s_none, i.n)::int as online_s,
    packed_number(b.p_total_deaths, 81, h.total_deaths_width, h.total_deaths_base,
      h.total_deaths_slope, h.total_deaths_none, i.n)::int as total_deaths,
    packed_number(b.p_rares_found, 81, h.rares_found_width, h.rares_found_base,
      h.rares_found_slope, h.rares_found_none, i.n)::int as rares_found,
    packed_number(b.p_tapers, 81, h.tapers_width, h.tapers_base,
      h.tapers_slope, h.tapers_none, i.n)::int as tapers,
    packed_number(b.p_handles, 81, h.handles_width, h.handles_base,
      h.handles_slope, h.handles_none, i.n)::int as handles,
    packed_real(packed_number(b.p_memory_mb, 81, h.memory_mb_width, h.memory_mb_base,
      h.memory_mb_slope, h.memory_mb_none, i.n),
      h.memory_mb_unit) as memory_mb,
    packed_real(packed_number(b.p_cpu_percent, 81, h.cpu_percent_width, h.cpu_percent_base,
      h.cpu_percent_slope, h.cpu_percent_none, i.n),
      h.cpu_percent_unit) as cpu_percent,
    packed_real(packed_number(b.p_latency_ms, 81, h.latency_ms_width, h.latency_ms_base,
      h.latency_ms_slope, h.latency_ms_none, i.n),
      h.latency_ms_unit) as latency_ms,
    packed_number(b.p_step, 81, h.step_width, h.step_base,
      h.step_slope, h.step_none, i.n) = 1 as step,
    b.received_at as block_from
  from telemetry_blocks b
    -- The head of each column, once a block.
    cross join lateral (
      select
        substring(b.p_received_at, 1, 8)::int as received_at_width,
        case when substring(b.p_received_at, 9, 8)::int > 127 then 0 else -1 end as received_at_none,
        substring(b.p_received_at, 17, 64)::bigint
          - (substring(b.p_received_at, 9, 8)::int >> 7) as received_at_base,
        substring(b.p_received_at, 81, 64)::bigint as received_at_slope,
        case substring(b.p_received_at, 9, 8)::int & 127 when 1 then 1000 else 1 end as received_at_unit,
        substring(b.p_at, 1, 8)::int as at_width,
        case when substring(b.p_at, 9, 8)::int > 127 then 0 else -1 end as at_none,
        substring(b.p_at, 17, 64)::bigint
          - (substring(b.p_at, 9, 8)::int >> 7) as at_base,
        substring(b.p_at, 81, 64)::bigint as at_slope,
        case substring(b.p_at, 9, 8)::int & 127 when 1 then 1000 else 1 end as at_unit,
        substring(b.p_ew, 1, 8)::int as ew_width,
        case when substring(b.p_ew, 9, 8)::int > 127 then 0 else -1 end as ew_none,
        substring(b.p_ew, 17, 32)::int::bigint
          - (substring(b.p_ew, 9, 8)::int >> 7) as ew_base,
        substring(b.p_ew, 49, 32)::int::bigint as ew_slope,
        case when substring(b.p_ew, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_ew, 9, 8)::int & 127) - 1) end as ew_unit,
        substring(b.p_ns, 1, 8)::int as ns_width,
        case when substring(b.p_ns, 9, 8)::int > 127 then 0 else -1 end as ns_none,
        substring(b.p_ns, 17, 32)::int::bigint
          - (substring(b.p_ns, 9, 8)::int >> 7) as ns_base,
        substring(b.p_ns, 49, 32)::int::bigint as ns_slope,
        case when substring(b.p_ns, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_ns, 9, 8)::int & 127) - 1) end as ns_unit,
        substring(b.p_z, 1, 8)::int as z_width,
        case when substring(b.p_z, 9, 8)::int > 127 then 0 else -1 end as z_none,
        substring(b.p_z, 17, 32)::int::bigint
          - (substring(b.p_z, 9, 8)::int >> 7) as z_base,
        substring(b.p_z, 49, 32)::int::bigint as z_slope,
        case when substring(b.p_z, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_z, 9, 8)::int & 127) - 1) end as z_unit,
        substring(b.p_kills, 1, 8)::int as kills_width,
        case when substring(b.p_kills, 9, 8)::int > 127 then 0 else -1 end as kills_none,
        substring(b.p_kills, 17, 32)::int::bigint
          - (substring(b.p_kills, 9, 8)::int >> 7) as kills_base,
        substring(b.p_kills, 49, 32)::int::bigint as kills_slope,
        substring(b.p_kills_per_hour, 1, 8)::int as kills_per_hour_width,
        case when substring(b.p_kills_per_hour, 9, 8)::int > 127 then 0 else -1 end as kills_per_hour_none,
        substring(b.p_kills_per_hour, 17, 32)::int::bigint
          - (substring(b.p_kills_per_hour, 9, 8)::int >> 7) as kills_per_hour_base,
        substring(b.p_kills_per_hour, 49, 32)::int::bigint as kills_per_hour_slope,
        case when substring(b.p_kills_per_hour, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_kills_per_hour, 9, 8)::int & 127) - 1) end as kills_per_hour_unit,
        substring(b.p_deaths, 1, 8)::int as deaths_width,
        case when substring(b.p_deaths, 9, 8)::int > 127 then 0 else -1 end as deaths_none,
        substring(b.p_deaths, 17, 32)::int::bigint
          - (substring(b.p_deaths, 9, 8)::int >> 7) as deaths_base,
        substring(b.p_deaths, 49, 32)::int::bigint as deaths_slope,
        substring(b.p_state, 1, 8)::int as state_width,
        case when substring(b.p_state, 9, 8)::int > 127 then 0 else -1 end as state_none,
        substring(b.p_state, 17, 32)::int::bigint
          - (substring(b.p_state, 9, 8)::int >> 7) as state_base,
        substring(b.p_state, 49, 32)::int::bigint as state_slope,
        substring(b.p_session_id, 1, 8)::int as session_id_width,
        case when substring(b.p_session_id, 9, 8)::int > 127 then 0 else -1 end as session_id_none,
        substring(b.p_session_id, 17, 32)::int::bigint
          - (substring(b.p_session_id, 9, 8)::int >> 7) as session_id_base,
        substring(b.p_session_id, 49, 32)::int::bigint as session_id_slope,
        substring(b.p_online_s, 1, 8)::int as online_s_width,
        case when substring(b.p_online_s, 9, 8)::int > 127 then 0 else -1 end as online_s_none,
        substring(b.p_online_s, 17, 32)::int::bigint
          - (substring(b.p_online_s, 9, 8)::int >> 7) as online_s_base,
        substring(b.p_online_s, 49, 32)::int::bigint as online_s_slope,
        substring(b.p_total_deaths, 1, 8)::int as total_deaths_width,
        case when substring(b.p_total_deaths, 9, 8)::int > 127 then 0 else -1 end as total_deaths_none,
        substring(b.p_total_deaths, 17, 32)::int::bigint
          - (substring(b.p_total_deaths, 9, 8)::int >> 7) as total_deaths_base,
        substring(b.p_total_deaths, 49, 32)::int::bigint as total_deaths_slope,
        substring(b.p_rares_found, 1, 8)::int as rares_found_width,
        case when substring(b.p_rares_found, 9, 8)::int > 127 then 0 else -1 end as rares_found_none,
        substring(b.p_rares_found, 17, 32)::int::bigint
          - (substring(b.p_rares_found, 9, 8)::int >> 7) as rares_found_base,
        substring(b.p_rares_found, 49, 32)::int::bigint as rares_found_slope,
        substring(b.p_tapers, 1, 8)::int as tapers_width,
        case when substring(b.p_tapers, 9, 8)::int > 127 then 0 else -1 end as tapers_none,
        substring(b.p_tapers, 17, 32)::int::bigint
          - (substring(b.p_tapers, 9, 8)::int >> 7) as tapers_base,
        substring(b.p_tapers, 49, 32)::int::bigint as tapers_slope,
        substring(b.p_handles, 1, 8)::int as handles_width,
        case when substring(b.p_handles, 9, 8)::int > 127 then 0 else -1 end as handles_none,
        substring(b.p_handles, 17, 32)::int::bigint
          - (substring(b.p_handles, 9, 8)::int >> 7) as handles_base,
        substring(b.p_handles, 49, 32)::int::bigint as handles_slope,
        substring(b.p_memory_mb, 1, 8)::int as memory_mb_width,
        case when substring(b.p_memory_mb, 9, 8)::int > 127 then 0 else -1 end as memory_mb_none,
        substring(b.p_memory_mb, 17, 32)::int::bigint
          - (substring(b.p_memory_mb, 9, 8)::int >> 7) as memory_mb_base,
        substring(b.p_memory_mb, 49, 32)::int::bigint as memory_mb_slope,
        case when substring(b.p_memory_mb, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_memory_mb, 9, 8)::int & 127) - 1) end as memory_mb_unit,
        substring(b.p_cpu_percent, 1, 8)::int as cpu_percent_width,
        case when substring(b.p_cpu_percent, 9, 8)::int > 127 then 0 else -1 end as cpu_percent_none,
        substring(b.p_cpu_percent, 17, 32)::int::bigint
          - (substring(b.p_cpu_percent, 9, 8)::int >> 7) as cpu_percent_base,
        substring(b.p_cpu_percent, 49, 32)::int::bigint as cpu_percent_slope,
        case when substring(b.p_cpu_percent, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_cpu_percent, 9, 8)::int & 127) - 1) end as cpu_percent_unit,
        substring(b.p_latency_ms, 1, 8)::int as latency_ms_width,
        case when substring(b.p_latency_ms, 9, 8)::int > 127 then 0 else -1 end as latency_ms_none,
        substring(b.p_latency_ms, 17, 32)::int::bigint
          - (substring(b.p_latency_ms, 9, 8)::int >> 7) as latency_ms_base,
        substring(b.p_latency_ms, 49, 32)::int::bigint as latency_ms_slope,
        case when substring(b.p_latency_ms, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_latency_ms, 9, 8)::int & 127) - 1) end as latency_ms_unit,
        substring(b.p_step, 1, 8)::int as step_width,
        case when substring(b.p_step, 9, 8)::int > 127 then 0 else -1 end as step_none,
        substring(b.p_step, 17, 32)::int::bigint
          - (substring(b.p_step, 9, 8)::int >> 7) as step_base,
        substring(b.p_step, 49, 32)::int::bigint as step_slope
      offset 0) h
    cross join lateral generate_series(0, b.rows - 1) i(n);

-- All telemetry, packed or not.
create view telemetry_history as
  select character_id, session_id, received_at, at, ew, ns, z, kills, kills_per_hour, online_s, deaths,
    total_deaths, rares_found, tapers, state, memory_mb, cpu_percent, handles, latency_ms, step,
    received_at as block_from
  from telemetry
  union all
  select character_id, session_id, received_at, at, ew, ns, z, kills, kills_per_hour, online_s, deaths,
    total_deaths, rares_found, tapers, state, memory_mb, cpu_percent, handles, latency_ms, step,
    block_from
  from telemetry_packed;

-- The same for SQL of viewers, joined with characters on both sides: only so are blocks found by their character.
create or replace view sql_views.telemetry with (security_barrier) as
  select c.name as character, t.received_at, t.at as client_at,
    case c.place when 'EXACT' then t.ew when 'BLURRED' then floor(t.ew::float8 + 0.5)::real end as ew,
    case c.place when 'EXACT' then t.ns when 'BLURRED' then floor(t.ns::float8 + 0.5)::real end as ns,
    case c.place when 'EXACT' then t.z end as z,
    p.key as session_id, t.kills, t.kills_per_hour, t.online_s as online_seconds, t.deaths, t.total_deaths,
    t.rares_found,
    t.tapers, t.state, t.memory_mb, t.cpu_percent, t.handles, t.latency_ms, t.step, t.received_at as block_from
  from public.telemetry t join sql_private.shown c on c.id = t.character_id
    left join public.play_sessions p on p.id = t.session_id
  union all
  select c.name, t.received_at, t.at,
    case c.place when 'EXACT' then t.ew when 'BLURRED' then floor(t.ew::float8 + 0.5)::real end,
    case c.place when 'EXACT' then t.ns when 'BLURRED' then floor(t.ns::float8 + 0.5)::real end,
    case c.place when 'EXACT' then t.z end,
    p.key, t.kills, t.kills_per_hour, t.online_s, t.deaths, t.total_deaths, t.rares_found,
    t.tapers, t.state, t.memory_mb, t.cpu_percent, t.handles, t.latency_ms, t.step, t.block_from
  from public.telemetry_packed t join sql_private.shown c on c.id = t.character_id
    left join public.play_sessions p on p.id = t.session_id;

-- An alert that is placed days later finds its step in a block.
create or replace function place_alert() returns trigger language plpgsql as $$
begin
  select t.ew, t.ns, t.z into new.ew, new.ns, new.z from latest_telemetry t
    where t.character_id = new.character_id and t.received_at > new.at - interval '5 minutes'
      and t.received_at <= new.at + interval '1 minute';
  if found then
    return new;
  end if;
  select t.ew, t.ns, t.z into new.ew, new.ns, new.z from telemetry t
    where t.character_id = new.character_id and t.step and t.received_at > new.at - interval '5 minutes'
      and t.received_at <= new.at order by t.received_at desc limit 1;
  if not found then
    select t.ew, t.ns, t.z into new.ew, new.ns, new.z from telemetry_packed t
      where t.character_id = new.character_id and t.step and t.received_at > new.at - interval '5 minutes'
        and t.received_at <= new.at and t.block_from > new.at - interval '65 minutes' and t.block_from <= new.at
      order by t.received_at desc limit 1;
  end if;
  return new;
end $$;
