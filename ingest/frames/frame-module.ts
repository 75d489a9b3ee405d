import type { FrameType } from '../../shared/contract/decode.ts'
import type { Row } from '../rows/row.ts'
import type { Table } from '../rows/table.ts'
import type { Handler } from './outcome.ts'

/** A frame type: its shape on the wire, and what a frame of it means. */
export interface Frame {
  shape: FrameType
  handle: Handler<never>
  /** It may have any number of values, as an inventory may. */
  mayBeLarge?: boolean
}

/** What one folder of frames registers: its frame types, and the tables that hold their rows. */
export interface FrameModule {
  frames: readonly Frame[]
  /** By name, in the order in which they are written. */
  tables: Readonly<Record<string, Table>>
}

/** One frame type with its handler, checked against each other. */
export const frame = <F>(shape: FrameType<F>, handle: Handler<F>, more: Pick<Frame, 'mayBeLarge'> = {}): Frame => ({
  shape: shape as FrameType,
  handle,
  ...more,
})

type TablesOf<R extends Row> = { readonly [T in R['table']]: Table<Extract<R, { table: T }>['row']> }

/**
 * A folder's registration.
 * @template R the rows of the folder's own tables; each of them must have its table
 */
export const frameModule = <R extends Row = never>(frames: readonly Frame[], tables: TablesOf<R>): FrameModule => ({
  frames,
  tables,
})
