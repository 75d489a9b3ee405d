-- Items, decoded. `items` holds what was told, with the property bags word for word; from it come, in the transaction that
-- stores it and whoever stores it: `item_facts`, a narrow row an item that searches read, and `item_stays`, who held it where and
-- when. Nothing but the triggers below writes either.

-- A whole number out of a property bag. -1 and what is absent are the same; what no integer can hold is none.
create function item_int(bag jsonb, key text) returns int language sql immutable parallel safe as $$
  select case when jsonb_typeof(bag -> key) = 'number' and (bag -> key)::numeric between -2147483648 and 2147483647
    then nullif(trunc((bag -> key)::numeric), -1)::int end
$$;
-- The same with its bits taken for an unsigned number.
create function item_mask(bag jsonb, key text) returns bigint language sql immutable parallel safe as $$
  select case when jsonb_typeof(bag -> key) = 'number' and (bag -> key)::numeric between -2147483648 and 4294967295
    then nullif(trunc((bag -> key)::numeric), -1)::bigint & 4294967295 end
$$;
-- A fraction; what lies nearer to nothing than `real` can hold is nothing.
create function item_real(bag jsonb, key text) returns real language sql immutable parallel safe as $$
  select case when jsonb_typeof(bag -> key) = 'number' and abs((bag -> key)::numeric) < 1e30 and (bag -> key)::numeric <> -1
    then case when abs((bag -> key)::numeric) < 1e-30 then 0 else (bag -> key)::real end end
$$;
-- What several properties add up to; null where there is none of them.
create function item_total(bag jsonb, keys text[]) returns int language plpgsql immutable parallel safe as $$
declare total bigint; part int; key text;
begin
  if not bag ?| keys then return null; end if;
  foreach key in array keys loop
    part := item_int(bag, key);
    if part is not null then total := coalesce(total, 0) + part; end if;
  end loop;
  return least(greatest(total, -2147483648), 2147483647);
end $$;

-- The tiers of the cantrips among spells, a bit each: 1 feeble, 2 minor, 4 lesser, 8 moderate, 16 inner, 32 major, 64 epic, 128 legendary.
-- shared/world/spells.ts says the same; a test holds the two against each other.
create function item_tiers(spells int[]) returns int language sql immutable parallel safe as $$
  select case when cardinality(spells) = 0 then 0 else
      case when spells && '{6039,6040,6041,6042,6043,6044,6045,6046,6047,6048,6049,6050,6051,6052,6053,6054,6055,6056,6057,6058,6059,6060,6061,6062,6063,
      6064,6065,6066,6067,6068,6069,6070,6071,6072,6073,6074,6075,6076,6077,6078,6079,6080,6081,6082,6083,6084,6085,6087,6088,6089,
      6090,6091,6092,6093,6094,6095,6096,6097,6098,6099,6100,6101,6102,6103,6104,6105,6106,6107,6125}'::int[] then 128 else 0 end
      | case when spells && '{3955,3956,3957,3963,3964,3965,4019,4020,4226,4227,4232,4660,4661,4662,4663,4664,4665,4666,4667,4668,4669,4670,4671,4672,4673,
      4674,4675,4676,4677,4678,4679,4680,4681,4682,4683,4684,4685,4686,4687,4688,4689,4690,4691,4692,4693,4694,4695,4696,4697,4698,
      4699,4700,4701,4702,4703,4704,4705,4706,4707,4708,4709,4710,4711,4712,4713,4714,4715,4911,4912,5033,5034,5429,5893,5894,5895,
      5896,5897,6086,6124}'::int[] then 64 else 0 end
      | case when spells && '{2501,2502,2503,2504,2505,2506,2507,2508,2509,2510,2511,2512,2513,2514,2515,2516,2517,2518,2519,2520,2521,2522,2523,2524,2525,
      2526,2527,2528,2529,2530,2531,2532,2533,2534,2535,2571,2572,2573,2574,2575,2576,2577,2585,2586,2587,2588,2589,2590,2591,2592,
      2593,2594,2595,2596,2609,2610,2611,2612,2613,2614,2615,2623,2624,2625,3200,3250,3834,5069,5070,5428,5888,5889,5890,5891,5892,
      6126}'::int[] then 32 else 0 end
      | case when spells && '{3572,3573,3574,3889}'::int[] then 16 else 0 end
      | case when spells && '{2659,2660,2661,2662,2663,2664,2686,2687,2688,2689,2690,2691,2692,2693,2694,2695,2696,2809,2810,2811,2812,2937,2938,2946,2975,
      3202,5073,5074,5430,5898,5899,5900,5901,5902,6128}'::int[] then 8 else 0 end
      | case when spells && '{2354,2355,2356,2438,2441,2444,2447,2450,2453,2456,2459,2462,2465,2468,2471,2474,2781,2782,2783,2784,2785,3026,3027,3028,3029,
      3030,3031,3032,3033,3044,3045,3046,3066,3092,3153,3155,3159,3163,3167,3171,3175,3219,3222,3225,3228,3231,3234,3312,3313,3320,
      3324,3328,3332,3336,3340,3344,3348,3352,3356,3376,3384,3388,3392,3396,3400,3407,3408,3413,3420,3427,3431,3436,3437,3470,3474,
      3478,3747,4111,4959,4960,4961,5028}'::int[] then 4 else 0 end
      | case when spells && '{2536,2537,2538,2539,2540,2541,2542,2543,2544,2545,2546,2547,2548,2549,2550,2551,2552,2553,2554,2555,2556,2557,2558,2559,2560,
      2561,2562,2563,2564,2565,2566,2567,2568,2569,2570,2578,2579,2580,2581,2582,2583,2584,2597,2598,2599,2600,2601,2602,2603,2604,
      2605,2606,2607,2608,2616,2617,2618,2619,2620,2621,2622,2626,2627,2628,3048,3049,3050,3068,3093,3199,3251,3377,3409,3410,3438,
      3809,3833,5071,5072,5427,5883,5884,5885,5886,5887,6127}'::int[] then 2 else 0 end
      | case when spells && '{2653,2654,2655,2656,2657,2658,2675,2676,2677,2678,2679,2680,2681,2682,2683,2684,2685,3201,5035,5036}'::int[] then 1 else 0 end
  end
