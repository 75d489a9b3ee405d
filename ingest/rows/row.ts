/** What every row says: who it is about, if anybody, and when its frame came, by our clock. */
export interface RowBase {
  character: string | null
  receivedAt: string
}

/** A row to be stored, with the name its table is registered by. */
export interface Row<Name extends string = string, R extends RowBase = RowBase> {
  table: Name
  row: R
}

/** An event for the pubsub. */
export interface Publish {
  topic: string
  event: unknown
}

/** A frame that was not stored, with the reason. */
export interface DeadLetterRow extends RowBase {
  type: string | null
  path: string | null
  reason: string
  frame: string
}
export const DEAD_LETTERS = 'dead_letters'
export const deadLetter = (row: DeadLetterRow): Row<string, DeadLetterRow> => ({ table: DEAD_LETTERS, row })
