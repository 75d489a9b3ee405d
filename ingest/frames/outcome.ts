import type { Publish, Row } from '../rows/row.ts'

/** What of a frame a handler left out. */
export interface LeftOut {
  /** Reasons, as they are counted. */
  counted?: readonly string[]
  /** Fields that were not understood, by path. */
  dropped?: readonly string[]
  /** Unknown fields, by path. */
  unknown?: readonly string[]
}

/** What a handler made of a frame: rows to store and events to publish at once, or why it was dropped. */
export type Outcome<R extends Row = Row> =
  ({ kept: true; rows: R[]; publish: Publish[] } & LeftOut) | { kept: false; path: string; reason: string }

export const keep = <R extends Row = never>(rows: R[], publish: Publish[] = [], left?: LeftOut): Outcome<R> =>
  left ? { kept: true, rows, publish, ...left } : { kept: true, rows, publish }
export const drop = (path: string, reason: string): Outcome<never> => ({ kept: false, path, reason })

/** What a handler may know beside the frame. Nothing else: it touches neither socket nor database. */
export interface HandlerContext {
  /** Our clock. */
  now: Date
  /** The same as ISO text. */
  receivedAt: string
  /** The game server of frames that name none. */
  server: string
  /** A new id that grows with time. */
  nextId: () => string
  /** The frame before decoding, for what the graph does not name yet. */
  raw: Readonly<Record<string, unknown>>
}

export type Handler<F, R extends Row = Row> = (frame: F, context: HandlerContext) => Outcome<R>
