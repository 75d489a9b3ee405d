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

/** The viewer; null if it is forged, damaged or expired. */
export function readSignedViewer(key: string, signedViewer: unknown, now: number): Viewer | null {
  if (typeof signedViewer !== 'string') return null
  const signed = readSignedJson(key, 'viewer', signedViewer) as { until: number; viewer: Viewer } | undefined
  return signed && signed.until > now ? signed.viewer : null
}
