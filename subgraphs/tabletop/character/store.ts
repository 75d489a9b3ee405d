// Characters of game sessions.
import type { GmCondition, GmRole } from '../generated/resolvers.ts'
import { conditionOf } from '../rules/condition.ts'
import type { Sheet } from '../rules/sheet.ts'
import { storedState, type CharacterState } from '../rules/state.ts'
import type { Reads } from '../session/store.ts'

export interface CharacterRow {
  id: string
  sessionId: string
  name: string
  streetName: string | null
  playerId: string | null
  player: string | null
  isOpponent: boolean
  sheet: Sheet
  state: CharacterState
}

/** A character as somebody sees it. */
export interface ShownCharacter extends Omit<CharacterRow, 'sheet' | 'state'> {
  isYours: boolean
  condition: GmCondition
  physical: number
  stun: number
  /** Null for an opponent, unless the viewer leads the session. */
  sheet: Sheet | null
  state: CharacterState | null
}

/** Who looks at a session. */
export interface Onlooker {
  userId: string
  role: GmRole
}

const CHARACTER = `c.id, c.session_id as "sessionId", c.name, c.street_name as "streetName", c.player_id as "playerId",
  u.username as player, c.is_opponent as "isOpponent", c.sheet, c.state
  from gm_characters c left join users u on u.id = c.player_id`

/** The characters of a session, by when they were added. */
export async function listCharacters(pool: Reads, sessionId: string): Promise<CharacterRow[]> {
  const { rows } = await pool.query<CharacterRow>(
    `select ${CHARACTER} where c.session_id = $1 order by c.added_at, c.name`,
    [sessionId],
  )
  return rows.map((row) => ({ ...row, state: storedState(row.state) }))
}

/** Whether somebody may act for a character. */
export const mayActFor = ({ userId, role }: Onlooker, { playerId }: Pick<CharacterRow, 'playerId'>): boolean =>
  role === 'GM' || (role === 'PLAYER' && playerId === userId)

/** A character as somebody sees it. */
export function shownTo(onlooker: Onlooker, { sheet, state, ...row }: CharacterRow): ShownCharacter {
  const isShown = !row.isOpponent || onlooker.role === 'GM'
  return {
    ...row,
    isYours: mayActFor(onlooker, row),
    condition: conditionOf(sheet, state).toUpperCase() as GmCondition,
    physical: state.physical,
    stun: state.stun,
    sheet: isShown ? sheet : null,
    state: isShown ? state : null,
  }
}

/** The one that is called so: by its name or its street name, in any case. */
export function named<C extends { name: string; streetName: string | null }>(
  characters: readonly C[],
  name: string,
): C | undefined {
  const wanted = name.trim().toLowerCase()
  return (
    characters.find((one) => one.name.toLowerCase() === wanted) ??
    characters.find((one) => one.streetName?.toLowerCase() === wanted)
  )
}
