// How the assistant's process acts for the person who asked: a credential signed with the key of Overlord that names
// the person's session and the turn. The gateway takes it as a bearer token, for reads, while both last.
import { z } from 'zod'
import { readSignedJson, signJson } from './signed-json.ts'

const PREFIX = 'ovl_act_'
/** The longest that such a credential lasts, in milliseconds; no turn takes longer. */
export const MAX_ACT_MS = 5 * 60_000

/** For whom, and for what. */
export interface Act {
  /** The person's id. */
  user: string
  /** The session the person asked with, by its id. */
  signIn: string
  /** The turn of the assistant it is good for. */
  turn: string
  /** What it was issued for. */
  purpose: 'assistant'
}

const shape = z.strictObject({
  user: z.uuid(),
  signIn: z.uuid(),
  turn: z.uuid(),
  purpose: z.literal('assistant'),
  until: z.number(),
})

/** Whether a bearer token is such a credential, good or not. */
export const isAct = (secret: string): boolean => secret.startsWith(PREFIX)

/**
 * A credential for one turn.
 * @param now milliseconds
 */
export const issueAct = (key: string, act: Act, now: number): string =>
  PREFIX + signJson(key, 'act', { ...act, until: now + MAX_ACT_MS })

/**
 * What a credential says; null when it is forged, damaged or over. Whether the session and the turn still last is for
 * the database to say.
 * @param now milliseconds
 */
export function readAct(key: string, secret: string, now: number): Act | null {
  if (!isAct(secret)) return null
  const read = shape.safeParse(readSignedJson(key, 'act', secret.slice(PREFIX.length)))
  if (!read.success || read.data.until <= now || read.data.until > now + MAX_ACT_MS) return null
  const { until: _, ...act } = read.data
  return act
}
