// The character sheet: attributes, vitals, skills, experience, allegiance, after the game's own formulas.
import { between, pick, seeded, whole, type Rng } from './chance.ts'
import { skills } from './skills.ts'

/** What somebody is made of. */
export interface Sheet {
  level: number
  race: string
  gender: string
  birth: string
  totalXp: number
  unassignedXp: number
  skillCredits: number
  luminanceEarned: number
  luminanceTotal: number
  deaths: number
  title: number
  titles: number[]
  attributes: Record<string, { base: number; creation: number }>
  skills: Record<string, { base: number; training: string }>
  maxHealth: number
  maxStamina: number
  maxMana: number
  rank: number
  magic: boolean
}

const MAX_XP = 191_226_310_247
const attributeNames = ['strength', 'endurance', 'quickness', 'coordination', 'focus', 'self'] as const

/** A sheet fit for the level. */
export function newSheet(rng: Rng, level: number, now: number): Sheet {
  const grown = level / 275
  const magic = rng() < 0.4
  const strong: readonly string[] = magic ? ['focus', 'self', 'endurance'] : ['strength', 'coordination', 'quickness']
  const attributes = Object.fromEntries(
    attributeNames.map((name) => {
      const creation = strong.includes(name) ? 100 : pick(rng, [10, 20, 30])
      return [name, { base: Math.min(290, Math.round(creation + grown * between(rng, 150, 190))), creation }]
    }),
  ) as Sheet['attributes']
  const base = (name: string) => attributes[name]?.base ?? 0
  return {
    level,
    magic,
    attributes,
    race: pick(rng, ['Aluvian', "Gharu'ndim", 'Sho', 'Viamontian', 'Umbraen', 'Lugian', 'Empyrean', 'Undead']),
    gender: rng() < 0.5 ? 'Male' : 'Female',
    birth: new Date(now - between(rng, 0.2, 9) * 365 * 86_400_000).toISOString().slice(0, 19),
    totalXp: level === 275 ? MAX_XP : Math.round(MAX_XP * grown ** 4.2),
    unassignedXp: Math.round(between(rng, 0, 5e7)),
    skillCredits: whole(rng, 0, 4),
    luminanceEarned: level >= 200 ? whole(rng, 0, 1_500_000) : 0,
    luminanceTotal: level >= 200 ? 1_500_000 : 0,
    deaths: whole(rng, 3, 40 + level),
    title: whole(rng, 1, 800),
    titles: Array.from({ length: whole(rng, 1, 8) }, () => whole(rng, 1, 800)),
    skills: drawSkills(rng, base, grown, magic),
    maxHealth: Math.round(base('endurance') / 2 + grown * 196),
    maxStamina: Math.round(base('endurance') + grown * 196),
    maxMana: Math.round(base('self') + grown * 196),
    rank: whole(rng, 1, 7),
  }
}

function drawSkills(rng: Rng, base: (name: string) => number, grown: number, magic: boolean): Sheet['skills'] {
  return Object.fromEntries(
    skills.map(({ name, from, divisor }) => {
      const bias = magic === /magic|creature|item_ench|mana/.test(name) ? 0.25 : 0
      const draw = rng() + bias
      const training = draw > 0.9 ? 'Specialized' : draw > 0.5 ? 'Trained' : 'Untrained'
      const raised = training === 'Untrained' ? 0 : Math.round(grown * (training === 'Specialized' ? 226 : 208)) + 10
      const born = from.length ? Math.round(from.reduce((sum, attribute) => sum + base(attribute), 0) / divisor) : 0
      return [name, { base: born + raised, training }]
    }),
  )
}

/** The allegiance of the whole fleet, seen from one character. */
export function allegianceOf(names: readonly string[], index: number, rank: number): Record<string, unknown> {
  const monarch = names[0]!
  const patron = names[Math.floor((index - 1) / 3)] ?? monarch
  const vassals = [1, 2, 3].map((nth) => names[index * 3 + nth]).filter((name) => name !== undefined)
  const one = (name: string) => ({
    name,
    race: whole(seeded(name.length), 1, 4),
    rank: Math.min(10, rank + 1),
    gender: name.length % 2,
  })
  return {
    name: 'Knights of Dereth',
    rank,
    followers: vassals.length,
    monarch: { ...one(monarch), followers: names.length - 1 },
    ...(index > 0 && { patron: one(patron) }),
    vassals: vassals.map(one),
  }
}
