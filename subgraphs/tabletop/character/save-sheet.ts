// Sheets from outside: a new character, or a new version of the sheet of one.
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { GmSheetProblem, SaveGmSheetInput } from '../generated/resolvers.ts'
import { renameCombatant } from '../rules/initiative-order.ts'
import { problemsOf } from '../rules/read-value.ts'
import { readSheet } from '../rules/read-sheet.ts'
import { RuleError } from '../rules/rule-error.ts'
import type { Sheet } from '../rules/sheet.ts'
import { freshState, type CharacterState } from '../rules/state.ts'
import { changeTable, ownCharacterIn, type OpenTable } from '../table/change-table.ts'
import { MAX_CHARACTERS, storeCharacter } from './change.ts'
import { listCharacters, named, shownTo, type CharacterRow, type ShownCharacter } from './store.ts'

/** Characters of a sheet as JSON. */
const LONGEST_SHEET = 65_536

interface Saved {
  /** Null if the sheet was refused. */
  character: ShownCharacter | null
  problems: GmSheetProblem[]
}

const refused = (...problems: GmSheetProblem[]): Saved => ({ character: null, problems })

/** The sheet, or everything that is wrong with it. */
function read(value: unknown): Sheet | GmSheetProblem[] {
  if (JSON.stringify(value ?? null).length > LONGEST_SHEET)
    throw fault('BAD_USER_INPUT', `A sheet has at most ${LONGEST_SHEET} characters as JSON.`)
  try {
    return readSheet(value)
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return problemsOf(error).map(({ field, reason }) => ({ field, message: reason }))
  }
}

/**
 * Stores a sheet: of a character that the viewer may act for, or without an id as a new one.
 * @returns every problem of the sheet, if it has any; then nothing is stored
 * @throws FORBIDDEN for the character of somebody else, BAD_USER_INPUT for a full session
 */
export const saveSheet = (context: Context, input: SaveGmSheetInput): Promise<Saved> =>
  changeTable(context, input.sessionId, async (table) => {
    const before = input.characterId == null ? null : ownCharacterIn(table, input.characterId)
    const sheet = read(input.sheet)
    if (Array.isArray(sheet)) return refused(...sheet)
    const clash = table.characters.find((one) => one.id !== before?.id && isCalled(one, sheet.name))
    if (clash) return refused({ field: 'name', message: `${clash.name} is in this session already` })
    return before
      ? changeSheet(table, context.viewer.name, before, sheet)
      : addSheet(table, context.viewer.name, sheet, input.isOpponent ?? false)
  })

const isCalled = ({ name }: CharacterRow, other: string) => name.toLowerCase() === other.toLowerCase()

async function changeSheet(table: OpenTable, by: string, before: CharacterRow, sheet: Sheet): Promise<Saved> {
  const { name, streetName } = sheet
  const after = { ...before, name, streetName, sheet, state: withWeaponsOf(sheet, before.state) }
  const { initiative } = table
  const isFighting = initiative?.combatants.some((one) => one.name === before.name) ?? false
  const content = `${by} changed the sheet of ${name}.`
  await table.change(content, {
    changed: [after],
    ...(isFighting && name !== before.name && { initiative: renameCombatant(initiative!, before.name, name) }),
  })
  table.noteOf(after, 'CHARACTER', { content, character: name })
  return { character: shownTo(table.onlooker, after), problems: [] }
}

/** The state with rounds for the weapons of a sheet, and for no others. */
const withWeaponsOf = (sheet: Sheet, state: CharacterState): CharacterState => ({
  ...state,
  ammo: Object.fromEntries(
    Object.entries(freshState(sheet).ammo).map(([weapon, full]) => [weapon, state.ammo[weapon] ?? full]),
  ),
})

async function addSheet(table: OpenTable, by: string, sheet: Sheet, isOpponent: boolean): Promise<Saved> {
  const { client, sessionId, onlooker, characters } = table
  if (isOpponent && onlooker.role !== 'GM') throw fault('FORBIDDEN', 'Only the game master adds opponents.')
  if (characters.length >= MAX_CHARACTERS)
    throw fault('BAD_USER_INPUT', `A session has at most ${MAX_CHARACTERS} characters.`)
  await storeCharacter(client, sessionId, { sheet, isOpponent }, onlooker.role === 'PLAYER' ? onlooker.userId : null)
  const added = named(await listCharacters(client, sessionId), sheet.name)!
  table.note('CHARACTER', { content: `${by} added ${sheet.name}.`, character: sheet.name })
  return { character: shownTo(onlooker, added), problems: [] }
}
