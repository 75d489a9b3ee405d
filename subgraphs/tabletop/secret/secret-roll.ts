// Rolls that only the roller and the game master see. Each member has dice of their own for them.
import { createHash } from 'node:crypto'
import type { Client } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import type { Context } from '../context.ts'
import type { RollGmSecretlyInput } from '../generated/resolvers.ts'
import { findRoll, storeRolls, type RollRow } from '../roll/store.ts'
import { commitmentOf, diceSource } from '../rules/dice-source.ts'
import { limits } from '../rules/limits.ts'
import { rollOpen, rollTest } from '../rules/roll.ts'
import { wholeNumber } from '../rules/rule-error.ts'
import { listMembers, type Reads } from '../session/store.ts'
import { changeTable } from '../table/change-table.ts'
import { newSecret } from '../turn/store.ts'

const LONGEST_PURPOSE = 120

interface Dice {
  id: string
  secret: string
}

/** The dice of a member's next secret roll; null before their first. */
async function diceOf(client: Reads, sessionId: string, userId: string): Promise<Dice | null> {
  const { rows } = await client.query<{ id: string; secret: string | null }>(
    'select next_roll_id as id, next_secret as secret from gm_members where session_id = $1 and user_id = $2',
    [sessionId, userId],
  )
  const { id, secret } = rows[0] ?? { id: '', secret: null }
  return secret === null ? null : { id, secret }
}

async function drawDice(client: Reads, sessionId: string, userId: string): Promise<Dice> {
  const { rows } = await client.query<Dice>(
    `update gm_members set next_roll_id = gen_random_uuid(), next_secret = $3 where session_id = $1 and user_id = $2
     returning next_roll_id as id, next_secret as secret`,
    [sessionId, userId, newSecret()],
  )
  return rows[0]!
}

/** The commitment of a member's next secret roll. It is drawn when it is first asked for, and stays until the roll. */
export async function secretCommitment(pool: Reads, sessionId: string, userId: string): Promise<string> {
  const known = await diceOf(pool, sessionId, userId)
  if (known) return commitmentOf(known.id, known.secret)
  await pool.query(
    'update gm_members set next_secret = $3 where session_id = $1 and user_id = $2 and next_secret is null',
    [sessionId, userId, newSecret()],
  )
  const { id, secret } = (await diceOf(pool, sessionId, userId))!
  return commitmentOf(id, secret)
}

/** Rolls in secret. @throws BAD_USER_INPUT, also for dice beyond the limits of the rules */
export const rollSecretly = (context: Context, input: RollGmSecretlyInput): Promise<RollRow> =>
  changeTable(context, input.sessionId, async ({ client, sessionId, onlooker, note }) => {
    const { dice, targetNumber = null } = input
    const purpose = readPurpose(input.purpose ?? '')
    wholeNumber('dice', dice, 1, limits.dice)
    const { userId } = onlooker
    const { id, secret } = (await diceOf(client, sessionId, userId)) ?? (await drawDice(client, sessionId, userId))
    const salt = createHash('sha256')
      .update(JSON.stringify([purpose, dice, targetNumber]))
      .digest('hex')
    const seed = diceSource({ epochId: id, secret, salt, nextRoll: 1 }).next()
    const roll = targetNumber === null ? rollOpen(seed, dice) : rollTest(seed, dice, targetNumber)
    const visibleTo = await withLeaders(client, sessionId, userId)
    await storeRolls(client, { sessionId, turnId: null, secret, visibleTo }, [{ purpose, roll, parts: [] }])
    const next = await drawDice(client, sessionId, userId)
    const payload = { purpose, roll, parts: [], by: context.viewer.name, isSecret: true, secret }
    note('ROLL', { ...payload, nextCommitment: commitmentOf(next.id, next.secret) }, visibleTo)
    return (await findRoll(client, sessionId, userId, roll.rollId))!
  })

async function withLeaders(client: Client, sessionId: string, userId: string): Promise<string[]> {
  const leaders = (await listMembers(client, sessionId)).filter(({ role }) => role === 'GM')
  return [...new Set([userId, ...leaders.map((one) => one.userId)])]
}

function readPurpose(given: string): string {
  const purpose = given.trim()
  if (given.length > LONGEST_PURPOSE || /\p{Cc}/u.test(purpose) || !purpose.isWellFormed())
    throw fault('BAD_USER_INPUT', `A purpose has at most ${LONGEST_PURPOSE} characters.`)
  return purpose || 'secret roll'
}
