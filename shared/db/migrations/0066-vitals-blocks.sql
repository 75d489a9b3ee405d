-- Vitals of days that are over are packed: rows of a character within an hour as blocks, each column as bits of equal
-- width (shared/db/blocks/packed-column.ts says which). Rows move by the hour's schedule (shared/db/packing/).
create table vitals_blocks (
  character_id int not null,
  rows int not null,
  received_at timestamptz not null, -- of the first row, the others came within the same hour
  last_at timestamptz not null, -- received_at of the last row
  p_received_at bit varying,
  p_at bit varying,
  p_health bit varying,
  p_max_health bit varying,
  p_health_percent bit varying,
  p_stamina bit varying,
  p_max_stamina bit varying,
  p_stamina_percent bit varying,
  p_mana bit varying,
  p_max_mana bit varying,
  p_mana_percent bit varying,
  p_vitae bit varying
) partition by range (received_at);
create index on vitals_blocks (character_id, received_at);

-- Number n of a packed column, from 0; null where the code is the empty one.
create function packed_number(packed bit varying, codes int, width int, base bigint, slope bigint, empty int, n int)
returns bigint language sql immutable
  return base + ((n * slope) >> 16) + nullif(substring(packed, codes + n * width, width)::bigint, empty);

-- A real of 32 bits from its bits.
create function real_of_bits(bits int) returns real language sql immutable
  return case (bits >> 23) & 255
    when 255 then case when bits & 8388607 <> 0 then 'NaN' when bits < 0 then '-Infinity' else 'Infinity' end::real
    when 0 then (case when bits < 0 then -1 else 1 end::float8 * (bits & 8388607) * power(2::float8, -149))::real
    else (case when bits < 0 then -1 else 1 end::float8 * ((bits & 8388607) + 8388608)
      * power(2::float8, ((bits >> 23) & 255) - 150))::real
  end;

-- A real that is kept as a decimal, or without a unit as its bits.
create function packed_real(number bigint, unit float8) returns real language sql immutable
  return case when unit is null then real_of_bits(number::int) else (number / unit)::real end;

-- A moment from microseconds since 2000.
create function packed_moment(microseconds bigint) returns timestamptz language sql immutable
  return to_timestamp(946684800 + microseconds / 1e6::float8);

