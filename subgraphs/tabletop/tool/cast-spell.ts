import { z } from 'zod'
import { objectResistance, type ObjectKind } from '../../../shared/world/tabletop/spells.ts'
import type { CharacterRow } from '../character/store.ts'
import { sheetPart, type Part } from '../rules/breakdown.ts'
import { committedOf, withoutCommitted } from '../rules/commit.ts'
import { limits } from '../rules/limits.ts'
import { RuleError } from '../rules/rule-error.ts'
import { castSpell, type CastingResult } from '../rules/spell-cast.ts'
import type { SpellTarget } from '../rules/spell-target.ts'
import type { Rolled } from '../roll/store.ts'
import type { Roll } from '../rules/roll.ts'
import { modifiers, poolDice, visibility } from './circumstances.ts'
import { computeFor, cutOf, listOf, partsOf } from './hidden-figures.ts'
import { actingCharacter, atItsAction, characterOf, defineTool, isHidden, type Outcome, type Table } from './tool.ts'
import { orderWith, outOfTurn } from './turn-order.ts'

const MAX_TARGETS = 10
const name = z.string().max(80)
const objectKinds = Object.keys(objectResistance) as [ObjectKind, ...ObjectKind[]]
const defenceDice = z.number().int().min(0).max(limits.rating)

const castInput = z.strictObject({
  caster: name.optional().describe('Left out: the acting character'),
  spell: name,
  target: name.optional().describe('Left out: the caster'),
  further_targets: z.array(name).max(MAX_TARGETS).optional().describe('Only for spells with an area'),
  object: z.enum(objectKinds).optional().describe('The target is a thing of this kind, and no character'),
  force: z.number().int().min(1).max(limits.rating).optional().describe('Left out: as high as it was learned'),
  magic_pool: poolDice.optional().describe('Dice of the Magic Pool for the test. Left out: those it committed'),
  drain_pool: poolDice.default(0).describe('Dice of the Magic Pool for the drain'),
  partial_cover: z.boolean().optional().describe('Of every target'),
  visibility: visibility.optional().describe('Of every target'),
  defence_dice: defenceDice.optional().describe('Dice of spell defence that somebody gives to each target'),
  out_of_turn: outOfTurn,
  modifiers: modifiers.optional().describe('Decisions of the game master'),
})

export const castTool = defineTool({
  name: 'cast_spell',
  title: 'Cast a spell',
  description:
    'Casts a spell completely: the test with every part, resistance, damage, and the drain of the caster. It spends ' +
    'pool dice and stores wounds and sustained spells.',
  input: castInput,
  run(input, table) {
    const caster = actingCharacter(table, input.caster, 'caster')
    const known = caster.sheet.spells.find((one) => one.name.toLowerCase() === input.spell.trim().toLowerCase())
    if (!known) {
      const learned = caster.sheet.spells.map((one) => one.name)
      throw new RuleError('spell', `${caster.name} has not learned it${listOf(caster, 'learned', learned)}`)
    }
    const order = orderWith(table, caster, 'spell', input.out_of_turn)
    const { targets, aimedAt } = targetsOf(table, input, caster)
    const { sheet } = caster
    const state = atItsAction(table, caster)
    const cast = computeFor(caster, () =>
      castSpell(table.dice, {
        caster: { sheet, state },
        spell: known.name,
        force: input.force ?? known.force,
        poolDice: input.magic_pool ?? committedOf(sheet, state, 'magic'),
        karmaDice: committedOf(sheet, state, 'karma'),
        drainPoolDice: input.drain_pool,
        targets: aimedAt,
        gameMaster: input.modifiers ?? [],
        visibilityTable: table.visibility,
      }),
    )
    return { ...outcomeOf(cast, caster, targets), ...(order && { initiative: order }) }
  },
})

/** The characters that a spell is cast at, none for a thing, and how the rules have them. */
function targetsOf(table: Table, input: z.output<typeof castInput>, caster: CharacterRow) {
  const { object, target, further_targets: further = [] } = input
  if (object !== undefined) {
    if (further.length) throw new RuleError('further_targets', 'a spell at a thing has no other targets')
    return { targets: [], aimedAt: [{ object, name: target ?? object }] as SpellTarget[] }
  }
  const names = [...(target === undefined ? [] : [target]), ...further]
  const targets = names.length ? names.map((one) => characterOf(table, one, 'target')) : [caster]
  if (new Set(targets).size < targets.length) throw new RuleError('targets', 'somebody is named twice')
  const circumstances = {
    ...(input.partial_cover !== undefined && { hasPartialCover: input.partial_cover }),
    ...(input.visibility && { visibility: input.visibility }),
    ...(input.defence_dice !== undefined && { defenceDice: input.defence_dice }),
  }
  const aimedAt = targets.map(({ sheet, state }): SpellTarget => ({ sheet, state, ...circumstances }))
  return { targets, aimedAt }
}

function rollsOf({ spell, force, roll, effects, drain }: CastingResult, caster: CharacterRow): Rolled[] {
  const rollOf = (purpose: string, own: Roll, parts: Part[]): Rolled => ({
    ...{ purpose: `${caster.name} ${purpose}`, roll: own, parts, isHidden: isHidden(caster) },
  })
  return [
    rollOf(`casts ${spell.name}`, roll, effects[0]!.targetNumber.parts),
    ...effects.flatMap(({ target, resistance }) =>
      resistance
        ? [{ purpose: `${target} resists ${spell.name}`, roll: resistance, parts: [sheetPart('Force', force)] }]
        : [],
    ),
    rollOf('resists the drain', drain.roll, drain.targetNumber.parts),
  ]
}

function outcomeOf(cast: CastingResult, caster: CharacterRow, targets: readonly CharacterRow[]): Outcome {
  const { spell, roll, effects, drain } = cast
  const first = effects[0]!
  const rolls = rollsOf(cast, caster)
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
      dice: roll.dice,
      ...partsOf(caster, {
        tn_parts: first.targetNumber.parts,
        dice_parts: cast.diceParts,
        magic_pool: cast.pool.used,
      }),
      magic_pool_cut: cutOf(caster, cast.pool),
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
        ...partsOf(caster, { tn_parts: drain.targetNumber.parts, dice_parts: drain.diceParts }),
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
