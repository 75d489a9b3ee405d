import DataLoader from 'dataloader'
import { TELEMETRY_BLOCKS, VITALS_BLOCKS, type BlockTable } from '../../../shared/db/blocks/columns.ts'
import { columnsNamed, hourStart, msOf, rowsWithin, selectBlocks } from '../../../shared/db/blocks/read-blocks.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { SLOT_S, BUCKET_S } from '../../../shared/contract/history-buckets.ts'
import { bucketsOfRows, followed, type Bucket } from './packed.ts'
import type { Stretch } from './stretch.ts'

/** A kind of history: where it is kept, and which figures it has, by their columns. */
interface Kind {
  table: 'telemetry' | 'vitals'
  /** Where its days that are over are packed. */
  blocks: BlockTable
  /** All rows, packed or not. */
  view: string
  figures: Readonly<Record<string, string>>
}
export const TELEMETRY: Kind = {
  table: 'telemetry',
  blocks: TELEMETRY_BLOCKS,
  view: 'telemetry_history',
  figures: { ew: 'ew', ns: 'ns', kills: 'kills', killsPerHour: 'kills_per_hour', deaths: 'deaths' },
}
export const VITALS: Kind = {
  table: 'vitals',
  blocks: VITALS_BLOCKS,
  view: 'vitals_history',
  figures: {
    healthPercent: 'health_percent',
    staminaPercent: 'stamina_percent',
    manaPercent: 'mana_percent',
    vitae: 'vitae',
  },
}
const PARTS = ['first', 'min', 'max', 'last'] as const

export interface FigureLists {
  first: (number | null)[]
  min: (number | null)[]
  max: (number | null)[]
  last: (number | null)[]
}

/** Lists of one character's history, all as long as `at`. */
export interface HistoryLists {
  at: string[]
  frames: number[]
  onlineSeconds: number[]
  figures: Record<string, FigureLists>
}

/** The same, with the character that its places belong to. */
export interface PlacedHistory extends HistoryLists {
  character: string
}

export interface HistoryKey {
  name: string
  stretch: Stretch
}

const cutOf = ({ stretch: { fromS, toS, bucketS, edgesS } }: HistoryKey) =>
  `${fromS} ${toS} ${bucketS ?? edgesS!.join()}`

/** Histories of characters over the same stretch are read together, in one statement. */
export function historyLoader(pool: Pool, kind: Kind) {
  const statements = statementsOf(kind)
  return new DataLoader<HistoryKey, HistoryLists, string>(
    async (keys) => {
      const cuts = new Map(keys.map((key) => [cutOf(key), key.stretch]))
      const found = new Map<string, HistoryLists>()
      for (const [cut, stretch] of cuts) {
        const names = keys.filter((key) => cutOf(key) === cut).map((key) => key.name)
        const reading = { pool, kind, stretch, statements }
        for (const [name, lists] of await read(reading, names)) found.set(`${cut} ${name}`, lists)
      }
      return keys.map((key) => found.get(`${cutOf(key)} ${key.name}`) ?? noLists(kind))
    },
    { cacheKeyFn: (key) => `${cutOf(key)} ${key.name}` },
  )
}

interface Reading {
  pool: Pool
  kind: Kind
  stretch: Stretch
  statements: ReturnType<typeof statementsOf>
}

/** Histories by the names of characters that have any. */
async function read({ pool, kind, stretch, statements }: Reading, names: string[]): Promise<[string, HistoryLists][]> {
  const { fromS, toS, bucketS, edgesS, byFrames } = stretch
  const inUnits = (seconds: number) => (byFrames ? seconds : Math.floor(seconds / BUCKET_S))
  const buckets = edgesS ? edgesS.map(inUnits) : inUnits(bucketS!)
  const values = [names, inUnits(fromS), inUnits(toS), buckets]
  const ask = async (statement: Statement, more: unknown[] = []) =>
    (await pool.query<ReadRow>({ ...statement, values: [...values, ...more] })).rows
  const statement = statements[statementKey(stretch)]
  if (!byFrames) return (await ask(statement)).map((row) => [row.name, listsOf(row, kind, stretch)])
  const rows = await ask(statement, [hourStart(fromS * 1000)])
  const lists = rows.map((row) => withBlocks(row, kind, stretch))
  // HIS1: rows that came late for a day that is packed lie between those of its blocks for an hour at most.
  if (lists.includes(null))
    return (await ask(statements[`all ${statementKey(stretch)}`])).map((row) => [row.name, listsOf(row, kind, stretch)])
  return rows.map((row, n) => [row.name, lists[n]!])
}

