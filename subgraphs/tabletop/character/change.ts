// Adding, removing and taking characters of a game session.
import { randomUUID } from 'node:crypto'
import type { Client } from '../../../shared/db/pool.ts'
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
 * Adds a sample character. A player who plays none gets it; opponents are for the game master to add.
 * @throws NOT_FOUND with the names there are, BAD_USER_INPUT for one that is there already, FORBIDDEN
 */
export async function addCharacter(context: Context, sessionId: string, name: string): Promise<ShownCharacter> {
  const sample = named(
    samples.map(({ sheet, isOpponent }) => ({ name: sheet.name, streetName: sheet.streetName, sheet, isOpponent })),
    name,
  )
  if (!sample) {
    const known = samples.map(({ sheet }) => sheet.streetName ?? sheet.name)
    throw fault('NOT_FOUND', `There is no sample character of this name. There are: ${known.join(', ')}.`, {
      names: nearestNames(name, known),
    })
  }
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
