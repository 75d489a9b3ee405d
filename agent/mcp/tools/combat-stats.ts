import { z } from 'zod'
import { characterLink } from '../links.ts'
import { defineDocumentTool } from '../tool.ts'
import { characterName } from './fields.ts'
import {
  McpCombatStatsDocument,
  type McpCombatFiguresFragment,
  type McpElementFiguresFragment,
} from './combat-stats.query.gen.ts'

const element = z
  .object({
    attack: z.string(),
    element: z.string(),
    attacks: z.number(),
    failed: z.number(),
    crits: z.number(),
    damage: z.number(),
  })
  .meta({ id: 'Element' })
const figures = z
  .object({
    kills: z.number(),
    damage_given: z.number(),
    damage_received: z.number(),
    aetheria_surges: z.number(),
    cloak_surges: z.number(),
    offense: z.array(element),
    defense: z.array(element),
    monsters: z.array(
      z.object({ name: z.string(), kills: z.number(), damage_given: z.number(), damage_received: z.number() }),
    ),
  })
  .meta({ id: 'Figures' })

const elementOf = (one: McpElementFiguresFragment): z.output<typeof element> => ({
  attack: one.attackTypeName,
  element: one.elementName,
  attacks: one.totalAttacks,
  failed: one.failedAttacks,
  crits: one.crits,
  damage: one.totalNormalDamage + one.totalCritDamage,
})
const figuresOf = (totals: McpCombatFiguresFragment): z.output<typeof figures> => ({
  kills: totals.kills,
  damage_given: totals.damageGiven,
  damage_received: totals.damageReceived,
  aetheria_surges: totals.aetheriaSurges,
  cloak_surges: totals.cloakSurges,
  offense: totals.offense.map(elementOf),
  defense: totals.defense.map(elementOf),
  monsters: totals.monsters.map(({ name, kills, damageGiven, damageReceived }) => ({
    name,
    kills,
    damage_given: damageGiven,
    damage_received: damageReceived,
  })),
})

export const combatStats = defineDocumentTool({
  name: 'get_combat_stats',
  title: 'Combat of a character',
  description:
    'Combat figures of one character: of its latest fight and over all time, by attack, element and monster.',
  input: {
    name: characterName,
    monsters: z.int().min(0).max(100).default(10).describe('How many monsters, most damage first.'),
  },
  row: {
    character: z.string(),
    fight: z.object({ started_at: z.string(), last_at: z.string(), figures }).nullable(),
    lifetime: figures,
  },
  document: McpCombatStatsDocument,
  variables: ({ name, monsters }) => ({ name, monsters }),
  rows({ character }) {
    if (!character?.combat) return { rows: [], total: 0 }
    const { lifetime, latestFight } = character.combat
    const fight = latestFight && {
      started_at: latestFight.startedAt,
      last_at: latestFight.receivedAt,
      figures: figuresOf(latestFight.totals),
    }
    return { rows: [{ character: character.name, fight, lifetime: figuresOf(lifetime) }], total: 1 }
  },
  links: ({ character }) => [characterLink(character)],
})
