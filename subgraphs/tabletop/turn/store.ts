// Turns as they are stored, and the dice of each.
import { randomBytes } from 'node:crypto'
import type { Client } from '../../../shared/db/pool.ts'
import type { DiceSource } from '../rules/dice-source.ts'
import { commitmentOf, diceSource } from '../rules/dice-source.ts'
import type { Reads } from '../session/store.ts'

export interface TurnRow {
  id: string
  sessionId: string
  userId: string
  by: string
  characterId: string | null
  character: string | null
  message: string
  traceId: string
  startedAt: string
  endedAt: string | null
  /** How many reports of it are stored. */
  lastReport: number
}

const TURN = `t.id, t.session_id as "sessionId", t.user_id as "userId", u.username as by,
  t.character_id as "characterId", c.name as character, t.message, t.trace as "traceId",
  t.started_at as "startedAt", t.ended_at as "endedAt", t.last_report as "lastReport"
  from gm_turns t join users u on u.id = t.user_id left join gm_characters c on c.id = t.character_id`

/** A turn; null without one of this id. */
export async function findTurn(pool: Reads, id: string): Promise<TurnRow | null> {
  const { rows } = await pool.query<TurnRow>(`select ${TURN} where t.id = $1`, [id])
  return rows[0] ?? null
}

/** The turn under way in a session; null between turns. */
export async function turnUnderWay(pool: Reads, sessionId: string): Promise<TurnRow | null> {
  const { rows } = await pool.query<TurnRow>(`select ${TURN} where t.session_id = $1 and t.ended_at is null`, [
    sessionId,
  ])
  return rows[0] ?? null
}

/** How many turns a session had. */
export async function countTurns(pool: Reads, sessionId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*) from gm_turns where session_id = $1', [
    sessionId,
  ])
  return rows[0]!.count
}

const SECRET_BYTES = 32

/** A secret for the dice of a turn. */
export const newSecret = (): string => randomBytes(SECRET_BYTES).toString('hex')

/** The next turn of a session: its id, secret, and the commitment to both. */
export async function nextTurnOf(client: Client, sessionId: string) {
  const { rows } = await client.query<{ id: string; secret: string }>(
    'select next_turn_id as id, next_secret as secret from gm_sessions where id = $1',
    [sessionId],
  )
  const { id, secret } = rows[0]!
  return { id, secret, commitment: commitmentOf(id, secret) }
}

/** Replaces the next turn of a session by a new one, and gives the commitment of its dice, to be published. */
export async function drawNextTurn(client: Client, sessionId: string): Promise<string> {
  const secret = newSecret()
  const { rows } = await client.query<{ id: string }>(
    `update gm_sessions set next_turn_id = gen_random_uuid(), next_secret = $2 where id = $1
     returning next_turn_id as id`,
    [sessionId, secret],
  )
  return commitmentOf(rows[0]!.id, secret)
}

/** The secret of a turn's dice. */
export async function secretOf(client: Client, turnId: string): Promise<string> {
  const { rows } = await client.query<{ secret: string }>('select secret from gm_turns where id = $1', [turnId])
  return rows[0]!.secret
}

/** Runs something with the dice of a turn, and stores how many of them are used up. */
export async function withDice<T>(client: Client, turnId: string, roll: (dice: DiceSource) => T): Promise<T> {
  const { rows } = await client.query<{ secret: string; salt: string; nextRoll: number }>(
    'select secret, salt, next_roll as "nextRoll" from gm_turns where id = $1',
    [turnId],
  )
  const dice = diceSource({ epochId: turnId, ...rows[0]! })
  const result = roll(dice)
  await client.query('update gm_turns set next_roll = $2 where id = $1', [turnId, dice.epoch().nextRoll])
  return result
}
