// Undoing changes of a table by its journal. Dice are never undone.
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { CharacterRow } from '../character/store.ts'
import { removeCombatant, type InitiativeTracker } from '../rules/initiative.ts'
import { RuleError } from '../rules/rule-error.ts'
import { changeTable, mustLead, type OpenTable } from '../table/change-table.ts'
import { storeTable, type Journal } from '../table/store-change.ts'
import { turnUnderWay } from '../turn/store.ts'

interface ChangeRow {
  id: string
  turnId: string | null
  what: string
  before: Journal
}

/**
 * The newest changes that belong together, newest first: those of a turn, or one that somebody made. What somebody
 * changed during a turn divides it: undone out of their order, changes would put back what others had replaced.
 */
async function newestChanges({ client, sessionId }: OpenTable): Promise<ChangeRow[]> {
  const { rows } = await client.query<ChangeRow>(
    `with newest as (
       select id, turn_id from gm_changes where session_id = $1 and undone_at is null order by id desc limit 1)
     select c.id::text as id, c.turn_id as "turnId", c.what, c.before from gm_changes c, newest n
     where c.session_id = $1 and c.undone_at is null and (c.id = n.id or c.turn_id = n.turn_id)
       and c.id > coalesce((select max(o.id) from gm_changes o where o.session_id = $1 and o.undone_at is null
         and o.id <> n.id and o.turn_id is distinct from n.turn_id), 0)
     order by c.id desc`,
    [sessionId],
  )
  return rows
}

/**
 * Undoes the newest turn's changes, or the newest change between turns.
 * @returns what was undone, newest first
 * @throws BAD_USER_INPUT without a change, SESSION_BUSY while a turn is under way
 */
export const undoNewest = (context: Context, sessionId: string): Promise<string[]> =>
  changeTable(context, sessionId, async (table) => {
    mustLead(table)
    const { client } = table
    if (await turnUnderWay(client, sessionId))
      throw fault('SESSION_BUSY', 'A turn is under way in this session. Wait for its end.', { retryAfter: 1 })
    const changes = await newestChanges(table)
    if (!changes.length) throw new RuleError('undo', 'nothing was changed that could be undone')
    for (const { before } of changes) await restore(table, before)
    await client.query('update gm_changes set undone_at = now() where id = any($1)', [changes.map(({ id }) => id)])
    const said = changes.map((change) => shownWhat(table, change))
    const content = `${context.viewer.name} undid: ${said.join('; ')}. The dice stay.`
    table.note('UNDO', { content, undone: said, undoneTurnId: changes[0]!.turnId })
    return changes.map(({ what }) => what)
  })

/** What everybody reads of a change: what the game master did with an opponent is not for players. */
function shownWhat({ characters }: OpenTable, { turnId, what, before }: ChangeRow): string {
  const touched = before.characters.map(({ id }) => characters.find((one) => one.id === id))
  const isOfAll = turnId !== null || before.initiative !== undefined || before.visibility !== undefined
  const isPublic = isOfAll || touched.some((one) => one && !one.isOpponent)
  return isPublic ? what.replace(/\.$/, '') : 'a change of an opponent'
}

/** Characters and order as they were. Characters that are gone, or came since, stay so. */
async function restore(table: OpenTable, { characters, initiative, visibility }: Journal): Promise<void> {
  const there = (id: string) => table.characters.some((one) => one.id === id)
  const back = characters.filter(({ id }) => there(id))
  for (const { id, name } of back) mustBeFree(table.characters, id, name)
  const order = initiative && withoutGone(initiative, [...table.characters, ...back])
  await storeTable(table, {
    characters: back,
    ...(initiative !== undefined && { initiative: order ?? null }),
    ...(visibility !== undefined && { visibility }),
  })
}

function mustBeFree(characters: readonly CharacterRow[], id: string, name: string): void {
  if (characters.some((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase()))
    throw new RuleError('name', `${name} is another character by now: rename that first`)
}

const withoutGone = (order: InitiativeTracker, characters: readonly { name: string }[]): InitiativeTracker =>
  order.combatants
    .filter((one) => !characters.some(({ name }) => name === one.name))
    .reduce((rest, { name }) => removeCombatant(rest, name), order)