/** Rows and blocks of a character together; null if they lie among each other. */
function withBlocks(row: ReadRow, kind: Kind, stretch: Stretch): HistoryLists | null {
  if (!row.blocks) return listsOf(row, kind, stretch)
  const { fromS, toS } = stretch
  const columns = Object.values(kind.figures)
  const within = (ms: number) => ms >= fromS * 1000 && ms < toS * 1000
  const packed = rowsWithin(columnsNamed(kind.blocks, ['received_at', ...columns]), row.blocks, within)
  const early = bucketsOfRows(packed, columns, stretch)
  if (!row.bucket) return bucketLists(early, kind, stretch)
  const slot = (second: number) => Math.floor(second / SLOT_S)
  const last = packed['received_at']!.at(-1) ?? null
  if (last !== null && slot(msOf(last) / 1000) >= slot(row.first_second)) return null
  const late = row.bucket.map((bucket, n): Bucket => ({
    bucket,
    frames: row.frames[n]!,
    online: row.online[n]!,
    figures: Object.fromEntries(
      columns.map((column) => {
        const [first, min, max, last] = PARTS.map((part) => row[`${column}_${part}`]![n] ?? null)
        return [column, { first: first!, min: min!, max: max!, last: last! }]
      }),
    ),
  }))
  return bucketLists(followed(early, late, stretch), kind, stretch)
}

/** Buckets as lists side by side. */
function bucketLists(buckets: readonly Bucket[], kind: Kind, stretch: Stretch): HistoryLists {
  const row: Record<string, unknown> = {
    bucket: buckets.map(({ bucket }) => bucket),
    frames: buckets.map(({ frames }) => frames),
    online: buckets.map(({ online }) => online),
  }
  for (const column of Object.values(kind.figures))
    for (const part of PARTS) row[`${column}_${part}`] = buckets.map(({ figures }) => figures[column]![part])
  return listsOf(row as ReadRow, kind, stretch)
}

type ReadRow = {
  name: string
  /** Null, as every list, for a character that has nothing but blocks. */
  bucket: number[]
  frames: number[]
  online: number[]
  blocks?: Buffer | null
  /** Of the first row that is not packed, since 1970. */
  first_second: number
} & Record<string, never[]>

type Statement = { name: string; text: string }

const statementKey = ({ byFrames, edgesS }: Pick<Stretch, 'byFrames' | 'edgesS'>) =>
  `${byFrames ? 'frames' : 'spans'}${edgesS ? ' by clock' : ''}` as const

type StatementKey = ReturnType<typeof statementKey>

function statementsOf(kind: Kind): Record<StatementKey | `all ${StatementKey}`, Statement> {
  const counted = {
    frames: statement(kind, true, false),
    spans: statement(kind, false, false),
    'frames by clock': statement(kind, true, true),
    'spans by clock': statement(kind, false, true),
  }
  const all = { table: kind.view, figures: kind.figures }
  return {
    ...counted,
    frames: besideBlocks(counted.frames, kind),
    'frames by clock': besideBlocks(counted['frames by clock'], kind),
    'all frames': statement(all, true, false),
    'all spans': counted.spans,
    'all frames by clock': statement(all, true, true),
    'all spans by clock': counted['spans by clock'],
  }
}

/** The same, and the blocks that touch the stretch. $5 is where the hour of its beginning begins. */
const besideBlocks = ({ name, text }: Statement, { figures, blocks }: Kind): Statement => ({
  name: `${name} beside blocks`,
  text: `select packed.blocks, counted.*, packed.name
    from (select c.name, p.blocks from characters c cross join lateral (${selectBlocks(
      blocks,
      columnsNamed(blocks, ['received_at', ...Object.values(figures)]),
      `b.character_id = c.id and b.received_at >= $5 and b.received_at < to_timestamp($3)
       and b.last_at >= to_timestamp($2)`,
    )}) p where c.name = any($1)) packed
    left join (${text}) counted on counted.name = packed.name
    where packed.blocks is not null or counted.name is not null`,
})

