import { setImmediate } from 'node:timers/promises'
import { packBlocks, type Block, type ColumnLists } from '../blocks/block.ts'
import {
  layoutsOf,
  packedName,
  wordsName,
  type BlockColumn,
  type BlockLayout,
  type BlockTable,
  type ColumnKind,
} from '../blocks/columns.ts'
import { openBlocks, readValues, selectBlocks } from '../blocks/read-blocks.ts'
import { Words } from '../blocks/words.ts'
import type { Client } from '../pool.ts'

/** Microseconds that a client's clock may differ from ours: 142 years. A row with more stays as it is. */
const MOST_LATE_US = 2 ** 52
/** Blocks that are stored by one statement. */
const BLOCKS_AT_ONCE = 200

/** A part of an hour of a day of a table, as moments of SQL. */
export interface Slice {
  day: string
  from: string
  to: string
}

/** How the database writes a value of a column as bytes. */
const SENDERS: Record<ColumnKind, (name: string) => string> = {
  moment: (name) => `timestamptz_send(${name})`,
  late: (name) => `timestamptz_send(${name})`,
  int: (name) => `int4send(${name})`,
  real: (name) => `float4send(${name})`,
  word: (name) => `(int4send(octet_length(${name})) || convert_to(${name}, 'UTF8'))`,
  flag: (name) => `boolsend(${name})`,
}
const momentAt = (sent: Buffer, at: number): [number, number] => [Number(sent.readBigInt64BE(at)), 8]
/** How it is read, and its length. */
const READERS: Record<ColumnKind, (sent: Buffer, at: number, words: Words) => [value: number, bytes: number]> = {
  moment: momentAt,
  late: momentAt,
  int: (sent, at) => [sent.readInt32BE(at), 4],
  real: (sent, at) => [sent.readFloatBE(at), 4],
  word(sent, at, words) {
    const length = sent.readInt32BE(at)
    return [words.numberOf(sent.toString('utf8', at + 4, at + 4 + length)), 4 + length]
  },
  flag: (sent, at) => [sent[at]!, 1],
}

/** Reads one value after the other: a byte that is 0 for null, else the value. */
function valuesOf({ kind }: BlockColumn, sent: Buffer, words: Words): (number | null)[] {
  const read = READERS[kind]
  const values: (number | null)[] = []
  for (let at = 0; at < sent.length;) {
    if (sent[at++] === 0) {
      values.push(null)
      continue
    }
    const [value, bytes] = read(sent, at, words)
    values.push(value)
    at += bytes
  }
  return values
}

/** Rows of a character, each column in one value. */
type TakenRows = { character_id: number; count: number } & Record<string, Buffer | number>

interface TakenBlocks {
  character_id: number
  blocks: Buffer
}

/** Takes the rows of a slice out of their day: one row a character, its values in the order they were received. */
function takeRows({ columns }: BlockTable, day: string): string {
  const values = columns.map(
    ({ name, kind }) =>
      `string_agg(coalesce('\\x01'::bytea || ${SENDERS[kind](name)}, '\\x00'::bytea), ''::bytea) as ${name}`,
  )
  return `with taken as (
      delete from ${day} where received_at >= $1 and received_at < $2
        and abs(extract(epoch from at) - extract(epoch from received_at)) < ${MOST_LATE_US / 1e6}
        returning *, ctid as place)
    select character_id, count(*)::int as count, ${values.join(', ')}
    from (select * from taken order by character_id, received_at, place) sorted group by character_id`
}

/** Takes the blocks of characters that have some in a slice already: rows came late. */
const takeBlocks = (table: BlockTable): string =>
  `select t.character_id, t.blocks from unnest($3::int[]) c(id) cross join lateral (
     select c.id as character_id, joined.blocks from (${selectBlocks(
       table,
       table.columns,
       'b.character_id = c.id and b.received_at >= $1 and b.received_at < $2',
     )}) joined) t where t.blocks is not null`

/** The rows of both, in order of receipt; of equal moments those of the first list come first. */
function merged(columns: readonly BlockColumn[], early: ColumnLists, late: ColumnLists): ColumnLists {
  const lists: ColumnLists = Object.fromEntries(columns.map(({ name }) => [name, [...early[name]!, ...late[name]!]]))
  const receivedAt = lists['received_at'] as number[]
  const order = receivedAt.map((_, n) => n).sort((a, b) => receivedAt[a]! - receivedAt[b]! || a - b)
  return Object.fromEntries(columns.map(({ name }) => [name, order.map((n) => lists[name]![n]!)]))
}

const unpacked = (columns: readonly BlockColumn[], blocks: readonly Block[], words: Words): ColumnLists =>
  Object.fromEntries(
    columns.map((column) => [column.name, blocks.flatMap((block) => readValues(column, block, words))]),
  )

