// How a viewer travels from the gateway to a subgraph: signed with the house's key, good for minutes. A subgraph's port
// believes nothing else, wherever the request comes from.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Viewer } from './viewer.ts'

const WINDOW_MS = 600_000

const sign = (key: string, body: string): Buffer => createHmac('sha256', key).update(`passport:${body}`).digest()

/**
 * A passport for this viewer. The same within ten minutes, so that connections kept by passport are shared.
 * @param now milliseconds
 */
export function signViewer(key: string, viewer: Viewer, now: number): string {
  const until = (Math.floor(now / WINDOW_MS) + 2) * WINDOW_MS
  const body = Buffer.from(JSON.stringify({ until, viewer })).toString('base64url')
  return `${body}.${sign(key, body).toString('base64url')}`
}

/** The viewer of a passport; null when it is forged, damaged or too old. */
export function readSignedViewer(key: string, signedViewer: unknown, now: number): Viewer | null {
  if (typeof signedViewer !== 'string') return null
  const [body = '', signature = ''] = signedViewer.split('.')
  const given = Buffer.from(signature, 'base64url')
  const wanted = sign(key, body)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
  const { until, viewer } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { until: number; viewer: Viewer }
  return until > now ? viewer : null
}
