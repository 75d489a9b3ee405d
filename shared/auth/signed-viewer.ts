// A viewer on the way from the gateway to a subgraph: signed with the shared key, valid for minutes. A subgraph's
// port accepts nothing else, wherever the request comes from. The header and the signature keep their earlier name,
// `passport`.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Viewer } from './viewer.ts'

const WINDOW_MS = 600_000

const sign = (key: string, body: string): Buffer => createHmac('sha256', key).update(`passport:${body}`).digest()

/**
 * Signs a viewer. The result is the same for ten minutes, so that connections can be shared.
 * @param now milliseconds
 */
export function signViewer(key: string, viewer: Viewer, now: number): string {
  const until = (Math.floor(now / WINDOW_MS) + 2) * WINDOW_MS
  const body = Buffer.from(JSON.stringify({ until, viewer })).toString('base64url')
  return `${body}.${sign(key, body).toString('base64url')}`
}

/** The viewer; null if it is forged, damaged or expired. */
export function readSignedViewer(key: string, signedViewer: unknown, now: number): Viewer | null {
  if (typeof signedViewer !== 'string') return null
  const [body = '', signature = ''] = signedViewer.split('.')
  const given = Buffer.from(signature, 'base64url')
  const wanted = sign(key, body)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
  const { until, viewer } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { until: number; viewer: Viewer }
  return until > now ? viewer : null
}
