// The views that a statement may read, with their columns in order. The database has them from a migration; a test
// compares both.

/** The schema of the views. */
export const SCHEMA = 'sql_views'

const columns = (text: string): readonly string[] => text.trim().split(/\s+/)

const VIEWS: Readonly<Record<string, readonly string[]>> = {
  characters: columns(`
    character tag first_seen_at last_seen_at live ew ns z state session_kills kills_per_hour session_seconds
    tapers health_percent stamina_percent mana_percent vitae level race gender total_xp unassigned_xp
    luminance_earned luminance_total skill_credits total_deaths burden_units encumbrance_capacity`),
  telemetry: columns(`
    character received_at client_at ew ns z session_id kills kills_per_hour online_seconds deaths total_deaths
    rares_found tapers state memory_mb cpu_percent handles latency_ms step block_from`),
  telemetry_spans: columns(`
    character since frames ew_first ew_last ns_first ns_last kills_first kills_least kills_greatest kills_last
    kills_per_hour_first kills_per_hour_least kills_per_hour_greatest kills_per_hour_last deaths_first
    deaths_least deaths_greatest deaths_last`),
  vitals: columns(`
    character received_at client_at health max_health health_percent stamina max_stamina stamina_percent mana
    max_mana mana_percent vitae block_from`),
  vitals_spans: columns(`
    character since frames health_percent_first health_percent_least health_percent_greatest health_percent_last
    stamina_percent_first stamina_percent_least stamina_percent_greatest stamina_percent_last mana_percent_first
    mana_percent_least mana_percent_greatest mana_percent_last vitae_first vitae_least vitae_greatest vitae_last`),
  rares: columns(`
    id character name tier received_at client_at ew ns z session_id`),
  alerts: columns(`
    id kind character at severity text details`),
  deaths: columns(`
    id character at text details`),
  sessions: columns(`
    character session_id started_at last_at kills deaths tapers_used online_seconds`),
  hourly_totals: columns(`
    character hour kills deaths tapers_used online_seconds`),
  fights: columns(`
    character session_id started_at received_at kills damage_given damage_received aetheria_surges cloak_surges`),
  fight_monsters: columns(`
    character session_id started_at received_at monster kills damage_given damage_received`),
  combat_lifetime: columns(`
    character fights kills damage_given damage_received aetheria_surges cloak_surges`),
  quests: columns(`
    character quest ready_at ready countdown received_at client_at`),
  items: columns(`
    id character server game_id name worn container_id object_class stack value burden armor_level
    base_armor_level workmanship material set_id tier tinks max_damage total_rating damage_rating
    damage_resist_rating crit_rating crit_resist_rating crit_damage_rating crit_damage_resist_rating
    heal_boost_rating vitality_rating wield_kind wield_what wield_value lore spells slots inscription spellcraft
    max_mana damage_bonus attack_bonus elemental_damage melee_defense missile_defense magic_defense weapon_speed
    weapon_skill`),
  portals: columns(`
    name ew ns z discovered_by discovered_at seen_at`),
  spawns: columns(`
    monster hour ew ns sightings`),
  chat: columns(`
    id character received_at client_at channel sender text`),
  game_servers: columns(`
    name state latency_ms players players_at since checked_at`),
  game_server_history: columns(`
    name at state latency_ms players`),
}

/** Names of all views. */
export const viewNames: readonly string[] = Object.keys(VIEWS)

/** The columns of a view; undefined if there is none of that name. */
export const viewColumns = (name: string): readonly string[] | undefined =>
  Object.hasOwn(VIEWS, name) ? VIEWS[name] : undefined