interface StoredBlock extends Block {
  characterId: number
  receivedAt: number
  lastAt: number
}

/** As a value of bits is written. */
const bitsOf = (packed: Buffer | null) => packed && `x${packed.toString('hex')}`

/** Columns of blocks in the order in which they are stored: the bits of each column, then the words of some. */
const wordColumns = (columns: readonly BlockColumn[]) => columns.filter(({ kind }) => kind === 'word')

async function storeBlocks(client: Client, { blocks, columns }: BlockLayout, stored: readonly StoredBlock[]) {
  const words = wordColumns(columns)
  const names = [...columns.map(packedName), ...words.map(wordsName)]
  const lists = names.map((_, n) => `$${n + 5}::${n < columns.length ? 'varbit' : 'json'}[]`)
  const values = [
    ...columns.map(packedName),
    ...words.map((column) => `array(select json_array_elements_text(${wordsName(column)}))`),
  ]
  const moment = (name: string) => `timestamptz '2000-01-01 00:00+00' + ${name} * interval '1 microsecond'`
  for (let n = 0; n < stored.length; n += BLOCKS_AT_ONCE) {
    const some = stored.slice(n, n + BLOCKS_AT_ONCE)
    await client.query(
      `insert into ${blocks} (character_id, rows, received_at, last_at, ${names.join(', ')})
       select id, rows, ${moment('first')}, ${moment('last')}, ${values.join(', ')}
       from unnest($1::int[], $2::int[], $3::float8[], $4::float8[], ${lists.join(', ')})
         t(id, rows, first, last, ${names.join(', ')})`,
      [
        some.map(({ characterId }) => characterId),
        some.map(({ rows }) => rows),
        some.map(({ receivedAt }) => receivedAt),
        some.map(({ lastAt }) => lastAt),
        ...columns.map(({ name }) => some.map(({ packed }) => bitsOf(packed[name]!))),
        ...words.map(({ name }) => some.map((block) => JSON.stringify(block.words[name]))),
      ],
    )
  }
}

/**
 * Moves the rows of a slice into blocks, in one transaction: every reader sees each row once, as a row or in a block.
 * Rows that came after the slice was moved are put among those of its blocks. Gives the rows moved.
 */
export async function moveSlice(client: Client, table: BlockTable, { day, from, to }: Slice): Promise<number> {
  await client.query('begin')
  try {
    const { rows: taken } = await client.query<TakenRows>(takeRows(table, day), [from, to])
    const { rows: there } = await client.query<TakenBlocks>(takeBlocks(table), [
      from,
      to,
      taken.map((row) => row.character_id),
    ])
    for (const { blocks } of layoutsOf(table))
      await client.query(
        `delete from ${blocks} where character_id = any($3) and received_at >= $1 and received_at < $2`,
        [from, to, there.map((row) => row.character_id)],
      )
    const stored = layoutsOf(table).map((layout) => ({ layout, blocks: [] as StoredBlock[] }))
    let moved = 0
    for (const row of taken) {
      moved += row.count
      const before = there.find((other) => other.character_id === row.character_id)
      const rows = rowsOf(table, row, before?.blocks ?? null)
      for (const { layout, blocks } of stored) blocks.push(...blocksOf(layout, rows))
      await setImmediate() // one character takes some milliseconds
    }
    for (const { layout, blocks } of stored) await storeBlocks(client, layout, blocks)
    await client.query('commit')
    return moved
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be what was lost
    throw error
  }
}

interface RowsOfCharacter {
  characterId: number
  lists: ColumnLists
  words: Words
}

/** The rows of a character, those of its former blocks among them. */
function rowsOf({ columns }: BlockTable, taken: TakenRows, before: Buffer | null): RowsOfCharacter {
  const words = new Words()
  const late: ColumnLists = Object.fromEntries(
    columns.map((column) => [column.name, valuesOf(column, taken[column.name] as Buffer, words)]),
  )
  const lists = before ? merged(columns, unpacked(columns, openBlocks(columns, before), words), late) : late
  return { characterId: taken.character_id, lists, words }
}

/** Its blocks: of all rows, or of those that are marked. */
function blocksOf(layout: BlockLayout & { by?: string }, { characterId, lists, words }: RowsOfCharacter) {
  const { by } = layout
  const chosen: ColumnLists = by
    ? Object.fromEntries(layout.columns.map(({ name }) => [name, lists[name]!.filter((_, n) => lists[by]![n] === 1)]))
    : lists
  const receivedAt = chosen['received_at'] as number[]
  let at = 0
  return packBlocks(layout, chosen, words).map((block): StoredBlock => {
    const [first, last] = [receivedAt[at]!, receivedAt[at + block.rows - 1]!]
    at += block.rows
    return { ...block, characterId, receivedAt: first, lastAt: last }
  })
}
