// Ownership checks. Most of them do not run for admins; see enforce.ts.
import type { GraphQLError } from 'graphql'
import { isAtLeast, type Viewer } from '../auth/viewer.ts'
import type { Pool } from '../db/pool.ts'
import { fault } from '../errors.ts'

/** What @owner can be about. */
const KINDS = [
  'account',
  'character',
  'session',
  'watchRule',
  'mapMark',
  'viewLink',
  'assistantSession',
  'assistantTurn',
  'gmSession',
  'gmPlayer',
  'gmMaster',
] as const
export type OwnedKind = (typeof KINDS)[number]

export const isOwnedKind = (kind: string): kind is OwnedKind => (KINDS as readonly string[]).includes(kind)

/** Whether a token can own such a thing; everything else belongs to people. */
export const tokensOwn = (kind: OwnedKind): boolean => kind === 'watchRule' || kind === 'mapMark'

/** Whether operators may change such a thing of others, as admins may. */
export const isForOperators = (kind: OwnedKind): boolean => kind === 'mapMark'

/** Whether such a thing is for its owner and not for admins either. */
export const isForOwnerAlone = (kind: OwnedKind): boolean =>
  kind === 'assistantSession' || kind === 'assistantTurn' || isOfGame(kind)

const isOfGame = (kind: OwnedKind): kind is 'gmSession' | 'gmPlayer' | 'gmMaster' => kind.startsWith('gm')

/** Whether somebody else's is answered as if there were none: that there is one is private too. */
export const isHiddenFromOthers = (kind: OwnedKind): boolean =>
  kind === 'session' || kind === 'viewLink' || isForOwnerAlone(kind)

type Reads = Pick<Pool, 'query'>

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The refusal of a viewer that does not own what `value` names; null for the owner. */
export function refusalOf(
  kind: OwnedKind,
  viewer: Viewer,
  value: unknown,
  pool: Reads,
): Promise<GraphQLError | null> | GraphQLError | null {
  switch (kind) {
    case 'account':
      return refusalOfAccount(viewer, value)
    case 'character':
      return refusalOfCharacter(viewer, value as string, pool)
    case 'session':
      return refusalOfSession(viewer, value as string, pool)
    case 'watchRule':
      return refusalOfWatchRule(viewer, value as string, pool)
    case 'mapMark':
      return refusalOfMark(viewer, value as string, pool)
    case 'viewLink':
      return refusalOfLink(viewer, value as string, pool)
    case 'assistantSession':
      return refusalOfAssistant('assistant_sessions', 'There is no such session.', viewer, value as string, pool)
    case 'assistantTurn':
      return refusalOfAssistant('assistant_turns', 'There is no such question.', viewer, value as string, pool)
    case 'gmSession':
    case 'gmPlayer':
    case 'gmMaster':
      return refusalOfGame(kind, viewer, value as string, pool)
  }
}

/** Without a value the viewer's own account is meant, which tokens do not have. */
function refusalOfAccount(viewer: Viewer, value: unknown): GraphQLError | null {
  if (value == null) return viewer.kind === 'user' ? null : fault('FORBIDDEN', 'A token has no sessions.')
  return viewer.kind === 'user' && viewer.id === value ? null : fault('FORBIDDEN', 'Only admins may do this.')
}

async function refusalOfCharacter(viewer: Viewer, name: string, pool: Reads): Promise<GraphQLError | null> {
  if (viewer.kind === 'user' && !name.includes('\0')) {
    const { rows } = await pool.query<{ owner: string | null }>(
      'select owner_id::text as owner from character_settings where name = $1',
      [name],
    )
    if (rows[0]?.owner === viewer.id) return null
  }
  return fault('FORBIDDEN', 'Only a character’s owner, or an admin, may do this.')
}

/** Sessions of others are not revealed: for other viewers there is none with this id. */
async function refusalOfSession(viewer: Viewer, id: string, pool: Reads): Promise<GraphQLError | null> {
  if (viewer.kind === 'user' && UUID.test(id)) {
    const { rows } = await pool.query('select from user_sessions where id = $1 and user_id::text = $2', [id, viewer.id])
    if (rows.length) return null
  }
  return fault('NOT_FOUND', 'There is no such session.')
}

