// Circumstances that arguments of tools name, as the rules have them.
import { z } from 'zod'
import { visibilities } from '../../../shared/world/tabletop/visibility.ts'
import { limits } from '../rules/limits.ts'
import type { RangedSituation } from '../rules/ranged-target.ts'
import { movements } from '../rules/steadiness.ts'

const MAX_MODIFIERS = 10
const count = (most: number) => z.number().int().min(0).max(most)

/** Pool dice that are asked for. */
export const poolDice = count(limits.dice)

/** What the game master decides, listed with the parts of the rules. */
export const modifiers = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(80),
      value: z.number().int().min(-limits.rating).max(limits.rating),
    }),
  )
  .max(MAX_MODIFIERS)

/** Everything that impairs the view; the worst counts. */
export const visibility = z.array(z.enum(visibilities)).max(visibilities.length)

/** What changes the target number of a shot, besides the weapon and the distance. */
export const shotCircumstances = {
  attacker_movement: z.enum(movements).optional(),
  bad_ground: z.boolean().optional().describe('The attacker moves over bad ground'),
  target_movement: z.enum(movements).optional(),
  partial_cover: z.boolean().optional(),
  blind_fire: z.boolean().optional().describe('The attacker does not see the target; visibility does not count then'),
  visibility: visibility.optional(),
  earlier_rounds: count(30)
    .optional()
    .describe('Rounds it fired earlier in the same action. Left out in a fight: those that were counted'),
  extra_targets: count(10)
    .optional()
    .describe('Other targets it attacked earlier in the same action. Left out in a fight: as counted'),
  melee_opponents: count(10).optional().describe('Opponents in melee with the attacker'),
  second_weapon: z.boolean().optional().describe('It fires a weapon in each hand; sights do not help then'),
  aim_actions: count(10).optional().describe('Simple Actions spent on aiming'),
  called_shot: z.boolean().optional(),
  modifiers: modifiers.optional().describe('Decisions of the game master'),
}

const FIELDS = {
  attacker_movement: 'attackerMovement',
  bad_ground: 'isBadGround',
  target_movement: 'targetMovement',
  partial_cover: 'hasPartialCover',
  blind_fire: 'isBlind',
  visibility: 'visibility',
  earlier_rounds: 'earlierRounds',
  extra_targets: 'extraTargets',
  melee_opponents: 'meleeOpponents',
  second_weapon: 'hasSecondWeapon',
  aim_actions: 'aimActions',
  called_shot: 'isCalledShot',
  modifiers: 'gameMaster',
} as const satisfies Record<keyof typeof shotCircumstances, keyof RangedSituation>

/** The circumstances that were named; what was left out is left to the rules. */
export const situationOf = (input: z.output<z.ZodObject<typeof shotCircumstances>>): Partial<RangedSituation> =>
  Object.fromEntries(
    Object.entries(FIELDS).flatMap(([field, name]) => {
      const value = input[field as keyof typeof FIELDS]
      return value === undefined ? [] : [[name, value]]
    }),
  )
