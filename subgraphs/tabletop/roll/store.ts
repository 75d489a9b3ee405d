// Rolls as they are stored, each with what it was for.
import type { Client } from '../../../shared/db/pool.ts'
import type { Part } from '../rules/breakdown.ts'
import type { Roll } from '../rules/roll.ts'
import type { Reads } from '../session/store.ts'

/** A roll with its purpose and the parts of its target number. */
export interface Rolled {
  purpose: string
  roll: Roll
  parts: Part[]
  /** Its parts are of a sheet that is not for every member: the game master alone sees them. */
  isHidden?: boolean
  /** The character that made a test, which it may roll again; left out for what is no test of its own. */
  characterId?: string
  /** The test that it repeats the failed dice of. */
  rerollOf?: string
}

export interface RollRow extends Rolled {
  id: string
  /** Null until the turn has ended. */
  secret: string | null
  at: string
}

/** Where rolls belong: to a turn, or to none, and then they have a secret of their own. */
export interface RolledIn {
  sessionId: string
  turnId: string | null
  secret: string | null
  /** Who may see them; null for every member. */
  visibleTo: readonly string[] | null
}

/** A roll as it is announced to every member. */
export const shownRoll = ({ isHidden, ...rolled }: Rolled): Record<string, unknown> => ({
  ...rolled,
  ...(isHidden && { parts: [] }),
})

/** The parts of a roll `r` as the member $2 may see them. */
export const SHOWN_PARTS = `case when r.is_hidden and not exists (
    select from gm_members m where m.session_id = r.session_id and m.user_id = $2 and m.role = 'GM')
  then '[]' else r.parts end as parts`

/** Stores rolls. */
export async function storeRolls(
  client: Client,
  { sessionId, turnId, secret, visibleTo }: RolledIn,
  rolls: readonly Rolled[],
): Promise<void> {
  for (const { purpose, roll, parts, isHidden = false, characterId = null, rerollOf = null } of rolls)
    await client.query(
      `insert into gm_rolls (id, session_id, turn_id, purpose, roll, parts, visible_to, secret, character_id,
         reroll_of, is_hidden)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[roll.rollId, sessionId, turnId, purpose, JSON.stringify(roll), JSON.stringify(parts), visibleTo, secret],
        ...[characterId, rerollOf, isHidden],
      ],
    )
}

/** A roll of a session; null without one that this member may see. */
export async function findRoll(pool: Reads, sessionId: string, userId: string, id: string): Promise<RollRow | null> {
  const { rows } = await pool.query<RollRow>(
    `select r.id, r.purpose, r.roll, ${SHOWN_PARTS}, r.at,
       coalesce(r.secret, case when t.ended_at is not null then t.secret end) as secret
     from gm_rolls r left join gm_turns t on t.id = r.turn_id
     where r.session_id = $1 and r.id = $3 and (r.visible_to is null or $2 = any(r.visible_to))`,
    [sessionId, userId, id],
  )
  return rows[0] ?? null
}