/** Links of others are not revealed. */
async function refusalOfLink(viewer: Viewer, id: string, pool: Reads): Promise<GraphQLError | null> {
  if (viewer.kind === 'user' && UUID.test(id)) {
    const { rows } = await pool.query('select from view_links where id = $1 and user_id::text = $2', [id, viewer.id])
    if (rows.length) return null
  }
  return fault('NOT_FOUND', 'There is no such link.')
}

function refusalOfAssistant(
  table: 'assistant_sessions' | 'assistant_turns',
  refusal: string,
  viewer: Viewer,
  id: string,
  pool: Reads,
): Promise<GraphQLError | null> | GraphQLError {
  if (viewer.kind !== 'user' || !UUID.test(id)) return fault('NOT_FOUND', refusal)
  return pool
    .query(`select from ${table} where id = $1 and user_id::text = $2`, [id, viewer.id])
    .then(({ rows }) => (rows.length ? null : fault('NOT_FOUND', refusal)))
}

/** A game session belongs to its members, by what they are in it. For others there is none with this id. */
function refusalOfGame(
  kind: 'gmSession' | 'gmPlayer' | 'gmMaster',
  viewer: Viewer,
  id: string,
  pool: Reads,
): Promise<GraphQLError | null> | GraphQLError {
  if (viewer.kind !== 'user' || !UUID.test(id)) return fault('NOT_FOUND', NO_GAME)
  return pool
    .query<{ role: string }>('select role from gm_members where session_id = $1 and user_id::text = $2', [
      id,
      viewer.id,
    ])
    .then(({ rows }) => refusalOfRole(kind, rows[0]?.role))
}

const NO_GAME = 'There is no such session.'

function refusalOfRole(kind: 'gmSession' | 'gmPlayer' | 'gmMaster', role: string | undefined): GraphQLError | null {
  if (role === undefined) return fault('NOT_FOUND', NO_GAME)
  if (kind === 'gmSession' || role === 'GM' || (kind === 'gmPlayer' && role === 'PLAYER')) return null
  return fault('FORBIDDEN', kind === 'gmMaster' ? 'Only the game master may do this.' : 'Spectators only watch.')
}

/** Tokens create rules too, so the kind of viewer is part of a rule's owner. */
async function refusalOfWatchRule(viewer: Viewer, id: string, pool: Reads): Promise<GraphQLError | null> {
  if (!UUID.test(id)) return fault('NOT_FOUND', 'There is no such rule.')
  const { rows } = await pool.query<{ mine: boolean }>(
    'select (owner_kind = $1 and owner_id = $2) as mine from watch_rules where id = $3',
    [viewer.kind, viewer.id, id],
  )
  if (!rows[0]) return fault('NOT_FOUND', 'There is no such rule.')
  return rows[0].mine ? null : fault('FORBIDDEN', 'Only who made a rule, or an admin, may change it.')
}

const NO_MARK = 'There is no such mark.'

/** Operators look after the marks that they see. Of what somebody does not see, nothing is revealed. */
async function refusalOfMark(viewer: Viewer, id: string, pool: Reads): Promise<GraphQLError | null> {
  if (!UUID.test(id)) return fault('NOT_FOUND', NO_MARK)
  const { rows } = await pool.query<{ mine: boolean; audience: string }>(
    'select (owner_kind = $1 and owner_id = $2) as mine, audience from map_marks where id = $3',
    [viewer.kind, viewer.id, id],
  )
  if (rows[0]?.mine) return null
  const mayChange = isAtLeast(viewer, 'operator')
  if (!rows[0] || rows[0].audience === 'ONLY_ME' || (rows[0].audience === 'OPERATORS' && !mayChange))
    return fault('NOT_FOUND', NO_MARK)
  return mayChange ? null : fault('FORBIDDEN', 'Only who made a mark, or an operator, may change it.')
}
