// Dice pools (core p. 84-85, 190): sizes, and dice taken from them.
import { armourOf, attributeOf } from './derived.ts'
import { limits } from './limits.ts'
import { wholeNumber } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import { poolNames, type CharacterState, type PoolName } from './state.ts'

const rating = (sheet: Sheet, skill: string) =>
  sheet.skills.find((candidate) => candidate.name.toLowerCase() === skill)?.rating ?? 0

/** The size of each pool when it is full. */
export function poolSizes(sheet: Sheet): Record<PoolName, number> {
  const half = attributeOf(sheet, 'quickness') + attributeOf(sheet, 'intelligence') + attributeOf(sheet, 'willpower')
  const tooHeavy = Math.max(0, armourOf(sheet).ballistic - attributeOf(sheet, 'quickness'))
  const sorcery = sheet.magic > 0 ? rating(sheet, 'sorcery') : 0
  return {
    combat: Math.max(0, Math.floor(half / 2) - tooHeavy),
    magic: sorcery > 0 ? sorcery + sheet.powerFoci : 0,
    hacking: sheet.hackingPool,
    control: sheet.controlPool,
    karma: Math.floor(sheet.karmaEarned / 10),
  }
}

/** The dice left in each pool. */
export function poolsLeft(sheet: Sheet, state: CharacterState): Record<PoolName, number> {
  const sizes = poolSizes(sheet)
  const left = poolNames.map((name) => [name, Math.max(0, sizes[name] - state.poolsSpent[name])])
  return Object.fromEntries(left) as Record<PoolName, number>
}

/** Dice taken from a pool: at most what is left, and at most `limit` where the rules have one. */
export interface PoolUse {
  pool: PoolName
  asked: number
  used: number
  /** What cut the dice short, for people; null if all were given. */
  reason: string | null
  /** The state with the dice spent. */
  state: CharacterState
}

/** The limit of one use, and its reason for people: `skill rating`. */
export interface PoolLimit {
  dice: number
  reason: string
}

/**
 * Takes dice from a pool. Asking for more than allowed is no error: fewer are given, and the reason says why.
 * A RuleError for anything but a whole number from 0.
 */
export function takeFromPool(
  sheet: Sheet,
  state: CharacterState,
  pool: PoolName,
  asked: number,
  limit?: PoolLimit,
): PoolUse {
  wholeNumber(`${pool} pool`, asked, 0, limits.dice)
  const left = poolsLeft(sheet, state)[pool]
  const used = Math.min(asked, left, limit?.dice ?? asked)
  const isCutByLimit = limit !== undefined && limit.dice < left
  const reason = used === asked ? null : isCutByLimit ? `at most the ${limit.reason} (${limit.dice})` : `${left} left`
  const poolsSpent = { ...state.poolsSpent, [pool]: state.poolsSpent[pool] + used }
  return { pool, asked, used, reason, state: { ...state, poolsSpent } }
}

/** The state at the start of a character's action: all pools are full, except karma, which returns each encounter. */
export function refreshPools(state: CharacterState): CharacterState {
  return { ...state, poolsSpent: { combat: 0, magic: 0, hacking: 0, control: 0, karma: state.poolsSpent.karma } }
}

/** The state at the start of an encounter: the Karma Pool is full as well. */
export const beginEncounter = (state: CharacterState): CharacterState => ({
  ...state,
  poolsSpent: { combat: 0, magic: 0, hacking: 0, control: 0, karma: 0 },
})
