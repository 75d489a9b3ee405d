import type { Privacy } from '../../../shared/access/privacy.ts'
import { BUCKET_S } from '../../../shared/contract/history-buckets.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { EDGE, LANDBLOCK } from '../../../shared/world/dereth/coordinates.ts'
import { nearestTownName } from '../../../shared/world/dereth/nearest-town.ts'
import { placeInWords } from '../place/near.ts'

export interface TimeAtPlace {
  place: string
  isDungeon: boolean
  seconds: number
  characterCount: number
}

interface BlockRow {
  column: number
  row: number
  seconds: number
  character: number
}

/** Buckets of a UTC day. */
const DAY_BUCKETS = 86_400 / BUCKET_S

// By landblock: places are named by what lies in the middle of one. Whole days are added up already (`place_days`);
// before the first and after the last of them, buckets are read. `offset 0` has each character read by its index:
// without it, all buckets of all time may be read at once.
const bucketsOf = (since: string, until: string) => `
    select c.id, block_at(s.ew_last) as block_x, block_at(s.ns_last) as block_y, seconds_seen(s.seen) as seconds
      from wanted c
      cross join lateral (select ew_last, ns_last, seen from telemetry_spans t where t.character_id = c.id
        and t.span >= ${since} and t.span < ${until} and t.ew_last is not null and t.ns_last is not null offset 0) s`
const BLOCKS = `
  with wanted as (select id from characters where ($1::text[] is null or name = any($1)) and name <> all($2)),
  parts as (
    select c.id, d.block_x, d.block_y, d.seconds from wanted c
      cross join lateral (select * from place_days p where p.character_id = c.id and p.day >= $3
        and p.day < $4 offset 0) d
    union all ${bucketsOf('$5', '$6')} union all ${bucketsOf('$7', '$8')})
  select block_x as column, block_y as row, sum(seconds)::bigint as seconds, id as character from parts
  group by id, block_x, block_y having sum(seconds) > 0`

/** Whole days of a window of buckets, and the buckets before and after them. */
function partsOf(first: number, end: number): number[] {
  const [firstDay, endDay] = [Math.ceil(first / DAY_BUCKETS), Math.floor(end / DAY_BUCKETS)]
  if (firstDay >= endDay) return [0, 0, first, end, 0, 0]
  return [firstDay, endDay, first, firstDay * DAY_BUCKETS, endDay * DAY_BUCKETS, end]
}

/** Names of landblocks, since each is asked for once for each character. */
const named = new Map<string, { place: string; isDungeon: boolean; key: string }>()
/** More than these are not in the world. */
const MAX_NAMED = 100_000

function blockInWords(column: number, row: number) {
  const at = `${column} ${row}`
  const known = named.get(at)
  if (known) return known
  const middle = { ew: (column + 0.5) * LANDBLOCK - EDGE, ns: (row + 0.5) * LANDBLOCK - EDGE }
  const dungeon = placeInWords.dungeon(middle)
  const place = dungeon ?? nearestTownName(middle) ?? 'off the map'
  const block = { place, isDungeon: dungeon !== null, key: `${dungeon !== null} ${place}` }
  if (named.size >= MAX_NAMED) named.clear()
  named.set(at, block)
  return block
}

/** Time in the game by dungeon and nearest town, longest first. */
export async function timeByPlace(
  pool: Pool,
  privacy: Privacy,
  { characters, fromS, toS }: { characters: readonly string[] | null; fromS: number; toS: number },
): Promise<TimeAtPlace[]> {
  const { unknown, hidden, blurred } = privacy.restrictedPlaces()
  if (unknown) return []
  const { rows } = await pool.query<BlockRow>(BLOCKS, [
    characters,
    [...hidden, ...blurred],
    ...partsOf(Math.floor(fromS / BUCKET_S), Math.ceil(toS / BUCKET_S)),
  ])
  const found = new Map<string, { isDungeon: boolean; place: string; seconds: number; characters: Set<number> }>()
  for (const { column, row, seconds, character } of rows) {
    const { place, isDungeon, key } = blockInWords(column, row)
    const sum = found.get(key) ?? { isDungeon, place, seconds: 0, characters: new Set() }
    sum.seconds += seconds
    sum.characters.add(character)
    found.set(key, sum)
  }
  return [...found.values()]
    .map(({ characters, ...sum }) => ({ ...sum, characterCount: characters.size }))
    .sort((a, b) => b.seconds - a.seconds || (a.place < b.place ? -1 : 1))
}
