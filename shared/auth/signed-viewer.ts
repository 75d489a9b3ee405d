// A viewer on the way from the gateway to a subgraph: signed with the shared key, valid for minutes. A subgraph's
// port accepts nothing else, wherever the request comes from.
import { readSignedJson, signJson } from './signed-json.ts'
import type { Viewer } from './viewer.ts'

/** The header of a signed viewer. A WebSocket sends it as the connection parameter `signedViewer`. */
export const SIGNED_VIEWER_HEADER = 'x-overlord-viewer'

const WINDOW_MS = 600_000

/**
 * Signs a viewer. The result is the same for ten minutes, so that connections can be shared.
 * @param now milliseconds
 */
export function signViewer(key: string, viewer: Viewer, now: number): string {
  const until = (Math.floor(now / WINDOW_MS) + 2) * WINDOW_MS
  const { until: _, ...known } = viewer
  return signJson(key, 'viewer', { until, viewer: known })
}

/** A viewer, and the time in milliseconds until which its signature is valid. */
export interface SignedViewer {
  viewer: Viewer
  until: number
}

/** The viewer; null if it is forged, damaged or expired. */
export const readSignedViewer = (key: string, signedViewer: unknown, now: number): Viewer | null =>
  openSignedViewer(key, signedViewer, now)?.viewer ?? null

/** The same with the end of its validity. */
export function openSignedViewer(key: string, signedViewer: unknown, now: number): SignedViewer | null {
  if (typeof signedViewer !== 'string') return null
  const signed = readSignedJson(key, 'viewer', signedViewer) as SignedViewer | undefined
  return signed && signed.until > now ? signed : null
}

/** The same viewer, valid for longer. What has expired is not renewed. */
export function renewSignedViewer(key: string, signedViewer: string, now: number): string {
  const viewer = readSignedViewer(key, signedViewer, now)
  return viewer ? signViewer(key, viewer, now) : signedViewer
}
