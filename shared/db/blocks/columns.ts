// Which tables of frames are packed into blocks, and how each column is kept there.

/**
 * How the values of a column are kept: `moment` in microseconds since 2000, `late` as the distance to the row's
 * `received_at`, `real` as decimals or as their bits.
 */
export type ColumnKind = 'moment' | 'late' | 'int' | 'real'

/** A column of a packed table. */
export interface BlockColumn {
  name: string
  kind: ColumnKind
}

/** A table of frames with its packed form: a row of `blocks` holds many frames of a character. */
export interface BlockTable {
  table: 'vitals'
  blocks: 'vitals_blocks'
  /** All but the character, `received_at` first. */
  columns: readonly BlockColumn[]
}

const vital = (name: string): BlockColumn[] => [
  { name, kind: 'int' },
  { name: `max_${name}`, kind: 'int' },
  { name: `${name}_percent`, kind: 'real' },
]

export const VITALS_BLOCKS: BlockTable = {
  table: 'vitals',
  blocks: 'vitals_blocks',
  columns: [
    { name: 'received_at', kind: 'moment' },
    { name: 'at', kind: 'late' },
    ...['health', 'stamina', 'mana'].flatMap(vital),
    { name: 'vitae', kind: 'real' },
  ],
}

export const BLOCK_TABLES: readonly BlockTable[] = [VITALS_BLOCKS]

/** Tables of blocks, by day as the tables of frames. */
export const BLOCK_TABLE_NAMES: readonly string[] = BLOCK_TABLES.map(({ blocks }) => blocks)

/** Whether the numbers of a column have 64 bits. */
export const isMoment = ({ kind }: BlockColumn): boolean => kind === 'moment' || kind === 'late'

/** The column of a block that holds a column of the table. */
export const packedName = ({ name }: BlockColumn): string => `p_${name}`
