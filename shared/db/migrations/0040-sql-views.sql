-- Views for SQL of viewers (`queryTelemetry`). They show what the graph shows to the viewer that the transaction names: see
-- docs/sql.md and docs/decisions/0140-sql-over-views.md. Only a role of its own reads them.
drop schema if exists sql_views cascade;
drop schema if exists sql_private cascade;
create schema sql_private;
create schema sql_views;
revoke all on schema sql_private from public;
revoke all on schema sql_views from public;

-- Signs what a transaction says of its viewer: the role that runs statements can set a variable, but cannot read this key.
create table sql_private.signing_key (single boolean primary key default true check (single), key bytea not null);
insert into sql_private.signing_key (key)
  select sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'));

-- The privacy of the viewer of this transaction; no row without a valid signature for this connection.
create view sql_private.asking as
  select array(select jsonb_array_elements_text(p.privacy -> 'hidden')) as hidden,
    array(select jsonb_array_elements_text(p.privacy -> 'blurred')) as blurred,
    case when jsonb_typeof(p.privacy -> 'tells') = 'array'
      then array(select jsonb_array_elements_text(p.privacy -> 'tells')) end as tells,
    (p.privacy ->> 'tellsOnly')::boolean as tells_only
  from (
    select current_setting('overlord.viewer', true)::jsonb as privacy
    from sql_private.signing_key k
    where encode(sha256(k.key || sha256(k.key || convert_to(current_setting('overlord.viewer', true), 'UTF8'))), 'hex')
      = current_setting('overlord.viewer_signature', true)
    offset 0
  ) p
  where (p.privacy ->> 'pid')::int = pg_backend_pid()
    and (p.privacy ->> 'until')::float8 > extract(epoch from clock_timestamp())
  offset 0;

-- Characters as the viewer may see them: how much of their place, and whether their private messages.
create view sql_private.shown with (security_barrier) as
  with asking as materialized (select * from sql_private.asking)
  select c.id, c.name, c.tag, c.first_seen_at, c.last_seen_at,
    case when c.name = any(a.hidden) then 'HIDDEN' when c.name = any(a.blurred) then 'BLURRED' else 'EXACT' end as place,
    a.tells is null or (c.name = any(a.tells)) = a.tells_only as may_read
  from public.characters c cross join asking a
  offset 0;

create view sql_views.characters with (security_barrier) as
  select c.name as character, c.tag, c.first_seen_at, greatest(c.last_seen_at, t.received_at, v.received_at) as last_seen_at,
    coalesce(t.received_at > now() - interval '30 seconds', false) as live,
    case c.place when 'EXACT' then t.ew when 'BLURRED' then floor(t.ew::float8 + 0.5)::real end as ew,
    case c.place when 'EXACT' then t.ns when 'BLURRED' then floor(t.ns::float8 + 0.5)::real end as ns,
    case c.place when 'EXACT' then t.z end as z,
    t.state, t.kills as session_kills, t.kills_per_hour, t.online_s as session_seconds, t.tapers,
    v.health_percent, v.stamina_percent, v.mana_percent, v.vitae,
    s.level, s.race, s.gender, s.total_xp, s.unassigned_xp, s.luminance_earned, s.luminance_total,
    s.skill_credits, s.deaths as total_deaths, s.burden_units, s.encumbrance_capacity
  from sql_private.shown c
    left join public.latest_telemetry t on t.character_id = c.id
    left join public.latest_vitals v on v.character_id = c.id
    left join public.character_sheets s on s.character_id = c.id;
comment on view sql_views.characters is 'The characters of the guild, each with its newest place, vitals and sheet.';

create view sql_views.telemetry with (security_barrier) as
  select c.name as character, t.received_at, t.at as client_at,
    case c.place when 'EXACT' then t.ew when 'BLURRED' then floor(t.ew::float8 + 0.5)::real end as ew,
    case c.place when 'EXACT' then t.ns when 'BLURRED' then floor(t.ns::float8 + 0.5)::real end as ns,
    case c.place when 'EXACT' then t.z end as z,
    p.key as session_id, t.kills, t.kills_per_hour, t.online_s as online_seconds, t.deaths, t.total_deaths, t.rares_found,
    t.tapers, t.state, t.memory_mb, t.cpu_percent, t.handles, t.latency_ms, t.step
  from public.telemetry t join sql_private.shown c on c.id = t.character_id
    left join public.play_sessions p on p.id = t.session_id;
comment on view sql_views.telemetry is
  'Every telemetry frame: place, counters of the session, figures of the client. Filter by received_at.';

create view sql_views.telemetry_spans with (security_barrier) as
  select c.name as character, to_timestamp(t.span::float8 * 300) as since, t.frames,
    case c.place when 'EXACT' then t.ew_first end as ew_first, case c.place when 'EXACT' then t.ew_last end as ew_last,
    case c.place when 'EXACT' then t.ns_first end as ns_first, case c.place when 'EXACT' then t.ns_last end as ns_last,
    t.kills_first, t.kills_least, t.kills_greatest, t.kills_last,
    t.kills_per_hour_first, t.kills_per_hour_least, t.kills_per_hour_greatest, t.kills_per_hour_last,
    t.deaths_first, t.deaths_least, t.deaths_greatest, t.deaths_last
  from public.telemetry_spans t join sql_private.shown c on c.id = t.character_id;