$$;
-- The rank of the best of them, 8 for legendary; null without any.
create function item_tier(tiers int) returns int language sql immutable parallel safe as $$
  select case when tiers >= 128 then 8 when tiers >= 64 then 7 when tiers >= 32 then 6 when tiers >= 16 then 5 when tiers >= 8 then 4
    when tiers >= 4 then 3 when tiers >= 2 then 2 when tiers = 1 then 1 end
$$;

-- Armor level with active spells taken off and the item's own Impenetrability put on, worn or not. Of each family only the best counts.
create function item_base_armor(appraised int, active int[], own int[]) returns int language plpgsql immutable parallel safe as $$
declare spell int; buff int := 0; curse int := 0; cantrip int := 0; bound int := 0;
begin
  if appraised is null then return null; end if;
  foreach spell in array active loop
    case
      when spell in (51, 1482, 1483, 1484, 1485, 1486, 2015, 2108, 3092, 3093, 3094, 4407) then
        buff := greatest(buff, case spell when 51 then 20 when 1482 then 50 when 1483 then 75 when 1484 then 100 when 1485 then 150
          when 1486 then 200 when 3092 then 180 when 3093 then 205 when 3094 then 225 when 4407 then 240 else 220 end);
      when spell in (1492, 2100) then curse := least(curse, case spell when 1492 then -200 else -220 end);
      when spell in (2592, 2604, 4667, 6095) then
        cantrip := greatest(cantrip, case spell when 2604 then 20 when 2592 then 40 when 4667 then 60 else 80 end);
      else null;
    end case;
  end loop;
  foreach spell in array own loop
    if spell in (2592, 2604, 4667, 6095) then
      bound := greatest(bound, case spell when 2604 then 20 when 2592 then 40 when 4667 then 60 else 80 end);
    end if;
  end loop;
  return greatest(least(appraised::bigint - buff - curse - cantrip + bound, 2147483647), -2147483648);
end $$;

