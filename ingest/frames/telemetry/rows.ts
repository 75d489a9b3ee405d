import type { TelemetryEvent } from '../../../shared/contract/topics.ts'
import type { RowBase } from '../../rows/row.ts'

export type TelemetryRow = TelemetryEvent

/** Asks, in frame order, which session its character plays; \`sessionOf\` gives the answer for the row in \`asks\`. */
export interface SessionQuestion extends RowBase {
  character: string
  asks: object
}

/** Telemetry to count, and questions about it: one list, since their order matters. */
export type TallyRow = TelemetryRow | SessionQuestion
export interface TallyRows {
  table: 'tallies'
  row: TallyRow
}
export type TelemetryRows = { table: 'telemetry'; row: TelemetryRow } | TallyRows