/** A table or view of frames or spans, and what is read of it. */
type Source = Pick<Kind, 'figures'> & { table: string }

/** One row a character, every list as JSON: thousands of values cross over as one text each. */
function statement({ table, figures }: Source, byFrames: boolean, byClock: boolean): Statement {
  const columns = Object.values(figures)
  const moment = byFrames ? 'received_at' : 'span'
  const buckets = columns.flatMap((column) => {
    const columnOf = (part: string) => (byFrames ? column : `${column}_${part}`)
    // Rows of several characters are sorted by name and bucket, which may change their order within a bucket.
    const list = (part: string) =>
      `array_agg(${columnOf(part)} order by ${moment}) filter (where ${columnOf(part)} is not null)`
    return [
      `(${list('first')})[1] as ${column}_first`,
      `min(${columnOf('least')}) as ${column}_min`,
      `max(${columnOf('greatest')}) as ${column}_max`,
      `(${list('last')})[cardinality(${list('last')})] as ${column}_last`,
    ]
  })
  const bound = (n: number) => (byFrames ? `to_timestamp($${n})` : `$${n}::int`)
  const unit = byFrames ? 'second' : 'span'
  const bucket = byClock ? `width_bucket(${unit}, $4::int[]) - 1` : `(${unit} - $2::int) / $4::int`
  const frames = byFrames ? 'count(*)::int' : 'sum(frames)::int'
  const online = byFrames
    ? `${byClock ? '' : 'least($4::int, '}count(distinct second / ${SLOT_S}) * ${SLOT_S}${byClock ? '' : ')'}::int`
    : `(sum(bit_count(seen::bit(${BUCKET_S / SLOT_S}))) * ${SLOT_S})::int`
  const lists = columns.flatMap((column) => PARTS.map((part) => `json_agg(${column}_${part}) as ${column}_${part}`))
  return {
    name: `history of ${table} by ${byFrames ? 'frames' : 'spans'}${byClock ? ' and clock' : ''}`,
    text: `
      with frames_of as (
        select c.name, t.* from characters c cross join lateral (
          select *${byFrames ? ", floor(date_part('epoch', received_at))::int as second" : ''}
            from ${table}${byFrames ? '' : '_spans'} x where x.character_id = c.id and x.${moment} >= ${bound(2)}
              and x.${moment} < ${bound(3)}
          order by x.${moment}) t
        where c.name = any($1)
      ), buckets as (
        select name, ${bucket} as bucket, ${frames} as frames, ${online} as online,
          ${byFrames ? 'min(second) as second, ' : ''}${buckets.join(', ')}
        from frames_of group by 1, 2 order by 1, 2
      )
      select name, json_agg(bucket) as bucket, json_agg(frames) as frames, json_agg(online) as online,
        ${byFrames ? 'min(second) as first_second, ' : ''}${lists.join(', ')}
      from buckets group by name`,
  }
}

function listsOf(row: ReadRow, { figures }: Kind, { fromS, bucketS, edgesS }: Stretch): HistoryLists {
  const beginS = (bucket: number) => (edgesS ? edgesS[bucket]! : fromS + bucket * bucketS!)
  return {
    at: row.bucket.map((bucket) => new Date(beginS(bucket) * 1000).toISOString()),
    frames: row.frames,
    onlineSeconds: row.online,
    figures: Object.fromEntries(
      Object.entries(figures).map(([figure, column]) => [
        figure,
        Object.fromEntries(PARTS.map((part) => [part, row[`${column}_${part}`]!])) as unknown as FigureLists,
      ]),
    ),
  }
}

const noLists = ({ figures }: Kind): HistoryLists => ({
  at: [],
  frames: [],
  onlineSeconds: [],
  figures: Object.fromEntries(
    Object.keys(figures).map((figure) => [figure, { first: [], min: [], max: [], last: [] }]),
  ),
})
