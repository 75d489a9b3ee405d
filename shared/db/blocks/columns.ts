// Which tables of frames are packed into blocks, and how each column is kept there.

/**
 * How the values of a column are kept: `moment` in microseconds since 2000, `late` as the distance to the row's
 * `received_at`, `real` as decimals or as their bits, `word` as places in the block's list of its different texts,
 * `flag` as 0 and 1.
 */
export type ColumnKind = 'moment' | 'late' | 'int' | 'real' | 'word' | 'flag'

/** A column of a packed table. */
export interface BlockColumn {
  name: string
  kind: ColumnKind
}

/** Blocks, with the columns of frames that they hold: all but the character, `received_at` first. */
export interface BlockLayout {
  blocks: string
  columns: readonly BlockColumn[]
}

/** A table of frames with its packed form: a row of `blocks` holds many frames of a character. */
export interface BlockTable extends BlockLayout {
  table: 'telemetry' | 'vitals'
  /** Frames that have true in the column `by`, once more in blocks of their own: long ways read them alone. */
  marked?: BlockLayout & { by: string }
}

const RECEIVED: readonly BlockColumn[] = [
  { name: 'received_at', kind: 'moment' },
  { name: 'at', kind: 'late' },
]
const of = (kind: ColumnKind, ...names: string[]): BlockColumn[] => names.map((name) => ({ name, kind }))

const vital = (name: string): BlockColumn[] => [
  ...of('int', name, `max_${name}`),
  { name: `${name}_percent`, kind: 'real' },
]

export const VITALS_BLOCKS: BlockTable = {
  table: 'vitals',
  blocks: 'vitals_blocks',
  columns: [...RECEIVED, ...['health', 'stamina', 'mana'].flatMap(vital), { name: 'vitae', kind: 'real' }],
}

const PLACE = of('real', 'ew', 'ns', 'z')
const FIGHT: readonly BlockColumn[] = [
  { name: 'kills', kind: 'int' },
  { name: 'kills_per_hour', kind: 'real' },
  { name: 'deaths', kind: 'int' },
  { name: 'state', kind: 'word' },
]

/** Frames that are marked as steps, one in twenty seconds, by the columns that trails and replays read. */
export const STEP_BLOCKS: BlockLayout & { by: string } = {
  blocks: 'telemetry_step_blocks',
  by: 'step',
  columns: [...RECEIVED, ...PLACE, ...FIGHT],
}

export const TELEMETRY_BLOCKS: BlockTable = {
  table: 'telemetry',
  blocks: 'telemetry_blocks',
  columns: [
    ...RECEIVED,
    ...PLACE,
    ...FIGHT,
    ...of('int', 'session_id', 'online_s', 'total_deaths', 'rares_found', 'tapers', 'handles'),
    ...of('real', 'memory_mb', 'cpu_percent', 'latency_ms'),
    { name: 'step', kind: 'flag' },
  ],
  marked: STEP_BLOCKS,
}

export const BLOCK_TABLES: readonly BlockTable[] = [TELEMETRY_BLOCKS, VITALS_BLOCKS]

/** The blocks of a table: those of all its frames, and those of the marked ones. */
export const layoutsOf = (table: BlockTable): readonly (BlockLayout & { by?: string })[] => [
  table,
  ...(table.marked ? [table.marked] : []),
]

/** The tables of blocks of a table of frames; none for one that is not packed. */
export const blockTablesOf = (name: string): readonly string[] =>
  BLOCK_TABLES.filter(({ table }) => table === name).flatMap((table) => layoutsOf(table).map(({ blocks }) => blocks))

/** Tables of blocks, by day as the tables of frames. */
export const BLOCK_TABLE_NAMES: readonly string[] = BLOCK_TABLES.flatMap(({ table }) => blockTablesOf(table))

/** Whether the numbers of a column have 64 bits. */
export const isMoment = ({ kind }: BlockColumn): boolean => kind === 'moment' || kind === 'late'

/** The column of a block that holds a column of the table. */
export const packedName = ({ name }: BlockColumn): string => `p_${name}`

/** The column of a block that holds the different texts of a column of words, in the order of their first row. */
export const wordsName = ({ name }: BlockColumn): string => `w_${name}`