create table item_facts (
  -- what searches ask for most stands first: the database reads a row up to the last column it needs. Who holds it, where
  character_id int,
  wielded_location bigint,
  container_id bigint,
  -- what it is
  object_class int,
  slots bigint,
  set_id int,
  material int,
  tier int,
  tiers int not null,
  value int,
  burden int,
  armor_level int,
  base_armor_level int,
  workmanship real,
  tinks int,
  imbues bigint,
  max_damage int,
  appraised boolean not null,
  -- ratings
  total_rating int,
  damage_rating int,
  damage_resist_rating int,
  crit_rating int,
  crit_resist_rating int,
  crit_damage_rating int,
  crit_damage_resist_rating int,
  heal_boost_rating int,
  vitality_rating int,
  -- what it asks of who uses it
  wield_kind int,
  wield_what int,
  wield_value int,
  wield2_kind int,
  wield2_what int,
  wield2_value int,
  lore int,
  activation_skill int,
  activation_value int,
  allegiance_rank int,
  heritage int,
  -- what it is called; `words` is name and inscription in small letters, for who knows a part of them
  server text not null,
  game_id bigint not null,
  spells int[] not null,
  words text not null,
  name text,
  inscription text,
  -- the rest
  icon int,
  weenie_class int,
  stack int,
  capacity int,
  coverage bigint,
  item_max_level int,
  spellcraft int,
  max_mana int,
  -- arms
  damage_variance real,
  damage_types int,
  damage_bonus real,
  attack_bonus real,
  elemental_damage int,
  elemental_damage_vs_monsters real,
  melee_defense real,
  missile_defense real,
  magic_defense real,
  mana_conversion real,
  weapon_speed int,
  weapon_skill int,
  mastery int,
  primary key (server, game_id)
) with (fillfactor = 80);

-- What the facts of an item are: the one place that says which property means what.
create view item_decoding as select
  i.character_id, i.wielded_location, i.container_id,
  i.object_class, item_mask(i.int_values, '218103822') as slots, i.set_id, i.material, item_tier(t.tiers) as tier, t.tiers as tiers, i.value, i.burden, i.armor_level, item_base_armor(i.armor_level, i.active_spells, i.spells) as base_armor_level, i.workmanship, i.tinks, nullif(coalesce(item_mask(i.int_values, '179'), 0) | coalesce(item_mask(i.int_values, '303'), 0) | coalesce(item_mask(i.int_values, '304'), 0), 0) as imbues, item_int(i.int_values, '218103842') as max_damage, i.appraised_at is not null as appraised,
  item_total(i.int_values, '{370,371,372,373,374,375,376,379}') as total_rating, item_int(i.int_values, '370') as damage_rating, item_int(i.int_values, '371') as damage_resist_rating, item_int(i.int_values, '372') as crit_rating, item_int(i.int_values, '373') as crit_resist_rating, item_int(i.int_values, '374') as crit_damage_rating, item_int(i.int_values, '375') as crit_damage_resist_rating, item_int(i.int_values, '376') as heal_boost_rating, item_int(i.int_values, '379') as vitality_rating,
  item_int(i.int_values, '158') as wield_kind, item_int(i.int_values, '159') as wield_what, item_int(i.int_values, '160') as wield_value, item_int(i.int_values, '270') as wield2_kind, item_int(i.int_values, '271') as wield2_what, item_int(i.int_values, '272') as wield2_value, item_int(i.int_values, '109') as lore, item_int(i.int_values, '176') as activation_skill, item_int(i.int_values, '115') as activation_value, item_int(i.int_values, '110') as allegiance_rank, item_int(i.int_values, '188') as heritage,
  i.server, i.game_id, i.spells, lower(coalesce(i.name, '') || chr(31) || left(coalesce(i.string_values ->> '7', ''), 1000)) as words, i.name, nullif(left(i.string_values ->> '7', 1000), '') as inscription,
  i.icon, item_int(i.int_values, '218103808') as weenie_class, i.stack, item_int(i.int_values, '218103812') as capacity, item_mask(i.int_values, '218103821') as coverage, item_int(i.int_values, '319') as item_max_level, item_int(i.int_values, '106') as spellcraft, item_int(i.int_values, '108') as max_mana,
  item_real(i.double_values, '167772171') as damage_variance, item_int(i.int_values, '218103841') as damage_types, item_real(i.double_values, '167772174') as damage_bonus, item_real(i.double_values, '167772172') as attack_bonus, item_int(i.int_values, '204') as elemental_damage, item_real(i.double_values, '152') as elemental_damage_vs_monsters, item_real(i.double_values, '29') as melee_defense, item_real(i.double_values, '149') as missile_defense, item_real(i.double_values, '150') as magic_defense, item_real(i.double_values, '144') as mana_conversion, item_int(i.int_values, '218103839') as weapon_speed, item_int(i.int_values, '218103840') as weapon_skill, item_int(i.int_values, '353') as mastery
