// Who may act while the turn order of a fight runs. Resistance, dodging and free actions need no turn: attacks include
// the defence of their target, and roll_dice and drop_spell are never refused for the order.
import { z } from 'zod'
import type { CharacterRow } from '../character/store.ts'
import type { ActionKind } from '../../../shared/world/tabletop/actions.ts'
import { useAction } from '../rules/actions.ts'
import { actAfterDelay } from '../rules/initiative-order.ts'
import type { InitiativeTracker } from '../rules/initiative.ts'
import { RuleError } from '../rules/rule-error.ts'
import type { Table } from './tool.ts'

/** The argument by which the game master passes over the order. */
export const outOfTurn = z
  .boolean()
  .optional()
  .describe('The game master lets somebody act in a fight who does not act now')

/**
 * Checks that a character acts now and has enough of its action left, where a fight is under way. Who waits with an
 * action takes it.
 * @param kind what it does: that is used up
 * @returns the turn order if that changes it
 * @throws RuleError that names who acts or what is left, and how the game master lets others act
 */
export function orderWith(
  { initiative, onlooker }: Table,
  { name }: CharacterRow,
  kind: ActionKind,
  isOutOfTurn: boolean | undefined,
): InitiativeTracker | undefined {
  const leads = onlooker.role === 'GM'
  if (isOutOfTurn && !leads) throw new RuleError('out_of_turn', 'only the game master lets somebody act out of turn')
  if (!initiative || isOutOfTurn) return undefined
  if (initiative.acting.includes(name)) return useAction(initiative, name, kind)
  const { acting, combatants } = initiative
  const own = combatants.find((one) => one.name === name)
  if (own?.isDelayed) return useAction(actAfterDelay(initiative, name), name, kind)
  // Before the first action the game master may still arrange things.
  if (leads && !acting.length) return undefined
  const now = acting.length
    ? `${acting.join(' and ')} ${acting.length > 1 ? 'act' : 'acts'} now`
    : 'nobody acts yet: /next begins the first action'
  const why = own ? 'it is not its turn' : 'it is not in this fight'
  const way = 'The game master can let it act with "out of turn" (out_of_turn: true)'
  throw new RuleError('turn order', `${name} cannot act: ${why}. ${now}. ${way}`)
}
