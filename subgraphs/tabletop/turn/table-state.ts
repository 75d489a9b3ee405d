import { listCharacters, type CharacterRow } from '../character/store.ts'
import { conditionOf } from '../rules/condition.ts'
import { poolsLeft } from '../rules/pools.ts'
import { shownOrder } from '../initiative/shown.ts'
import { playedIn } from '../table/store-change.ts'
import type { Reads } from '../session/store.ts'

/**
 * The table as it is now, for the narration: a model that reads it does not revive the dead. Everybody reads the
 * narration, so of opponents it has what everybody knows.
 * @param isLed whether the game master speaks in the turn: then also with what opponents can be made to act
 */
export async function tableState(pool: Reads, sessionId: string, isLed = false) {
  const { initiative, visibility: _, ...scene } = await playedIn(pool, sessionId)
  const characters = await listCharacters(pool, sessionId)
  return {
    ...scene,
    initiative: initiative && shownOrder(initiative, characters),
    characters: characters.map((one) => (one.isOpponent ? opponentState(one, isLed) : characterState(one))),
  }
}

/** One character as it is now. */
export const characterState = ({ name, streetName, isOpponent, sheet, state }: CharacterRow) => ({
  name,
  streetName,
  archetype: sheet.archetype,
  isOpponent,
  condition: conditionOf(sheet, state),
  physical: state.physical,
  stun: state.stun,
  ammo: state.ammo,
  poolsLeft: poolsLeft(sheet, state),
  sustained: state.sustained,
  weapons: sheet.weapons.map((weapon) => weapon.name),
  spells: sheet.spells,
})

/** An opponent without the figures of its sheet. */
export const opponentState = ({ name, streetName, sheet, state }: CharacterRow, isLed: boolean) => ({
  ...{ name, streetName, archetype: sheet.archetype, isOpponent: true },
  ...{ condition: conditionOf(sheet, state), physical: state.physical, stun: state.stun },
  ...(isLed && {
    weapons: sheet.weapons.map((weapon) => weapon.name),
    spells: sheet.spells.map((spell) => spell.name),
  }),
})
