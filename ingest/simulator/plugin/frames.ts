// The frames of the plugin, field by field, with its quirks: some numbers are strings, clocks have seven digits.
import { between, rounded, whole } from '../world/chance.ts'
import type { Character } from '../world/character.ts'
import { headingOf, placeAt } from '../world/walk.ts'
import { stamp, timeSpan, type Frame } from './frame.ts'
import { itemRecord } from './item-record.ts'

const percent = (now: number, full: number) => rounded((100 * now) / full, 1)
const at = (c: Character, now: number) => ({ timestamp: stamp(now), character_name: c.name })

/** Items of a captured fleet come from several game servers with colliding ids: those frames name their server. */
export const serverOf = (c: Character) => (c.server ? { server: c.server } : {})

/** First frame after the socket opens. */
export const registerFrame = (c: Character): Frame => ({ type: 'register', player_name: c.name })

/** Where the character is, to four digits, and how high. */
export function whereabouts(c: Character, now: number): { ew: number; ns: number; z: number } {
  const { ew, ns } = placeAt(c.leg, now)
  // A gentle made-up relief: the height of a place is always the same.
  const z = 0.35 * (Math.sin(ew * 0.7) + Math.cos(ns * 0.9)) + 0.3
  return { ew: rounded(ew, 4), ns: rounded(ns, 4), z: rounded(z, 3) }
}

/** Position and how the hunt goes. */
export function telemetryFrame(c: Character, now: number): Frame {
  const { session, rng } = c
  const hours = Math.max(now - session.since, 60_000) / 3_600_000
  session.memoryMb = rounded(Math.min(1900, session.memoryMb + between(rng, -1.2, 1.6)), 1)
  return {
    type: 'telemetry',
    character_name: c.name,
    char_tag: c.tag,
    session_id: session.id,
    timestamp: stamp(now),
    ...whereabouts(c, now),
    kills: session.kills,
    kills_per_hour: (session.kills / hours).toFixed(2),
    onlinetime: timeSpan(now - session.since),
    deaths: String(session.deaths),
    total_deaths: String(c.totalDeaths),
    rares_found: session.rares,
    prismatic_taper_count: String(c.inventory.tapers.plain.ints[218103814]),
    vt_state: c.state,
    mem_mb: session.memoryMb,
    cpu_pct: rounded(c.state === 'combat' ? between(rng, 4, 14) : between(rng, 1, 5), 1),
    mem_handles: whole(rng, 900, 1400),
    latency_ms: rounded(c.latencyMs * between(rng, 0.9, 1.3), 1),
  }
}

/** Health, stamina, mana, death penalty. */
export function vitalsFrame(c: Character, now: number): Frame {
  const { sheet } = c
  return {
    type: 'vitals',
    ...at(c, now),
    health_current: c.health,
    health_max: sheet.maxHealth,
    health_percentage: percent(c.health, sheet.maxHealth),
    stamina_current: c.stamina,
    stamina_max: sheet.maxStamina,
    stamina_percentage: percent(c.stamina, sheet.maxStamina),
    mana_current: c.mana,
    mana_max: sheet.maxMana,
    mana_percentage: percent(c.mana, sheet.maxMana),
    vitae: c.vitae,
  }
}

/** The sheet. */
export function characterStatsFrame(c: Character, now: number, allegiance: Record<string, unknown>): Frame {
  if (c.captured) return { type: 'character_stats', ...at(c, now), ...c.captured }
  const { sheet } = c
  return {
    type: 'character_stats',
    ...at(c, now),
    level: sheet.level,
    race: sheet.race,
    gender: sheet.gender,
    birth: sheet.birth,
    total_xp: sheet.totalXp,
    unassigned_xp: sheet.unassignedXp,
    skill_credits: sheet.skillCredits,
    luminance_earned: sheet.luminanceEarned,
    luminance_total: sheet.luminanceTotal,
    deaths: sheet.deaths,
    current_title: sheet.title,
    titles: sheet.titles,
    burden_units: [...c.inventory.items.values()].reduce((sum, item) => sum + (item.plain.ints[5] ?? 0), 0),
    encumbrance_capacity: (sheet.attributes['strength']?.base ?? 100) * 150,
    attributes: sheet.attributes,
    vitals: { health: { base: sheet.maxHealth }, stamina: { base: sheet.maxStamina }, mana: { base: sheet.maxMana } },
    skills: sheet.skills,
    properties: { '218': 3, '354': 2 },
    allegiance,
  }
}

/** Everything it holds. */
export function fullInventoryFrame(c: Character, now: number): Frame {
  const items = [...c.inventory.items.values()].map(itemRecord)
  return { type: 'full_inventory', ...at(c, now), ...serverOf(c), item_count: items.length, items }
}

/** The session's fights so far. Copied: the tally goes on growing. */
export function combatStatsFrame(c: Character, now: number): Frame {
  return { type: 'combat_stats', ...at(c, now), session_id: c.session.id, session: structuredClone(c.session.fight) }
}

/** Mana and spells of what is worn. */
export function cantripStateFrame(c: Character, now: number, spellNames: ReadonlyMap<number, string>): Frame {
  const worn = [...c.inventory.items.values()].filter((item) => item.plain.ints[10] && item.hidden.ints[108])
  const items = worn.map((item) => {
    const mana = item.hidden.ints[107]!
    return {
      item_id: item.id | 0,
      name: item.name,
      state: mana > 0 ? 'active' : 'not_active',
      current_mana: mana,
      max_mana: item.hidden.ints[108],
      mana_time_remaining_seconds: mana * 20,
      spells: item.spells.map((id) => ({ spell_id: id, name: spellNames.get(id) ?? `Spell ${id}`, active: mana > 0 })),
    }
  })
  return { type: 'equipment_cantrip_state', ...at(c, now), items }
}

/** Vitals for fellow plugins. */
export function shareVitalFrame(c: Character, now: number): Frame {
  return {
    type: 'share_vital_update',
    character_name: c.name,
    character_id: c.id,
    server: 'Coldeve',
    tags: c.tag ? [c.tag] : [],
    current_health: c.health,
    max_health: c.sheet.maxHealth,
    current_stamina: c.stamina,
    max_stamina: c.sheet.maxStamina,
    current_mana: c.mana,
    max_mana: c.sheet.maxMana,
    timestamp: stamp(now),
  }
}

/** Position for fellow plugins. */
export function sharePositionFrame(c: Character, now: number, landCell: number): Frame {
  return {
    type: 'share_position_update',
    character_name: c.name,
    land_cell: landCell,
    heading: rounded(headingOf(c.leg), 1),
    ...whereabouts(c, now),
  }
}
