import { setImmediate } from 'node:timers/promises'
import { packBlocks, readColumn, type Block, type ColumnLists } from '../blocks/block.ts'
import { packedName, type BlockColumn, type BlockTable } from '../blocks/columns.ts'
import { openBlocks, selectBlocks } from '../blocks/read-blocks.ts'
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

/** Reads one value after the other: a byte that is 0 for null, else the value. */
function valuesOf({ kind }: BlockColumn, sent: Buffer): (number | null)[] {
  const values: (number | null)[] = []
  for (let at = 0; at < sent.length;) {
    if (sent[at++] === 0) {
      values.push(null)
      continue
    }
    if (kind === 'real') values.push(sent.readFloatBE(at))
    else if (kind === 'int') values.push(sent.readInt32BE(at))
    else values.push(Number(sent.readBigInt64BE(at)))
    at += kind === 'real' || kind === 'int' ? 4 : 8
  }
  return values
}

const SENDERS = { moment: 'timestamptz_send', late: 'timestamptz_send', int: 'int4send', real: 'float4send' } as const

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
      `string_agg(coalesce('\\x01'::bytea || ${SENDERS[kind]}(${name}), '\\x00'::bytea), ''::bytea) as ${name}`,
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

const unpacked = (columns: readonly BlockColumn[], blocks: readonly Block[]): ColumnLists =>
  Object.fromEntries(columns.map((column) => [column.name, blocks.flatMap((block) => readColumn(column, block))]))

interface StoredBlock extends Block {
  characterId: number
  receivedAt: number
  lastAt: number
}

/** As a value of bits is written. */
const bitsOf = (packed: Buffer | null) => packed && `x${packed.toString('hex')}`

async function storeBlocks(client: Client, { blocks, columns }: BlockTable, stored: readonly StoredBlock[]) {
  const names = columns.map(packedName)
  const lists = columns.map((_, n) => `$${n + 5}::varbit[]`)
  const moment = (name: string) => `timestamptz '2000-01-01 00:00+00' + ${name} * interval '1 microsecond'`
  for (let n = 0; n < stored.length; n += BLOCKS_AT_ONCE) {
    const some = stored.slice(n, n + BLOCKS_AT_ONCE)
    await client.query(
      `insert into ${blocks} (character_id, rows, received_at, last_at, ${names.join(', ')})
       select id, rows, ${moment('first')}, ${moment('last')}, ${names.join(', ')}
       from unnest($1::int[], $2::int[], $3::float8[], $4::float8[], ${lists.join(', ')})
         t(id, rows, first, last, ${names.join(', ')})`,
      [
        some.map(({ characterId }) => characterId),
        some.map(({ rows }) => rows),
        some.map(({ receivedAt }) => receivedAt),
        some.map(({ lastAt }) => lastAt),
        ...columns.map(({ name }) => some.map(({ packed }) => bitsOf(packed[name]!))),
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
    await client.query(
      `delete from ${table.blocks} where character_id = any($3) and received_at >= $1 and received_at < $2`,
      [from, to, there.map((row) => row.character_id)],
    )
    const blocks: StoredBlock[] = []
    let moved = 0
    for (const row of taken) {
      moved += row.count
      const before = there.find((other) => other.character_id === row.character_id)
      blocks.push(...blocksOf(table, row, before?.blocks ?? null))
      await setImmediate() // one character takes some milliseconds
    }
    await storeBlocks(client, table, blocks)
    await client.query('commit')
    return moved
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be what was lost
    throw error
  }
}

/** The rows of a character as blocks, those of its former blocks among them. */
function blocksOf(table: BlockTable, taken: TakenRows, before: Buffer | null): StoredBlock[] {
  const { columns } = table
  const rows: ColumnLists = Object.fromEntries(
    columns.map((column) => [column.name, valuesOf(column, taken[column.name] as Buffer)]),
  )
  const lists = before ? merged(columns, unpacked(columns, openBlocks(columns, before)), rows) : rows
  const receivedAt = lists['received_at'] as number[]
  let at = 0
  return packBlocks(table, lists).map((block) => {
    const [first, last] = [receivedAt[at]!, receivedAt[at + block.rows - 1]!]
    at += block.rows
    return { ...block, characterId: taken.character_id, receivedAt: first, lastAt: last }
  })
}