comment on view sql_views.telemetry_spans is
  'Telemetry by spans of five minutes: first, least, greatest and last value of each figure. For long periods.';

create view sql_views.vitals with (security_barrier) as
  select c.name as character, v.received_at, v.at as client_at, v.health, v.max_health, v.health_percent,
    v.stamina, v.max_stamina, v.stamina_percent, v.mana, v.max_mana, v.mana_percent, v.vitae
  from public.vitals v join sql_private.shown c on c.id = v.character_id;
comment on view sql_views.vitals is 'Every vitals frame: health, stamina, mana and vitae. Filter by received_at.';

create view sql_views.vitals_spans with (security_barrier) as
  select c.name as character, to_timestamp(v.span::float8 * 300) as since, v.frames,
    v.health_percent_first, v.health_percent_least, v.health_percent_greatest, v.health_percent_last,
    v.stamina_percent_first, v.stamina_percent_least, v.stamina_percent_greatest, v.stamina_percent_last,
    v.mana_percent_first, v.mana_percent_least, v.mana_percent_greatest, v.mana_percent_last,
    v.vitae_first, v.vitae_least, v.vitae_greatest, v.vitae_last
  from public.vitals_spans v join sql_private.shown c on c.id = v.character_id;
comment on view sql_views.vitals_spans is
  'Vitals by spans of five minutes: first, least, greatest and last value of each figure. For long periods.';

create view sql_views.rares with (security_barrier) as
  select r.id, c.name as character, r.name, r.tier, r.received_at, r.at as client_at,
    case c.place when 'EXACT' then r.ew when 'BLURRED' then floor(r.ew::float8 + 0.5)::real end as ew,
    case c.place when 'EXACT' then r.ns when 'BLURRED' then floor(r.ns::float8 + 0.5)::real end as ns,
    case c.place when 'EXACT' then r.z end as z, r.session_key as session_id
  from public.rares r join sql_private.shown c on c.id = r.character_id;
comment on view sql_views.rares is 'Rare items that were found; tier is COMMON, GREAT or UNKNOWN.';

-- As the row rule `alert` of shared/access/row-rules.ts.
create view sql_views.alerts with (security_barrier) as
  select a.id, a.kind, c.name as character, a.at, a.severity, a.text, a.details
  from public.alerts a left join sql_private.shown c on c.id = a.character_id
  where exists (select from sql_private.asking) and (a.character_id is null or (
    (a.details ->> 'channel' is distinct from 'TELL' or c.may_read)
    and (a.details ->> 'field' is null or a.details ->> 'field' not in ('EW', 'NS', 'Z') or c.place = 'EXACT')));
comment on view sql_views.alerts is
  'Alerts: kind is DEATH, IDLE, VORTEX, GONE, SERVER_DOWN, SERVER_UP or WATCH; severity INFO, WARNING or CRITICAL.';

create view sql_views.deaths with (security_barrier) as
  select a.id, a.character, a.at, a.text, a.details from sql_views.alerts a where a.kind = 'DEATH';
comment on view sql_views.deaths is 'Deaths that were detected.';

create view sql_views.sessions with (security_barrier) as
  select c.name as character, s.key as session_id, s.started_at, s.last_at, s.kills, s.deaths, s.tapers_used,
    coalesce(s.online_s, floor(extract(epoch from s.told_at - s.first_told_at))::bigint) as online_seconds
  from public.session_tallies s join sql_private.shown c on c.id = s.character_id;
comment on view sql_views.sessions is 'Logins with their totals of kills, deaths, tapers and time.';

create view sql_views.hourly_totals with (security_barrier) as
  select c.name as character, to_timestamp(h.hour::float8 * 3600) as hour, h.kills, h.deaths, h.tapers_used,
    h.online_s as online_seconds
  from public.tally_hours h join sql_private.shown c on c.id = h.character_id;
comment on view sql_views.hourly_totals is 'What each character gained in each hour: kills, deaths, tapers, time.';

create view sql_views.fights with (security_barrier) as
  select c.name as character, s.key as session_id, s.started_at, s.received_at,
    f.kills, f.damage_given, f.damage_received, f.aetheria_surges, f.cloak_surges
  from public.combat_sessions s join sql_private.shown c on c.id = s.character_id
    cross join lateral (
      select sum(coalesce((x.snapshot ->> 'total_kills')::numeric, 0))::bigint as kills,
        sum(coalesce((x.snapshot ->> 'total_damage_given')::numeric, 0))::bigint as damage_given,
        sum(coalesce((x.snapshot ->> 'total_damage_received')::numeric, 0))::bigint as damage_received,
        sum(coalesce((x.snapshot ->> 'total_aetheria_surges')::numeric, 0))::bigint as aetheria_surges,
        sum(coalesce((x.snapshot ->> 'total_cloak_surges')::numeric, 0))::bigint as cloak_surges
      from (select s.snapshot union all
        select p.snapshot from public.combat_parts p where p.character_id = s.character_id and p.key = s.key) x) f;
