import { z } from 'zod'
import type { CharacterRow } from '../character/store.ts'
import { committedOf, withoutCommitted } from '../rules/commit.ts'
import { limits } from '../rules/limits.ts'
import { RuleError } from '../rules/rule-error.ts'
import { castSpell, type CastingResult } from '../rules/spell-cast.ts'
import type { Rolled } from '../roll/store.ts'
import { actingCharacter, atItsAction, characterOf, defineTool, type Outcome } from './tool.ts'

const MAX_TARGETS = 10
const name = z.string().max(80)
const pool = z.number().int().min(0).max(limits.dice)

export const castTool = defineTool({
  name: 'cast_spell',
  title: 'Cast a spell',
  description:
    'Casts a spell completely: the test with every part, resistance, damage, and the drain of the caster. It spends ' +
    'pool dice and stores wounds and sustained spells.',
  input: z.strictObject({
    caster: name.optional().describe('Left out: the acting character'),
    spell: name,
    target: name.optional().describe('Left out: the caster'),
    further_targets: z.array(name).max(MAX_TARGETS).optional().describe('Only for spells with an area'),
    force: z.number().int().min(1).max(limits.rating).optional().describe('Left out: as high as it was learned'),
    magic_pool: pool.optional().describe('Dice of the Magic Pool for the test. Left out: those it committed'),
    drain_pool: pool.default(0).describe('Dice of the Magic Pool for the drain'),
  }),
  run(input, table) {
    const caster = actingCharacter(table, input.caster, 'caster')
    const known = caster.sheet.spells.find((one) => one.name.toLowerCase() === input.spell.trim().toLowerCase())
    if (!known) {
      const learned = caster.sheet.spells.map((one) => one.name).join(', ') || 'none'
      throw new RuleError('spell', `${caster.name} has not learned it; learned are: ${learned}`)
    }
    const names = [...(input.target === undefined ? [] : [input.target]), ...(input.further_targets ?? [])]
    const targets = names.length ? names.map((one) => characterOf(table, one, 'target')) : [caster]
    const { sheet } = caster
    const state = atItsAction(table, caster)
    const cast = castSpell(table.dice, {
      caster: { sheet, state },
      spell: known.name,
      force: input.force ?? known.force,
      poolDice: input.magic_pool ?? committedOf(sheet, state, 'magic'),
      karmaDice: committedOf(sheet, state, 'karma'),
      drainPoolDice: input.drain_pool,
      targets: targets.map((one) => ({ sheet: one.sheet, state: one.state })),
    })
    return outcomeOf(cast, caster, targets)
  },
})

function outcomeOf(cast: CastingResult, caster: CharacterRow, targets: readonly CharacterRow[]): Outcome {
  const { spell, roll, effects, drain } = cast
  const first = effects[0]!
  const rolls: Rolled[] = [
    { purpose: `${caster.name} casts ${spell.name}`, roll, parts: first.targetNumber.parts },
    ...effects.flatMap(({ target, resistance }) =>
      resistance ? [{ purpose: `${target} resists ${spell.name}`, roll: resistance, parts: [] }] : [],
    ),
    { purpose: `${caster.name} resists the drain`, roll: drain.roll, parts: drain.targetNumber.parts },
  ]
  const hurt = targets.flatMap((target) => {
    const state = effects.find((effect) => effect.target === target.sheet.name)?.state
    return state && target.id !== caster.id ? [{ ...target, state }] : []
  })
  return {
    result: {
      caster: caster.name,
      spell: spell.name,
      force: cast.force,
      target: targets.length === 1 && targets[0]!.id === caster.id ? null : first.target,
      outcome: first.outcome === 'none' ? 'no effect' : first.outcome,
      final_tn: first.targetNumber.value,
      tn_parts: first.targetNumber.parts,
      dice: roll.dice,
      dice_parts: cast.diceParts,
      magic_pool: cast.pool.used,
      magic_pool_cut: cast.pool.reason,
      faces: roll.faces,
      successes: roll.successes,
      boxes: first.boxes,
      effects: effects.map(({ target, outcome, successes, netSuccesses, level, boxes, targetNumber, resistance }) => ({
        target,
        outcome,
        successes,
        net_successes: netSuccesses,
        level,
        boxes,
        target_number: targetNumber.value,
        resistance_successes: resistance?.successes ?? null,
      })),
      area_metres: cast.areaMetres,
      drain: {
        target_number: drain.targetNumber.value,
        successes: drain.roll.successes,
        level: drain.level,
        boxes: drain.boxes,
        kind: drain.kind,
      },
      roll_ids: rolls.map((rolled) => rolled.roll.rollId),
    },
    rolls,
    changed: [{ ...caster, state: withoutCommitted(cast.caster, 'magic', 'karma') }, ...hurt],
  }
}
