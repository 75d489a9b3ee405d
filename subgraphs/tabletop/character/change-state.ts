// The state of a character as a person sets it: wounds, ammunition, money, karma, gear.
import type { Context } from '../context.ts'
import type { ChangeGmStateInput, GmHealing, HealGmCharacterInput } from '../generated/resolvers.ts'
import type { Rolled } from '../roll/store.ts'
import { conditionOf } from '../rules/condition.ts'
import { list, readAll, text } from '../rules/read-value.ts'
import { bleed, heal, restFromStun, type Recovery } from '../rules/recovery.ts'
import { RuleError, wholeNumber } from '../rules/rule-error.ts'
import type { CharacterState } from '../rules/state.ts'
import { changeTable, mustLead, ownCharacterIn, rollBetweenTurns, type OpenTable } from '../table/change-table.ts'
import { shownTo, type CharacterRow, type ShownCharacter } from './store.ts'

/** Bounds of what may be set. */
const MOST = { physical: 99, stun: 10, rounds: 1_000, nuyen: 1_000_000_000, karma: 100_000, gear: 200 } as const

type Given = Omit<ChangeGmStateInput, 'sessionId' | 'characterId'>

/** The rounds in weapons, of those that the character has. */
function readAmmo({ sheet, state }: CharacterRow, given: unknown): CharacterState['ammo'] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new RuleError('ammo', 'must be an object: rounds by the name of the weapon')
  const known = sheet.weapons.flatMap((weapon) => (weapon.kind === 'ranged' ? [weapon.name] : []))
  const rounds = readAll(
    Object.entries(given as object).map(([weapon, left]) => () => {
      if (!known.includes(weapon))
        throw new RuleError(
          `ammo.${weapon.slice(0, 60)}`,
          `is no such weapon; there are: ${known.join(', ') || 'none'}`,
        )
      return [weapon, wholeNumber(`ammo.${weapon}`, left, 0, MOST.rounds)] as const
    }),
  )
  return { ...state.ammo, ...Object.fromEntries(rounds) }
}

/** What is different after a change; left out stays as it is. @throws RuleError */
function read(one: CharacterRow, given: Given): Partial<CharacterState> {
  const number = (field: 'physical' | 'stun' | 'nuyen' | 'karma') =>
    given[field] == null ? {} : { [field]: wholeNumber(field, given[field], 0, MOST[field]) }
  const parts = readAll<Partial<CharacterState>>([
    ...(['physical', 'stun', 'nuyen', 'karma'] as const).map((field) => () => number(field)),
    () => (given.ammo == null ? {} : { ammo: readAmmo(one, given.ammo) }),
    () => (given.gear == null ? {} : { gear: list('gear', given.gear, MOST.gear, text) }),
  ])
  return Object.assign({}, ...parts) as Partial<CharacterState>
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** `physical 0 to 3, gear`: numbers with their values, and of other fields the name. */
const inWords = (before: CharacterState, change: Partial<CharacterState>): string =>
  Object.entries(change)
    .filter(([field, value]) => !isSame(before[field as keyof CharacterState], value))
    .map(([field, value]) =>
      typeof value === 'number' ? `${field} ${String(before[field as keyof CharacterState])} to ${value}` : field,
    )
    .join(', ')

async function store(table: OpenTable, before: CharacterRow, state: CharacterState, content: string) {
  // Who is unconscious sustains nothing.
  const isAble = conditionOf(before.sheet, state) === 'able'
  const after = { ...before, state: isAble ? state : { ...state, sustained: [] } }
  await table.change(content, { changed: [after] })
  table.noteOf(before, 'CHARACTER', { content, character: before.name })
  return shownTo(table.onlooker, after)
}

/** Sets parts of the state of a character that the viewer may act for. @throws BAD_USER_INPUT, FORBIDDEN */
export const changeState = (context: Context, { sessionId, characterId, ...given }: ChangeGmStateInput) =>
  changeTable(context, sessionId, async (table) => {
    const one = ownCharacterIn(table, characterId)
    const change = read(one, given)
    const words = inWords(one.state, change)
    if (!words) return shownTo(table.onlooker, one)
    return store(table, one, { ...one.state, ...change }, `${context.viewer.name} changed ${one.name}: ${words}.`)
  })

/**
 * Heals, rests or bleeds by the rules; rolls are stored as all others.
 * @throws BAD_USER_INPUT where there is nothing to heal, SESSION_BUSY, FORBIDDEN
 */
export const recover = (context: Context, { sessionId, characterId, how, minutes }: HealGmCharacterInput) =>
  changeTable(context, sessionId, async (table): Promise<{ character: ShownCharacter; summary: string }> => {
    const one = ownCharacterIn(table, characterId)
    if (how === 'BLEED') {
      mustLead(table)
      const state = bleed(one.sheet, one.state, minutes ?? 0)
      const summary = `${one.name} bleeds for ${minutes ?? 0} minutes: ${state.physical - one.state.physical} boxes.`
      return { character: await store(table, one, state, summary), summary }
    }
    const { result, revealed } = await rollBetweenTurns(table, ['recovery', one.name, how], (dice) => {
      const recovery = (how === 'HEAL' ? heal : restFromStun)(dice, one.sheet, one.state)
      return { result: recovery, rolls: [rolledFor(one, how, recovery)] }
    })
    const summary = summaryOf(one, how, result)
    const character = await store(table, one, result.state, summary)
    table.note('SYSTEM', { content: 'The dice of this test can be verified.', ...revealed })
    return { character, summary }
  })

const rolledFor = ({ name, isOpponent }: CharacterRow, how: GmHealing, { roll, targetNumber }: Recovery): Rolled => ({
  purpose: how === 'HEAL' ? `${name} heals` : `${name} rests`,
  roll,
  parts: targetNumber.parts,
  isHidden: isOpponent,
})

function summaryOf({ name, state: before }: CharacterRow, how: GmHealing, { state, time, unit }: Recovery): string {
  if (time === null) return `${name} ${how === 'HEAL' ? 'heals' : 'rests'}, and nothing heals.`
  return how === 'HEAL'
    ? `${name} heals from ${before.physical} to ${state.physical} boxes in ${time} ${unit}.`
    : `${name} rests: ${state.stun} boxes of stun are left after ${time} ${unit}.`
}