comment on view sql_views.fights is 'Combat of each login, as its plugin counted it. Damage in hit points.';

create view sql_views.fight_monsters with (security_barrier) as
  select c.name as character, s.key as session_id, s.started_at, s.received_at, f.monster, f.kills, f.damage_given,
    f.damage_received
  from public.combat_sessions s join sql_private.shown c on c.id = s.character_id
    cross join lateral (
      select m.key as monster, sum(coalesce((m.value ->> 'kill_count')::numeric, 0))::bigint as kills,
        sum(coalesce((m.value ->> 'damage_given')::numeric, 0))::bigint as damage_given,
        sum(coalesce((m.value ->> 'damage_received')::numeric, 0))::bigint as damage_received
      from (select s.snapshot union all
          select p.snapshot from public.combat_parts p where p.character_id = s.character_id and p.key = s.key) x
        cross join lateral jsonb_each(coalesce(x.snapshot -> 'monsters', '{}')) m
      group by m.key) f;
comment on view sql_views.fight_monsters is 'Combat of each login by kind of monster.';

create view sql_views.combat_lifetime with (security_barrier) as
  select f.character, count(*) as fights, sum(f.kills)::bigint as kills, sum(f.damage_given)::bigint as damage_given,
    sum(f.damage_received)::bigint as damage_received, sum(f.aetheria_surges)::bigint as aetheria_surges,
    sum(f.cloak_surges)::bigint as cloak_surges
  from sql_views.fights f group by f.character;
comment on view sql_views.combat_lifetime is 'All fights of each character added up.';

create view sql_views.quests with (security_barrier) as
  select c.name as character, q.name as quest, q.ready_at, q.ready_at <= now() as ready, q.countdown,
    q.received_at, q.at as client_at
  from public.quests q join sql_private.shown c on c.id = q.character_id;
comment on view sql_views.quests is 'Quest timers of each character; ready is null where the countdown could not be read.';

create view sql_views.items with (security_barrier) as
  select i.server || ':' || i.game_id as id, c.name as character, i.server, i.game_id, i.name, i.wielded_location is not null as worn,
    i.container_id, i.object_class, i.stack, i.value, i.burden, i.armor_level, i.base_armor_level, i.workmanship, i.material,
    i.set_id, i.tier, i.tinks, i.max_damage, i.total_rating, i.damage_rating, i.damage_resist_rating, i.crit_rating,
    i.crit_resist_rating, i.crit_damage_rating, i.crit_damage_resist_rating, i.heal_boost_rating, i.vitality_rating,
    i.wield_kind, i.wield_what, i.wield_value, i.lore, i.spells, i.slots, i.inscription, i.spellcraft, i.max_mana,
    i.damage_bonus, i.attack_bonus, i.elemental_damage, i.melee_defense, i.missile_defense, i.magic_defense,
    i.weapon_speed, i.weapon_skill
  from public.item_facts i join sql_private.shown c on c.id = i.character_id;
comment on view sql_views.items is 'Items that characters hold, with their figures. Materials, sets, spells and skills are the game’s numbers.';

create view sql_views.portals with (security_barrier) as
  select p.name, p.ew, p.ns, p.z, case c.place when 'EXACT' then c.name end as discovered_by, p.discovered_at, p.seen_at
  from public.portals p join sql_private.shown c on c.id = p.discovered_by
  where p.seen_at > now() - interval '1 hour';
comment on view sql_views.portals is 'Portals seen within the last hour.';

create view sql_views.spawns with (security_barrier) as
  select m.name as monster, to_timestamp(s.hour::float8 * 3600) as hour,
    (-102 + (s.cell % 408 + 0.5) / 2)::real as ew, (102 - (s.cell / 408 + 0.5) / 2)::real as ns, s.spawns as sightings
  from public.spawn_hours s join public.monsters m on m.id = s.monster_id
  where exists (select from sql_private.asking);
comment on view sql_views.spawns is 'Monsters seen, by hour and cell of half a map unit; ew and ns are the middle of the cell.';

-- As the row rule `privateMessage` of shared/access/row-rules.ts.
create view sql_views.chat with (security_barrier) as
  select m.id, c.name as character, m.received_at, m.at as client_at, m.channel, m.sender, m.text
  from public.chat m join sql_private.shown c on c.id = m.character_id
  where m.first_id is null and (m.channel <> 'TELL' or c.may_read);
comment on view sql_views.chat is
  'What was said or printed, each utterance once with its first listener. Game text has the channel OTHER. Filter by received_at.';

create view sql_views.game_servers with (security_barrier) as
  select g.name, g.state, g.latency_ms, g.players, g.players_at, g.since, g.checked_at
  from public.game_servers g where exists (select from sql_private.asking);
comment on view sql_views.game_servers is 'The game server: whether it answers, how fast, how many players.';

create view sql_views.game_server_history with (security_barrier) as
  select g.name, g.at, g.state, g.latency_ms, g.players
  from public.game_server_history g where exists (select from sql_private.asking);
comment on view sql_views.game_server_history is 'Past states of the game server: one every five minutes and at every change.';
