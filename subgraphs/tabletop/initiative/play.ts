// The turn order of a fight as the game master and players change it.
import { fault } from '../../../shared/errors.ts'
import { mayActFor, type CharacterRow } from '../character/store.ts'
import type { Context } from '../context.ts'
import type { GmInitiativeChange } from '../generated/resolvers.ts'
import { actAfterDelay, advance, delay, repeatTurn, rerollTurn } from '../rules/initiative-order.ts'
import { addCombatant, beginTurn, nextPhase, removeCombatant, type InitiativeTracker } from '../rules/initiative.ts'
import { beginEncounter, refreshPools } from '../rules/pools.ts'
import { RuleError } from '../rules/rule-error.ts'
import { conditionOf } from '../rules/condition.ts'
import {
  changeTable,
  characterIn,
  mustLead,
  ownCharacterIn,
  rollBetweenTurns,
  type OpenTable,
  type Revealed,
} from '../table/change-table.ts'
import { initiativeRolls } from './rolls.ts'
import { shownOrder, type ShownOrder } from './shown.ts'

/** What happened to the order, as its event says. */
type Step = 'BEGUN' | 'ACTS' | 'NEW_TURN' | 'DELAYED' | 'ADDED' | 'REMOVED' | 'ENDED'

interface Played {
  step: Step
  /** In words, for the log. */
  content: string
  order: InitiativeTracker | null
  changed?: CharacterRow[]
  revealed?: Revealed
}

/** Stores what was played with its event. */
async function store(table: OpenTable, played: Played): Promise<ShownOrder | null> {
  const { step, content, order, changed, revealed } = played
  await table.change(content, { changed, initiative: order })
  const acting = order?.acting ?? []
  table.note('INITIATIVE', { change: step, content, acting, initiative: order, ...revealed })
  return order && shownOrder(order, table.characters)
}

const fightIn = ({ initiative }: OpenTable): InitiativeTracker => {
  if (!initiative) throw new RuleError('initiative', 'there is no fight in this session: begin one')
  return initiative
}

/**
 * The next actors begin their action, and their pools refresh. A new turn begins if nobody has an action left.
 * @param rerolls whether all roll again for a new turn
 */
export const advanceInitiative = (context: Context, sessionId: string, rerolls: boolean) =>
  changeTable(context, sessionId, async (table) => {
    const before = fightIn(table)
    const acts = table.characters.filter(({ name }) => before.acting.includes(name))
    if (table.onlooker.role !== 'GM' && !acts.some((one) => mayActFor(table.onlooker, one)))
      throw fault('FORBIDDEN', 'Only the game master, or who acts now, ends an action.')
    const turns = nextPhase(before) === null && rerolls ? await reroll(table, before) : null
    const { tracker, isNewTurn } = advance(before, () => turns?.result ?? repeatTurn(before))
    return store(table, {
      step: isNewTurn ? 'NEW_TURN' : 'ACTS',
      content: `${isNewTurn ? `Turn ${tracker.turn} of the fight. ` : ''}${sayActing(tracker)}`,
      order: tracker,
      changed: table.characters
        .filter(({ name }) => tracker.acting.includes(name))
        .map((one) => ({ ...one, state: refreshPools(one.state) })),
      ...(turns && { revealed: turns.revealed }),
    })
  })

const reroll = (table: OpenTable, before: InitiativeTracker) =>
  rollBetweenTurns(table, ['initiative', before.turn + 1], (dice) => {
    const result = rerollTurn(dice, before, table.characters)
    return { result, rolls: initiativeRolls(result) }
  })

const sayActing = ({ acting, phase, combatants }: InitiativeTracker): string => {
  const action = combatants.find(({ name }) => name === acting[0])?.passesTaken ?? 1
  return `${acting.join(' and ')} ${acting.length > 1 ? 'act' : 'acts'} in phase ${phase}, action ${action}.`
}

/** Changes the order in one of the ways of `GmInitiativeChange`. */
export const changeInitiative = (
  context: Context,
  sessionId: string,
  change: GmInitiativeChange,
  characterId: string | null,
) =>
  changeTable(context, sessionId, async (table) => {
    if (change === 'DELAY' || change === 'ACT') return wait(table, change, ownCharacterIn(table, idOf(characterId)))
    mustLead(table)
    if (change === 'BEGIN') return begin(table)
    if (change === 'END') {
      fightIn(table)
      return store(table, { step: 'ENDED', content: 'The fight is over.', order: null })
    }
    const one = characterIn(table, idOf(characterId))
    if (change === 'ADD') return add(table, one)
    const order = removeCombatant(fightIn(table), one.name)
    return store(table, { step: 'REMOVED', content: `${one.name} left the fight.`, order })
  })

function idOf(characterId: string | null): string {
  if (characterId === null) throw fault('BAD_USER_INPUT', 'This change needs `characterId`.')
  return characterId
}

function wait(table: OpenTable, change: 'DELAY' | 'ACT', { name }: CharacterRow) {
  const before = fightIn(table)
  return change === 'DELAY'
    ? store(table, { step: 'DELAYED', content: `${name} waits.`, order: delay(before, name) })
    : store(table, { step: 'ACTS', content: `${name} acts after waiting.`, order: actAfterDelay(before, name) })
}

async function begin(table: OpenTable): Promise<ShownOrder | null> {
  if (table.initiative) throw new RuleError('initiative', 'a fight is under way: end it first')
  const able = table.characters.filter(({ sheet, state }) => conditionOf(sheet, state) === 'able')
  if (!able.length) throw new RuleError('initiative', 'nobody in this session can act')
  const { result, revealed } = await rollBetweenTurns(table, ['initiative', 1], (dice) => {
    const tracker = beginTurn(dice, able)
    return { result: tracker, rolls: initiativeRolls(tracker) }
  })
  const changed = able.map((one) => ({ ...one, state: beginEncounter(one.state) }))
  return store(table, { step: 'BEGUN', content: 'A fight begins.', order: result, changed, revealed })
}

async function add(table: OpenTable, one: CharacterRow): Promise<ShownOrder | null> {
  const before = fightIn(table)
  const { result, revealed } = await rollBetweenTurns(table, ['initiative', before.turn, one.name], (dice) => {
    const tracker = addCombatant(dice, before, one)
    return { result: tracker, rolls: initiativeRolls({ combatants: tracker.combatants.slice(-1) }) }
  })
  return store(table, { step: 'ADDED', content: `${one.name} joined the fight.`, order: result, revealed })
}