-- The rows of all blocks. A condition on block_from leaves blocks unread: it is the beginning of a row's block, in the
-- same hour as the row and not after it.
create view vitals_packed as
  select b.character_id,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base,
      h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit) as received_at,
    packed_moment(packed_number(b.p_received_at, 145, h.received_at_width, h.received_at_base,
      h.received_at_slope, h.received_at_none, i.n) * h.received_at_unit
      + packed_number(b.p_at, 145, h.at_width, h.at_base,
      h.at_slope, h.at_none, i.n) * h.at_unit) as at,
    packed_number(b.p_health, 81, h.health_width, h.health_base,
      h.health_slope, h.health_none, i.n)::int as health,
    packed_number(b.p_max_health, 81, h.max_health_width, h.max_health_base,
      h.max_health_slope, h.max_health_none, i.n)::int as max_health,
    packed_real(packed_number(b.p_health_percent, 81, h.health_percent_width, h.health_percent_base,
      h.health_percent_slope, h.health_percent_none, i.n),
      h.health_percent_unit) as health_percent,
    packed_number(b.p_stamina, 81, h.stamina_width, h.stamina_base,
      h.stamina_slope, h.stamina_none, i.n)::int as stamina,
    packed_number(b.p_max_stamina, 81, h.max_stamina_width, h.max_stamina_base,
      h.max_stamina_slope, h.max_stamina_none, i.n)::int as max_stamina,
    packed_real(packed_number(b.p_stamina_percent, 81, h.stamina_percent_width, h.stamina_percent_base,
      h.stamina_percent_slope, h.stamina_percent_none, i.n),
      h.stamina_percent_unit) as stamina_percent,
    packed_number(b.p_mana, 81, h.mana_width, h.mana_base,
      h.mana_slope, h.mana_none, i.n)::int as mana,
    packed_number(b.p_max_mana, 81, h.max_mana_width, h.max_mana_base,
      h.max_mana_slope, h.max_mana_none, i.n)::int as max_mana,
    packed_real(packed_number(b.p_mana_percent, 81, h.mana_percent_width, h.mana_percent_base,
      h.mana_percent_slope, h.mana_percent_none, i.n),
      h.mana_percent_unit) as mana_percent,
    packed_real(packed_number(b.p_vitae, 81, h.vitae_width, h.vitae_base,
      h.vitae_slope, h.vitae_none, i.n),
      h.vitae_unit) as vitae,
    b.received_at as block_from
  from vitals_blocks b
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
        substring(b.p_health, 1, 8)::int as health_width,
        case when substring(b.p_health, 9, 8)::int > 127 then 0 else -1 end as health_none,
        substring(b.p_health, 17, 32)::int::bigint
          - (substring(b.p_health, 9, 8)::int >> 7) as health_base,
        substring(b.p_health, 49, 32)::int::bigint as health_slope,
        substring(b.p_max_health, 1, 8)::int as max_health_width,
        case when substring(b.p_max_health, 9, 8)::int > 127 then 0 else -1 end as max_health_none,
        substring(b.p_max_health, 17, 32)::int::bigint
          - (substring(b.p_max_health, 9, 8)::int >> 7) as max_health_base,
        substring(b.p_max_health, 49, 32)::int::bigint as max_health_slope,
        substring(b.p_health_percent, 1, 8)::int as health_percent_width,
        case when substring(b.p_health_percent, 9, 8)::int > 127 then 0 else -1 end as health_percent_none,
        substring(b.p_health_percent, 17, 32)::int::bigint
          - (substring(b.p_health_percent, 9, 8)::int >> 7) as health_percent_base,
        substring(b.p_health_percent, 49, 32)::int::bigint as health_percent_slope,
        case when substring(b.p_health_percent, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_health_percent, 9, 8)::int & 127) - 1) end as health_percent_unit,
        substring(b.p_stamina, 1, 8)::int as stamina_width,
        case when substring(b.p_stamina, 9, 8)::int > 127 then 0 else -1 end as stamina_none,
        substring(b.p_stamina, 17, 32)::int::bigint
          - (substring(b.p_stamina, 9, 8)::int >> 7) as stamina_base,
        substring(b.p_stamina, 49, 32)::int::bigint as stamina_slope,
        substring(b.p_max_stamina, 1, 8)::int as max_stamina_width,
        case when substring(b.p_max_stamina, 9, 8)::int > 127 then 0 else -1 end as max_stamina_none,
        substring(b.p_max_stamina, 17, 32)::int::bigint
          - (substring(b.p_max_stamina, 9, 8)::int >> 7) as max_stamina_base,
        substring(b.p_max_stamina, 49, 32)::int::bigint as max_stamina_slope,
        substring(b.p_stamina_percent, 1, 8)::int as stamina_percent_width,
        case when substring(b.p_stamina_percent, 9, 8)::int > 127 then 0 else -1 end as stamina_percent_none,
        substring(b.p_stamina_percent, 17, 32)::int::bigint
          - (substring(b.p_stamina_percent, 9, 8)::int >> 7) as stamina_percent_base,
        substring(b.p_stamina_percent, 49, 32)::int::bigint as stamina_percent_slope,
        case when substring(b.p_stamina_percent, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_stamina_percent, 9, 8)::int & 127) - 1) end as stamina_percent_unit,
        substring(b.p_mana, 1, 8)::int as mana_width,
        case when substring(b.p_mana, 9, 8)::int > 127 then 0 else -1 end as mana_none,
        substring(b.p_mana, 17, 32)::int::bigint
          - (substring(b.p_mana, 9, 8)::int >> 7) as mana_base,
        substring(b.p_mana, 49, 32)::int::bigint as mana_slope,
        substring(b.p_max_mana, 1, 8)::int as max_mana_width,
        case when substring(b.p_max_mana, 9, 8)::int > 127 then 0 else -1 end as max_mana_none,
        substring(b.p_max_mana, 17, 32)::int::bigint
          - (substring(b.p_max_mana, 9, 8)::int >> 7) as max_mana_base,
        substring(b.p_max_mana, 49, 32)::int::bigint as max_mana_slope,
        substring(b.p_mana_percent, 1, 8)::int as mana_percent_width,
        case when substring(b.p_mana_percent, 9, 8)::int > 127 then 0 else -1 end as mana_percent_none,
        substring(b.p_mana_percent, 17, 32)::int::bigint
          - (substring(b.p_mana_percent, 9, 8)::int >> 7) as mana_percent_base,
        substring(b.p_mana_percent, 49, 32)::int::bigint as mana_percent_slope,
        case when substring(b.p_mana_percent, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_mana_percent, 9, 8)::int & 127) - 1) end as mana_percent_unit,
        substring(b.p_vitae, 1, 8)::int as vitae_width,
        case when substring(b.p_vitae, 9, 8)::int > 127 then 0 else -1 end as vitae_none,
        substring(b.p_vitae, 17, 32)::int::bigint
          - (substring(b.p_vitae, 9, 8)::int >> 7) as vitae_base,
        substring(b.p_vitae, 49, 32)::int::bigint as vitae_slope,
        case when substring(b.p_vitae, 9, 8)::int & 127 < 15
          then power(10::float8, (substring(b.p_vitae, 9, 8)::int & 127) - 1) end as vitae_unit
      offset 0) h
    cross join lateral generate_series(0, b.rows - 1) i(n);

-- All vitals, packed or not.
create view vitals_history as
  select character_id, received_at, at, health, max_health, health_percent, stamina, max_stamina, stamina_percent,
    mana, max_mana, mana_percent, vitae, received_at as block_from
  from vitals
  union all
  select character_id, received_at, at, health, max_health, health_percent, stamina, max_stamina, stamina_percent,
    mana, max_mana, mana_percent, vitae, block_from
  from vitals_packed;

-- The same for SQL of viewers, joined with characters on both sides: only so are blocks found by their character.
-- block_from comes last: a view may only be given more columns at its end.
create or replace view sql_views.vitals with (security_barrier) as
  select c.name as character, v.received_at, v.at as client_at, v.health, v.max_health, v.health_percent,
    v.stamina, v.max_stamina, v.stamina_percent, v.mana, v.max_mana, v.mana_percent, v.vitae,
    v.received_at as block_from
  from public.vitals v join sql_private.shown c on c.id = v.character_id
  union all
  select c.name, v.received_at, v.at, v.health, v.max_health, v.health_percent,
    v.stamina, v.max_stamina, v.stamina_percent, v.mana, v.max_mana, v.mana_percent, v.vitae, v.block_from
  from public.vitals_packed v join sql_private.shown c on c.id = v.character_id;
