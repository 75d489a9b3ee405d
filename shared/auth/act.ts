// How the assistant's process acts for the person who asked: a credential signed with the house's key that names the
// person's session and the turn. The gateway takes it as a bearer token, for reads, while both last.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

const PREFIX = 'ovl_act_'
/** The longest that such a credential lasts, in milliseconds; no turn takes longer. */
export const MOST_ACT_MS = 5 * 60_000

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

const sign = (key: string, body: string): Buffer => createHmac('sha256', key).update(`act:${body}`).digest()

/** Whether a bearer token is such a credential, good or not. */
export const isAct = (secret: string): boolean => secret.startsWith(PREFIX)

/**
 * A credential for one turn.
 * @param now milliseconds
 */
export function issueAct(key: string, act: Act, now: number): string {
  const body = Buffer.from(JSON.stringify({ ...act, until: now + MOST_ACT_MS })).toString('base64url')
  return `${PREFIX}${body}.${sign(key, body).toString('base64url')}`
}

/**
 * What a credential says; null when it is forged, damaged or over. Whether the session and the turn still last is for
 * the database to say.
 * @param now milliseconds
 */
export function readAct(key: string, secret: string, now: number): Act | null {
  if (!isAct(secret)) return null
  const [body = '', signature = '', ...rest] = secret.slice(PREFIX.length).split('.')
  const given = Buffer.from(signature, 'base64url')
  const wanted = sign(key, body)
  if (rest.length || given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
  const read = shape.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()))
  if (!read.success || read.data.until <= now || read.data.until > now + MOST_ACT_MS) return null
  const { until: _, ...act } = read.data
  return act
}