from items i cross join lateral (select item_tiers(i.spells) as tiers offset 0) t;

-- A stay: one character held it at one place. `until` is infinity while it does.
create table item_stays (
  id bigint generated always as identity,
  server text not null,
  game_id bigint not null,
  character_id int not null,
  since timestamptz not null,
  until timestamptz not null default 'infinity',
  container_id bigint,
  wielded_location bigint,
  -- How many there were when it came there, or at the last look ten minutes or more after.
  stack int,
  primary key (server, game_id, id)
);
create index on item_stays (character_id, until);
create index on item_stays (until) where until < 'infinity';

create function items_decode(servers text[], ids bigint[]) returns void language sql as $$
  insert into item_facts
  select d.* from unnest(servers, ids) as k(server, game_id) cross join lateral (
    select * from item_decoding d where d.server = k.server and d.game_id = k.game_id offset 0) d -- by key, however few items there were when this was planned
  on conflict (server, game_id) do update set
    character_id = excluded.character_id, wielded_location = excluded.wielded_location, container_id = excluded.container_id,
    object_class = excluded.object_class, slots = excluded.slots, set_id = excluded.set_id, material = excluded.material,
    tier = excluded.tier, tiers = excluded.tiers, value = excluded.value, burden = excluded.burden, armor_level = excluded.armor_level,
    base_armor_level = excluded.base_armor_level, workmanship = excluded.workmanship, tinks = excluded.tinks, imbues = excluded.imbues,
    max_damage = excluded.max_damage, appraised = excluded.appraised, total_rating = excluded.total_rating,
    damage_rating = excluded.damage_rating, damage_resist_rating = excluded.damage_resist_rating, crit_rating = excluded.crit_rating,
    crit_resist_rating = excluded.crit_resist_rating, crit_damage_rating = excluded.crit_damage_rating,
    crit_damage_resist_rating = excluded.crit_damage_resist_rating, heal_boost_rating = excluded.heal_boost_rating,
    vitality_rating = excluded.vitality_rating, wield_kind = excluded.wield_kind, wield_what = excluded.wield_what,
    wield_value = excluded.wield_value, wield2_kind = excluded.wield2_kind, wield2_what = excluded.wield2_what,
    wield2_value = excluded.wield2_value, lore = excluded.lore, activation_skill = excluded.activation_skill,
    activation_value = excluded.activation_value, allegiance_rank = excluded.allegiance_rank, heritage = excluded.heritage,
    spells = excluded.spells, words = excluded.words, name = excluded.name, inscription = excluded.inscription, icon = excluded.icon,
    weenie_class = excluded.weenie_class, stack = excluded.stack, capacity = excluded.capacity, coverage = excluded.coverage,
    item_max_level = excluded.item_max_level, spellcraft = excluded.spellcraft, max_mana = excluded.max_mana,
    damage_variance = excluded.damage_variance, damage_types = excluded.damage_types, damage_bonus = excluded.damage_bonus,
    attack_bonus = excluded.attack_bonus, elemental_damage = excluded.elemental_damage,
    elemental_damage_vs_monsters = excluded.elemental_damage_vs_monsters, melee_defense = excluded.melee_defense,
    missile_defense = excluded.missile_defense, magic_defense = excluded.magic_defense, mana_conversion = excluded.mana_conversion,
    weapon_speed = excluded.weapon_speed, weapon_skill = excluded.weapon_skill, mastery = excluded.mastery
  where (item_facts.*) is distinct from (excluded.*)
$$;

