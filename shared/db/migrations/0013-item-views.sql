-- The facts of items by what they are about, for whoever reads SQL: the tables the original had, one row an item.
create view item_combat_stats as
select server, game_id, armor_level, base_armor_level, max_damage, damage_variance, damage_types, damage_bonus, attack_bonus, elemental_damage,
  elemental_damage_vs_monsters, melee_defense, missile_defense, magic_defense, mana_conversion, weapon_speed, weapon_skill, mastery from item_facts;
create view item_requirements as
select server, game_id, case 7 when wield_kind then wield_value when wield2_kind then wield2_value end as wield_level, wield_kind, wield_what, wield_value,
  wield2_kind, wield2_what, wield2_value, lore, activation_skill, activation_value, allegiance_rank, heritage from item_facts;
create view item_enhancements as
select server, game_id, material, imbues, tinks, workmanship, set_id, item_max_level from item_facts;
create view item_ratings as
select server, game_id, damage_rating, damage_resist_rating, crit_rating, crit_resist_rating, crit_damage_rating, crit_damage_resist_rating,
  heal_boost_rating, vitality_rating, total_rating from item_facts;
create view item_spells as
select i.server, i.game_id, s.spell_id, s.spell_id = any(i.active_spells) as is_active from items i cross join unnest(i.spells) as s(spell_id);
create view item_raw_data as
select server, game_id, int_values, double_values, bool_values, string_values, spells, active_spells from items;
