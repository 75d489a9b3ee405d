import { LegacyApiCombatDocument } from './combat.query.gen.ts'
import { LegacyApiFightersDocument } from './fighters.query.gen.ts'
import { LegacyApiCombatsDocument } from './combats.query.gen.ts'
import { z } from 'zod'
import { characterNamed, Refusal } from './ask.ts'
import { endpoint } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'

interface Element {
  attackTypeName: string
  elementName: string
  totalAttacks: number
  failedAttacks: number
  crits: number
  totalNormalDamage: number
  maxNormalDamage: number
  totalCritDamage: number
  maxCritDamage: number
}

export interface Totals {
  damageGiven: number
  damageReceived: number
  kills: number
  aetheriaSurges: number
  cloakSurges: number
  monsters: {
    name: string
    kills: number
    damageGiven: number
    damageReceived: number
    offense: Element[]
    defense: Element[]
  }[]
}

const elements = z
  .record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        total_attacks: z.number(),
        failed_attacks: z.number(),
        crits: z.number(),
        total_normal_damage: z.number(),
        max_normal_damage: z.number(),
        total_crit_damage: z.number(),
        max_crit_damage: z.number(),
      }),
    ),
  )
  .describe('By kind of attack, then by element.')

const totals = z.object({
  total_damage_given: z.number(),
  total_damage_received: z.number(),
  total_kills: z.number(),
  total_aetheria_surges: z.number(),
  total_cloak_surges: z.number(),
  monsters: z.record(
    z.string(),
    z.object({
      kill_count: z.number(),
      damage_given: z.number(),
      damage_received: z.number(),
      offense: elements,
      defense: elements,
    }),
  ),
})

function elementsOf(list: readonly Element[]): z.input<typeof elements> {
  const kinds = new Map<string, [string, z.input<typeof elements>[string][string]][]>()
  for (const { attackTypeName, elementName, ...counts } of list) {
    if (!kinds.has(attackTypeName)) kinds.set(attackTypeName, [])
    kinds.get(attackTypeName)!.push([
      elementName,
      {
        total_attacks: counts.totalAttacks,
        failed_attacks: counts.failedAttacks,
        crits: counts.crits,
        total_normal_damage: counts.totalNormalDamage,
        max_normal_damage: counts.maxNormalDamage,
        total_crit_damage: counts.totalCritDamage,
        max_crit_damage: counts.maxCritDamage,
      },
    ])
  }
  return Object.fromEntries([...kinds].map(([kind, counts]) => [kind, Object.fromEntries(counts)]))
}

/** What was counted of fights, as the plugin writes it. */
export const totalsOf = (given: Totals): z.input<typeof totals> => ({
  total_damage_given: given.damageGiven,
  total_damage_received: given.damageReceived,
  total_kills: given.kills,
  total_aetheria_surges: given.aetheriaSurges,
  total_cloak_surges: given.cloakSurges,
  monsters: Object.fromEntries(
    given.monsters.map(({ name, kills, damageGiven, damageReceived, offense, defense }) => [
      name,
      {
        kill_count: kills,
        damage_given: damageGiven,
        damage_received: damageReceived,
        offense: elementsOf(offense),
        defense: elementsOf(defense),
      },
    ]),
  ),
})
interface Fighter {
  name: string
  combat: { latestFight: { sessionId: string; receivedAt: string; totals: Totals } | null; lifetime: Totals } | null
}

const fights = z.object({
  character_name: z.string(),
  session_id: z.string().nullable(),
  timestamp: moment.nullable().describe('When the session’s newest count arrived, by our clock.'),
  session: totals.nullable().describe('The session played last.'),
  lifetime: totals.describe('All sessions we know of, each element added up by itself.'),
})

const fightsOf = (name: string, { latestFight, lifetime }: NonNullable<Fighter['combat']>): z.input<typeof fights> => ({
  character_name: name,
  session_id: latestFight?.sessionId || null,
  timestamp: latestFight && isoformat(latestFight.receivedAt),
  session: latestFight && totalsOf(latestFight.totals),
  lifetime: totalsOf(lifetime),
})

export const combatStats = endpoint({
  path: '/combat-stats/{character}',
  family: 'Combat',
  says: 'What a character fought: its session and its life.',
  answer: fights,
  async run({ path }, ask) {
    const character = await characterNamed(ask, LegacyApiCombatDocument, { name: path.character })
    if (!character?.combat) throw new Refusal('NOT_FOUND', 'No fight of this character is known.')
    return fightsOf(character.name, character.combat)
  },
})

/** One fighter's figures are large. */
const MAX_FIGHTERS = 100
/** How many the graph answers at once with every monster and element: LIM1. */
const FIGHTERS_AT_ONCE = 2

export const allCombatStats = endpoint({
  path: '/combat-stats',
  family: 'Combat',
  says: `What everybody fought, by name: the first ${MAX_FIGHTERS} who ever fought, or of those named.`,
  query: z.object({
    characters: z.string().max(10_000).optional().describe('Names, by commas.'),
  }),
  answer: z.object({ stats: z.array(fights) }),
  async run({ query }, ask) {
    const named = query.characters?.split(',').map((name) => name.trim()) ?? null
    const { fighters } = await ask(LegacyApiFightersDocument, { names: named, first: MAX_FIGHTERS })
    const names = fighters.nodes.map(({ name }) => name)
    if (!names.length) return { stats: [] }
    const stats: z.input<typeof fights>[] = []
    for (let from = 0; from < names.length; from += FIGHTERS_AT_ONCE) {
      const { fighters: some } = await ask(LegacyApiCombatsDocument, {
        names: names.slice(from, from + FIGHTERS_AT_ONCE),
      })
      for (const { name, combat } of some.nodes) if (combat) stats.push(fightsOf(name, combat))
    }
    return { stats }
  },
})