-- Planned anew each time, as the next one: of a plan for few rows many would not see the end.
create function items_came() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
begin
  perform items_decode(array_agg(server), array_agg(game_id)) from new_rows;
  insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
  select n.server, n.game_id, n.character_id, n.changed_at, n.container_id, n.wielded_location, n.stack from new_rows n
  where n.character_id is not null and not exists (
    select from item_stays s where s.server = n.server and s.game_id = n.game_id and s.until = 'infinity');
  return null;
end $$;

-- Mana burns all the time: it is in the bag alone, and changes no fact. Of how many rows changed the planner knows nothing and takes
-- it for one: walking through all new ones for each old one would see no end of many.
create function items_changed() returns trigger language plpgsql set plan_cache_mode = force_custom_plan as $$
declare servers text[]; ids bigint[]; moved_servers text[]; moved_ids bigint[]; moved_away boolean[]; nested text := current_setting('enable_nestloop');
begin
  perform set_config('enable_nestloop', 'off', true);
  select array_agg(d.server) filter (where d.differs), array_agg(d.game_id) filter (where d.differs),
      array_agg(d.server) filter (where d.moved), array_agg(d.game_id) filter (where d.moved), array_agg(d.elsewhere) filter (where d.moved)
    into servers, ids, moved_servers, moved_ids, moved_away
  from (
    select n.server, n.game_id,
      (n.character_id, n.container_id, n.wielded_location, n.name, n.object_class, n.icon, n.stack, n.value, n.burden, n.armor_level,
          n.workmanship, n.material, n.set_id, n.tinks, n.appraised_at is null, n.spells, n.active_spells)
        is distinct from (o.character_id, o.container_id, o.wielded_location, o.name, o.object_class, o.icon, o.stack, o.value, o.burden,
          o.armor_level, o.workmanship, o.material, o.set_id, o.tinks, o.appraised_at is null, o.spells, o.active_spells)
        or (n.int_values - '107', n.double_values, n.string_values -> '7')
        is distinct from (o.int_values - '107', o.double_values, o.string_values -> '7') as differs,
      (n.character_id, n.container_id, n.wielded_location, n.stack)
        is distinct from (o.character_id, o.container_id, o.wielded_location, o.stack) as moved,
      (n.character_id, n.container_id, n.wielded_location) is distinct from (o.character_id, o.container_id, o.wielded_location) as elsewhere
    from new_rows n join old_rows o on o.server = n.server and o.game_id = n.game_id
  ) d;
  perform set_config('enable_nestloop', nested, true);
  if ids is not null then perform items_decode(servers, ids); end if;
  if moved_ids is null then return null; end if;
  with moved as (
    select i.server, i.game_id, i.character_id, i.container_id, i.wielded_location, i.stack, i.changed_at, m.elsewhere
    from unnest(moved_servers, moved_ids, moved_away) as m(server, game_id, elsewhere) join items i on i.server = m.server and i.game_id = m.game_id
  ), closed as (
    update item_stays s set until = greatest(s.since, m.changed_at) from moved m
    where s.server = m.server and s.game_id = m.game_id and s.until = 'infinity'
      and (m.elsewhere or m.changed_at - s.since >= interval '10 minutes')
    returning s.server, s.game_id
  )
  insert into item_stays (server, game_id, character_id, since, container_id, wielded_location, stack)
  select server, game_id, character_id, changed_at, container_id, wielded_location, stack from moved m
  where m.character_id is not null and (m.elsewhere or (m.server, m.game_id) in (select c.server, c.game_id from closed c));
  return null;
end $$;

create function items_gone() returns trigger language plpgsql as $$
begin
  delete from item_facts f using old_rows o where f.server = o.server and f.game_id = o.game_id;
  delete from item_stays s using old_rows o where s.server = o.server and s.game_id = o.game_id;
  return null;
end $$;

create function items_emptied() returns trigger language plpgsql as $$
begin
  delete from item_facts;
  delete from item_stays;
  return null;
end $$;

create trigger items_emptied after truncate on items for each statement execute function items_emptied();
create trigger items_came after insert on items referencing new table as new_rows for each statement execute function items_came();
create trigger items_changed after update on items referencing old table as old_rows new table as new_rows
  for each statement execute function items_changed();
create trigger items_gone after delete on items referencing old table as old_rows for each statement execute function items_gone();

-- Items from before are decoded in 0019, once all indexes are there.
