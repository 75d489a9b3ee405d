// Adding, removing and taking characters of a game session.
import { randomUUID } from 'node:crypto'
import type { Client, Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { nearestNames } from '../../../shared/world/nearest-names.ts'
import { mustBeUuid, type Context } from '../context.ts'
import { removeCombatant } from '../rules/initiative.ts'
import { freshState } from '../rules/state.ts'
import { roleIn } from '../session/store.ts'
import { writeSession, type SessionWriter } from '../session/write-session.ts'
import { initiativeIn, storeTable } from '../table/store-change.ts'
import { samples, type Sample } from './samples.ts'
import { listCharacters, mayActFor, named, shownTo, type Onlooker, type ShownCharacter } from './store.ts'

/** Characters of one session. */
export const MAX_CHARACTERS = 50
/** Sheets of one person that are looked through for a name. */
const MAX_OWN_SHEETS = 500

/** Stores a character in a session that is being changed. */
export async function storeCharacter(
  client: Client,
  sessionId: string,
  { sheet, isOpponent }: Sample,
  playerId: string | null,
): Promise<void> {
  await client.query(
    `insert into gm_characters (session_id, name, street_name, player_id, is_opponent, sheet, state, added_at)
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`,
    [
      sessionId,
      sheet.name,
      sheet.streetName,
      playerId,
      isOpponent,
      JSON.stringify(sheet),
      JSON.stringify(freshState(sheet)),
    ],
  )
}

const notice = (session: SessionWriter, content: string) =>
  session.add({ turnId: null, kind: 'SYSTEM', payload: { content }, traceId: randomUUID() })

async function onlookerIn({ client, sessionId }: SessionWriter, userId: string): Promise<Onlooker> {
  const role = await roleIn(client, sessionId, userId)
  if (!role) throw fault('NOT_FOUND', 'There is no such session.')
  return { userId, role }
}

/**
 * A sheet by name or street name: the newest of the characters that somebody plays, or leads without a player, in
 * other sessions, then of the samples. A character comes with its sheet alone, rested and unhurt.
 * @throws NOT_FOUND with the names there are
 */
async function sheetNamed(pool: Pool, userId: string, name: string): Promise<Sample> {
  const own = await ownSheets(pool, userId)
  const found = named([...own, ...samples].map(nameable), name)
  if (found) return found
  const known = [...new Set([...own, ...samples].map(({ sheet }) => sheet.streetName ?? sheet.name))]
  throw fault('NOT_FOUND', `There is no sample and no sheet of yours with this name. There are: ${known.join(', ')}.`, {
    names: nearestNames(name, known),
  })
}

const nameable = ({ sheet, isOpponent }: Sample) => ({
  ...{ name: sheet.name, streetName: sheet.streetName },
  ...{ sheet, isOpponent },
})

/** Sheets of characters that are somebody's own: those they play, and those without a player where they lead. */
async function ownSheets(pool: Pool, userId: string): Promise<Sample[]> {
  const { rows } = await pool.query<Sample>(
    `select c.sheet, c.is_opponent as "isOpponent" from gm_members m
     join gm_sessions s on s.id = m.session_id join gm_characters c on c.session_id = s.id
     where m.user_id = $1 and (c.player_id = $1 or (m.role = 'GM' and c.player_id is null))
     order by c.player_id is null, s.used_at desc limit $2`,
    [userId, MAX_OWN_SHEETS],
  )
  return rows
}

/**
 * Adds a sample character, or one of the viewer's own from another session. A player who plays none gets it;
 * opponents are for the game master to add.
 * @throws NOT_FOUND with the names there are, BAD_USER_INPUT for one that is there already, FORBIDDEN
 */
export async function addCharacter(context: Context, sessionId: string, name: string): Promise<ShownCharacter> {
  const { sheet, isOpponent } = await sheetNamed(context.pool, context.viewer.id, name)
  const sample = nameable({ sheet, isOpponent })
  return writeSession(context, sessionId, async (session) => {
    const onlooker = await onlookerIn(session, context.viewer.id)
    if (sample.isOpponent && onlooker.role !== 'GM') throw fault('FORBIDDEN', 'Only the game master adds opponents.')
    const there = await listCharacters(session.client, sessionId)
    if (there.length >= MAX_CHARACTERS)
      throw fault('BAD_USER_INPUT', `A session has at most ${MAX_CHARACTERS} characters.`)
    if (named(there, sample.name)) throw fault('BAD_USER_INPUT', `${sample.name} is in this session already.`)
    const playsNone = !there.some(({ playerId }) => playerId === onlooker.userId)
    await storeCharacter(
      session.client,
      sessionId,
      sample,
      onlooker.role === 'PLAYER' && playsNone ? onlooker.userId : null,
    )
    notice(session, `${sample.name} was added.`)
    const rows = await listCharacters(session.client, sessionId)
    return { result: shownTo(onlooker, named(rows, sample.name)!) }
  })
}

/** Removes a character that the viewer may act for; gives its id. @throws NOT_FOUND, FORBIDDEN */
export async function removeCharacter(context: Context, sessionId: string, name: string): Promise<string> {
  return writeSession(context, sessionId, async (session) => {
    const onlooker = await onlookerIn(session, context.viewer.id)
    const found = named(await listCharacters(session.client, sessionId), name)
    if (!found) throw fault('NOT_FOUND', 'There is no such character in this session.')
    if (!mayActFor(onlooker, found)) throw fault('FORBIDDEN', 'This character is not yours.')
    const order = await initiativeIn(session.client, sessionId)
    if (order?.combatants.some((one) => one.name === found.name))
      await storeTable(session, { characters: [], initiative: removeCombatant(order, found.name) })
    await session.client.query('delete from gm_characters where id = $1', [found.id])
    notice(session, `${found.name} was removed.`)
    return { result: found.id }
  })
}

/** Takes a character that nobody plays. @throws NOT_FOUND, FORBIDDEN */
export async function takeCharacter(context: Context, sessionId: string, id: string): Promise<ShownCharacter> {
  mustBeUuid(id, 'There is no such character.')
  return writeSession(context, sessionId, async (session) => {
    const onlooker = await onlookerIn(session, context.viewer.id)
    const found = (await listCharacters(session.client, sessionId)).find((one) => one.id === id.toLowerCase())
    if (!found) throw fault('NOT_FOUND', 'There is no such character in this session.')
    if (found.isOpponent || (found.playerId !== null && found.playerId !== onlooker.userId))
      throw fault('FORBIDDEN', 'Somebody else plays this character.')
    await session.client.query('update gm_characters set player_id = $2 where id = $1', [id, onlooker.userId])
    notice(session, `${context.viewer.name} plays ${found.name}.`)
    return {
      result: shownTo(onlooker, { ...found, playerId: onlooker.userId, player: context.viewer.name }),
    }
  })
}
