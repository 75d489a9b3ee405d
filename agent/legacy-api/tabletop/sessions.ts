// The caller's game sessions, as the protocol names them: by an id of ours, or by a title of the caller's.
import { allPages, type Ask } from '../ask.ts'
import { GameFacadeCreateDocument } from './game-create.mutation.gen.ts'
import { GameFacadeSessionsDocument, type GameFacadeSessionsQuery } from './game-sessions.query.gen.ts'

const MAX_SESSIONS = 500

export type GameSession = GameFacadeSessionsQuery['gmSessions']['nodes'][number]

/** The sessions that the caller is in, last used first. */
export const sessionsOf = (ask: Ask): Promise<GameSession[]> =>
  allPages<GameSession>(MAX_SESSIONS, async (after) => (await ask(GameFacadeSessionsDocument, { after })).gmSessions)

/** Creates a session that the caller leads. */
export const createSession = async (ask: Ask, title: string) =>
  (await ask(GameFacadeCreateDocument, { input: { title, withSamples: false } })).createGmSession.session

/** Longest part of an address. */
const LONGEST_PART = 240

/**
 * What an address names a session by: its title, as its creator knows it, and its id where several of the
 * caller's have that title or no address can hold it.
 */
export function addressOf(known: readonly GameSession[], { id, title }: Pick<GameSession, 'id' | 'title'>): string {
  const isNamed = (one: GameSession) => one.title === title || one.id === title.toLowerCase()
  const isPart = encodeURIComponent(title).length <= LONGEST_PART && !/^\.{1,2}$/.test(title)
  return isPart && known.filter(isNamed).length === 1 ? title : id
}

/**
 * The session of a name: one that the caller is in, by its id or its title. Without one a new one of this title, which
 * the caller leads. Nobody gets into a session of others by naming it.
 */
export async function sessionNamed(ask: Ask, name: string): Promise<{ id: string }> {
  const known = await sessionsOf(ask)
  return (
    known.find(({ id }) => id === name.toLowerCase()) ??
    known.find(({ title }) => title === name) ??
    createSession(ask, name)
  )
}
