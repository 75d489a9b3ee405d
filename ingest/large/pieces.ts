// What the thread that reads large frames and the one that asks it say to each other.
import type { InventoryRow } from '../frames/inventory/rows.ts'
import { readFrame, type FrameResult } from '../frames/read-frame.ts'
import type { Row } from '../rows/row.ts'

/** A frame as it arrived, or as it lies on disk. */
export interface ArrivedFrame {
  /** As the plugin sent it. */
  body: Uint8Array
  receivedMs: number
  /** The game server of frames that name none. */
  server: string
  /** The id of events that are published before they are stored. */
  id: string
}

/** Reads a frame, on the thread that calls it. The frame itself is null then: nobody needs it, unless it registers. */
export function readArrived({ body, receivedMs, server, id }: ArrivedFrame): FrameResult {
  const now = new Date(receivedMs)
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8')
  const result = readFrame(text, { now, receivedAt: now.toISOString(), server, nextId: () => id })
  return result.kind === 'kept' && result.type !== 'register' ? { ...result, frame: null } : result
}

/** The whole of a result but for the items of its inventories, which come in pieces. */
export interface ResultHead {
  result: FrameResult
  /** How many pieces follow. */
  pieces: number
}

/** Some items of an inventory, to be added to the row at a place. */
export interface ItemsPiece {
  row: number
  items: Items
}

export type Items = Extract<InventoryRow, { kind: 'full' }>['items']

/** A row with items, which are sent in pieces. */
export type LongRow = Row<'inventory', Extract<InventoryRow, { kind: 'full' }>>

export const isLong = (row: Row): row is LongRow =>
  row.table === 'inventory' && (row as Row<'inventory', InventoryRow>).row.kind === 'full'

/** So many values are one piece: a few ms of work for the thread that receives it. */
const PIECE_VALUES = 8_000

/** About how many values an item has: its fields, and what its bags hold. */
function valuesOf({ intValues, doubleValues, boolValues, stringValues, spells, activeSpells }: Items[number]): number {
  let values = 25 + (spells?.length ?? 0) + (activeSpells?.length ?? 0)
  for (const bag of [intValues, doubleValues, boolValues, stringValues]) for (const _ in bag) values++
  return values
}

/** Takes a result apart, so that the other thread can copy it a little at a time. */
export function takeApart(result: FrameResult): { head: ResultHead; pieces: ItemsPiece[] } {
  if (result.kind !== 'kept') return { head: { result, pieces: 0 }, pieces: [] }
  const pieces: ItemsPiece[] = []
  const rows = result.rows.map((row, nth) => {
    if (!isLong(row)) return row
    pieces.push(...inPieces(row.row.items).map((items) => ({ row: nth, items })))
    return { ...row, row: { ...row.row, items: [] } }
  })
  return { head: { result: { ...result, rows }, pieces: pieces.length }, pieces }
}

function inPieces(items: Items): Items[] {
  const pieces: Items[] = []
  let piece: Items[number][] = []
  let values = 0
  for (const item of items) {
    piece.push(item)
    values += valuesOf(item)
    if (values < PIECE_VALUES) continue
    pieces.push(piece)
    piece = []
    values = 0
  }
  return piece.length ? [...pieces, piece] : pieces
}
