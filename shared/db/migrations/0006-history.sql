-- What makes the past quick to ask for: telemetry and vitals by spans of five minutes, what characters gained by the hour,
-- sheets and fights as they stood.

-- Of each figure its first, least, greatest and last in a span: drawn as lines, nothing that a line shows is lost.
create table telemetry_spans (
  character_id int not null references characters,
  span int not null, -- five minutes of our clock, counted from 1970
  frames int not null,
  seen int not null, -- bit n: a frame came in its n-th half minute
  ew_first real, ew_least real, ew_greatest real, ew_last real,
  ns_first real, ns_least real, ns_greatest real, ns_last real,
  kills_first real, kills_least real, kills_greatest real, kills_last real,
  kills_per_hour_first real, kills_per_hour_least real, kills_per_hour_greatest real, kills_per_hour_last real,
  deaths_first real, deaths_least real, deaths_greatest real, deaths_last real,
  primary key (character_id, span)
) with (fillfactor = 70);

-- One frame of each character every twenty seconds: ways over longer times are drawn from these alone.
alter table telemetry add column step boolean not null default false;

-- Grows with every batch that counts spawns in an hour: whoever keeps counts in mind knows which still hold.
create table spawn_versions (
  hour int primary key,
  version bigint not null
) with (fillfactor = 70);
insert into spawn_versions select distinct hour, 1 from spawn_hours;

create table vitals_spans (
  character_id int not null references characters,
  span int not null,
  frames int not null,
  seen int not null,
  health_percent_first real, health_percent_least real, health_percent_greatest real, health_percent_last real,
  stamina_percent_first real, stamina_percent_least real, stamina_percent_greatest real, stamina_percent_last real,
  mana_percent_first real, mana_percent_least real, mana_percent_greatest real, mana_percent_last real,
  vitae_first real, vitae_least real, vitae_greatest real, vitae_last real,
  primary key (character_id, span)
) with (fillfactor = 70);

-- What was stored before there were spans. Run again it adds only spans that are not there.
create function fill_telemetry_spans(since timestamptz, until timestamptz) returns void language sql as $$
  insert into telemetry_spans
  select character_id, floor(extract(epoch from received_at) / 300)::int as span, count(*),
    bit_or(1 << (floor(extract(epoch from received_at) / 30)::bigint % 10)::int),
    (array_agg(ew))[1], min(ew), max(ew), (array_agg(ew))[count(*)],
    (array_agg(ns))[1], min(ns), max(ns), (array_agg(ns))[count(*)],
    (array_agg(kills))[1], min(kills), max(kills), (array_agg(kills))[count(*)],
    (array_agg(kills_per_hour))[1], min(kills_per_hour), max(kills_per_hour), (array_agg(kills_per_hour))[count(*)],
    (array_agg(deaths))[1], min(deaths), max(deaths), (array_agg(deaths))[count(*)]
  from (select * from telemetry where received_at >= since and received_at < until order by character_id, received_at) told
  group by 1, 2 on conflict do nothing
$$;
create function fill_vitals_spans(since timestamptz, until timestamptz) returns void language sql as $$
  insert into vitals_spans
  select character_id, floor(extract(epoch from received_at) / 300)::int as span, count(*),
    bit_or(1 << (floor(extract(epoch from received_at) / 30)::bigint % 10)::int),
    (array_agg(health_percent))[1], min(health_percent), max(health_percent), (array_agg(health_percent))[count(*)],
    (array_agg(stamina_percent))[1], min(stamina_percent), max(stamina_percent), (array_agg(stamina_percent))[count(*)],
    (array_agg(mana_percent))[1], min(mana_percent), max(mana_percent), (array_agg(mana_percent))[count(*)],
    (array_agg(vitae))[1], min(vitae), max(vitae), (array_agg(vitae))[count(*)]
  from (select * from vitals where received_at >= since and received_at < until order by character_id, received_at) told
  group by 1, 2 on conflict do nothing
$$;
-- step: indexes while others write
create index telemetry_steps on telemetry (character_id, received_at) where step;

-- step: commits on its way
do $$ declare day timestamptz; begin
  for day in select generate_series(date_trunc('day', min(received_at)), max(received_at), '1 day') from telemetry loop
    perform fill_telemetry_spans(day, day + '1 day');
    commit;
  end loop;
  for day in select generate_series(date_trunc('day', min(received_at)), max(received_at), '1 day') from vitals loop
    perform fill_vitals_spans(day, day + '1 day');
    commit;
  end loop;
end $$;

-- step: one transaction
update telemetry t set step = true from (
  select distinct on (character_id, floor(extract(epoch from received_at) / 20)) character_id, received_at from telemetry
  where received_at > now() - interval '1 day' order by character_id, floor(extract(epoch from received_at) / 20), received_at
) first where t.character_id = first.character_id and t.received_at = first.received_at;

-- What sessions' counters grew by, in hours of our clock since 1970.
create table tally_hours (
  character_id int not null references characters,
  hour int not null,
  kills bigint not null,
  deaths bigint not null,
  tapers_used bigint not null,
  online_s bigint not null,
  primary key (character_id, hour)
) with (fillfactor = 50);

create table sheet_history (
  character_id int not null references characters,
  received_at timestamptz not null,
  level int,
  total_xp bigint,
  luminance_earned bigint,
  primary key (character_id, received_at)
);
create index on sheet_history (received_at);
insert into sheet_history select character_id, received_at, level, total_xp, luminance_earned from character_sheets;

-- Each fight as it stood at the end of every ten minutes in which it was told of; what is newest stands in combat_sessions.
create table combat_history (
  character_id int not null references characters,
  key text not null,
  received_at timestamptz not null,
  part int not null,
  snapshot jsonb not null,
  primary key (character_id, key, received_at)
);
create index on combat_history (received_at);

-- Kills of the finder's life when the rare was found: the difference between two is a drought. Unknown of older finds.
alter table rares add column life_kills bigint;
