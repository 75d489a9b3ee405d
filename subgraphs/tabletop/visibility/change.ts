// The game master's own visibility table: published tables differ, so each session may have another one.
import { visibilities, type Visibility, type VisibilityRow } from '../../../shared/world/tabletop/visibility.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { SaveGmVisibilityInput } from '../generated/resolvers.ts'
import { wholeNumber } from '../rules/rule-error.ts'
import { changeTable, mustLead, type OpenTable } from '../table/change-table.ts'
import { conditionNamed, certaintyNamed } from './names.ts'
import { replacedRows, type ReplacedRows } from './store.ts'

const MOST = 20
const LONGEST_SOURCE = 80

/** @throws BAD_USER_INPUT for numbers outside 0 to 20, or a source that is no text of 1 to 80 characters */
function rowOf(input: SaveGmVisibilityInput): VisibilityRow {
  const source = (input.source ?? 'game master').trim()
  if (!source || source.length > LONGEST_SOURCE || /\p{Cc}/u.test(source) || !source.isWellFormed())
    throw fault('BAD_USER_INPUT', `A source has 1 to ${LONGEST_SOURCE} characters.`)
  const { normal, lowLightCyber, lowLight, thermographicCyber, thermographic } = input
  const modifiers = {
    normal,
    'low-light-cyber': lowLightCyber,
    'low-light': lowLight,
    'thermographic-cyber': thermographicCyber,
    thermographic,
  }
  for (const [vision, value] of Object.entries(modifiers)) wholeNumber(vision, value, 0, MOST)
  return { modifiers, source, certainty: certaintyNamed(input.certainty ?? 'UNCONFIRMED') }
}

async function store(table: OpenTable, by: string, after: ReplacedRows | null, what: string): Promise<void> {
  const before = await replacedRows(table.client, table.sessionId)
  const content = `${by} ${what} the visibility table.`
  await table.change(content, { visibility: { before, after } })
  // Everybody is asked to play by it, so everybody knows that it changed; the figures are in the rolls that use them.
  table.note('SYSTEM', { content })
}

/** Replaces a row; gives all that are replaced then. @throws BAD_USER_INPUT */
export const saveVisibility = (context: Context, input: SaveGmVisibilityInput): Promise<ReplacedRows> =>
  changeTable(context, input.sessionId, async (table) => {
    mustLead(table)
    const condition = conditionNamed(input.condition)
    const before = await replacedRows(table.client, table.sessionId)
    const after = { ...before, [condition]: rowOf(input) }
    await store(table, context.viewer.name, after, `changed ${wordsOf(condition)} in`)
    return after
  })

/** Puts one row, or all, back to those of the rules; gives all that are replaced then. */
export const resetVisibility = (
  context: Context,
  sessionId: string,
  condition: Visibility | null,
): Promise<ReplacedRows | null> =>
  changeTable(context, sessionId, async (table) => {
    mustLead(table)
    const before = await replacedRows(table.client, sessionId)
    const rows = visibilities.filter((one) => before?.[one] && one !== condition && condition !== null)
    // What is as in the rules already stays so, and nothing happened.
    if (!before || rows.length === Object.keys(before).length) return before
    const after = rows.length ? Object.fromEntries(rows.map((one) => [one, before[one]])) : null
    await store(table, context.viewer.name, after, condition === null ? 'reset' : `reset ${wordsOf(condition)} in`)
    return after
  })

const wordsOf = (condition: Visibility): string => condition.replace('-', ' ')
