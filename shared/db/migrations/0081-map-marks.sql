-- Marks that people put on the map. Only the guild subgraph writes them; rules about areas read them.
create table map_marks (
  id uuid primary key default gen_random_uuid(),
  owner_kind text not null,
  owner_id text not null,
  owner_name text not null,
  shape text not null,
  -- East (+) and north (+) in map units: of the pin, of the middle of the circle, of each corner of the area.
  ew real[] not null,
  ns real[] not null,
  -- Of a circle, in map units.
  radius real,
  note text not null,
  colour text not null,
  audience text not null,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  constraint map_marks_places check (cardinality(ew) between 1 and 40 and cardinality(ew) = cardinality(ns))
);
create index on map_marks (owner_kind, owner_id);
create index on map_marks (expires_at);

-- A rule about an area that was removed stays, and never holds.
alter table watch_rules add column area_id uuid references map_marks on delete set null;
create index on watch_rules (area_id);

-- Rules in memory hold the areas they are about.
create trigger watch_changed after update or delete on map_marks
  for each statement execute function watch_changed();

-- As the row rule `alert` of shared/access/row-rules.ts.
create or replace view sql_views.alerts with (security_barrier) as
  select a.id, a.kind, c.name as character, a.at, a.severity, a.text, a.details
  from public.alerts a left join sql_private.shown c on c.id = a.character_id
  where exists (select from sql_private.asking) and (a.character_id is null or (
    (a.details ->> 'channel' is distinct from 'TELL' or c.may_read)
    and (a.details ->> 'field' is null or a.details ->> 'field' not in ('EW', 'NS', 'Z', 'AREA')
      or c.place = 'EXACT')));
