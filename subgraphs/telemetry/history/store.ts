import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { SLOT_S, BUCKET_S } from '../../../shared/contract/history-buckets.ts'
import type { Stretch } from './stretch.ts'

/** A kind of history: where it is kept, and which figures it has, by their columns. */
interface Kind {
  table: 'telemetry' | 'vitals'
  figures: Readonly<Record<string, string>>
}
export const TELEMETRY: Kind = {
  table: 'telemetry',
  figures: { ew: 'ew', ns: 'ns', kills: 'kills', killsPerHour: 'kills_per_hour', deaths: 'deaths' },
}
export const VITALS: Kind = {
  table: 'vitals',
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
        const { fromS, toS, bucketS, edgesS, byFrames } = stretch
        const inUnits = (seconds: number) => (byFrames ? seconds : Math.floor(seconds / BUCKET_S))
        const buckets = edgesS ? edgesS.map(inUnits) : inUnits(bucketS!)
        const { rows } = await pool.query<ReadRow>({
          ...statements[statementKey(stretch)],
          values: [names, inUnits(fromS), inUnits(toS), buckets],
        })
        for (const row of rows) found.set(`${cut} ${row.name}`, listsOf(row, kind, stretch))
      }
      return keys.map((key) => found.get(`${cutOf(key)} ${key.name}`) ?? noLists(kind))
    },
    { cacheKeyFn: (key) => `${cutOf(key)} ${key.name}` },
  )
}

type ReadRow = { name: string; bucket: number[]; frames: number[]; online: number[] } & Record<string, never[]>

type Statement = { name: string; text: string }

const statementKey = ({ byFrames, edgesS }: Pick<Stretch, 'byFrames' | 'edgesS'>) =>
  `${byFrames ? 'frames' : 'spans'}${edgesS ? ' by clock' : ''}` as const

const statementsOf = (kind: Kind): Record<ReturnType<typeof statementKey>, Statement> => ({
  frames: statement(kind, true, false),
  spans: statement(kind, false, false),
  'frames by clock': statement(kind, true, true),
  'spans by clock': statement(kind, false, true),
})

/** One row a character, every list as JSON: thousands of values cross over as one text each. */
function statement({ table, figures }: Kind, byFrames: boolean, byClock: boolean): Statement {
  const columns = Object.values(figures)
  const buckets = columns.flatMap((column) => {
    const columnOf = (part: string) => (byFrames ? column : `${column}_${part}`)
    const list = (part: string) => `array_agg(${columnOf(part)}) filter (where ${columnOf(part)} is not null)`
    return [
      `(${list('first')})[1] as ${column}_first`,
      `min(${columnOf('least')}) as ${column}_min`,
      `max(${columnOf('greatest')}) as ${column}_max`,
      `(${list('last')})[cardinality(${list('last')})] as ${column}_last`,
    ]
  })
  const moment = byFrames ? 'received_at' : 'span'
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
        select name, ${bucket} as bucket, ${frames} as frames, ${online} as online, ${buckets.join(', ')}
        from frames_of group by 1, 2 order by 1, 2
      )
      select name, json_agg(bucket) as bucket, json_agg(frames) as frames, json_agg(online) as online,
        ${lists.join(', ')}
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
