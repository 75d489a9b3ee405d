import { z } from 'zod'
import { sheetPart, type Part } from '../rules/breakdown.ts'
import { attributeOf } from '../rules/derived.ts'
import { limits } from '../rules/limits.ts'
import { takeFromPool } from '../rules/pools.ts'
import { RuleError } from '../rules/rule-error.ts'
import { attributeNames, type AttributeName } from '../rules/sheet.ts'
import { skillDice } from '../rules/skill-dice.ts'
import { poolNames } from '../rules/state.ts'
import type { CharacterRow } from '../character/store.ts'
import { defineTool, ofSheet, readableCharacter } from './tool.ts'

const name = z.string().max(80)

export const dicePoolTool = defineTool({
  name: 'calculate_dice_pool',
  title: 'Count dice',
  description:
    'The dice for a test: a skill or an attribute, never both, and dice of a pool, cut to what is allowed. It spends ' +
    'nothing.',
  input: z.strictObject({
    character: name.optional().describe('Left out: the acting character'),
    skill: name.optional(),
    concentration: name.optional(),
    specialization: name.optional(),
    attribute: z.enum(attributeNames).optional().describe('Instead of a skill'),
    pool: z.enum(poolNames).optional(),
    pool_dice: z.number().int().min(0).max(limits.dice).default(0),
  }),
  run({ character, skill, attribute, pool, pool_dice: asked, ...narrow }, table) {
    const row = readableCharacter(table, character, 'character')
    if ((skill === undefined) === (attribute === undefined))
      throw new RuleError('skill', 'name a skill or an attribute, and not both')
    const base = attribute === undefined ? ofSkill(row, { skill: skill!, ...narrow }) : ofAttribute(row, attribute)
    const limit = { dice: base.mostPoolDice, reason: 'skill rating' }
    const use = pool === undefined ? null : takeFromPool(row.sheet, row.state, pool, asked, limit)
    const poolParts: Part[] = use && use.used > 0 ? [sheetPart(`${pool} pool`, use.used)] : []
    return ofSheet(row, {
      character: row.name,
      dice: base.dice + (use?.used ?? 0),
      parts: [...base.parts, ...poolParts],
      target_parts: base.targetParts,
      pool: use && { name: pool, asked: use.asked, used: use.used, cut: use.reason },
    })
  },
})

/** Fields that are there: the rules distinguish what was left out. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }

interface Narrow {
  skill: string
  concentration?: string | undefined
  specialization?: string | undefined
}

const ofSkill = ({ sheet }: CharacterRow, use: Narrow) => skillDice(sheet, given(use))

const ofAttribute = ({ sheet }: CharacterRow, attribute: AttributeName) => {
  const dice = attributeOf(sheet, attribute)
  return { dice, parts: [sheetPart(attribute, dice)], targetParts: [] as Part[], mostPoolDice: 0 }
}
