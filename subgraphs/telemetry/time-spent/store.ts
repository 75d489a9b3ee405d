import type { Privacy } from '../../../shared/access/privacy.ts'
import { BUCKET_S, SLOT_S } from '../../../shared/contract/history-buckets.ts'
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

// By landblock: places are named by what lies in the middle of one.
const BLOCKS = `
  select floor((s.ew_last + ${EDGE}) / ${LANDBLOCK})::int as column, floor((s.ns_last + ${EDGE}) / ${LANDBLOCK})::int as row,
    (sum(bit_count(s.seen::bit(${BUCKET_S / SLOT_S}))) * ${SLOT_S})::bigint as seconds, c.id as character
  from characters c cross join lateral (select * from telemetry_spans t
    where t.character_id = c.id and t.span >= $2 and t.span < $3 and t.ew_last is not null) s
  where ($1::text[] is null or c.name = any($1)) and c.name <> all($4) group by c.id, 1, 2`

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
    Math.floor(fromS / BUCKET_S),
    Math.ceil(toS / BUCKET_S),
    [...hidden, ...blurred],
  ])
  const found = new Map<string, { isDungeon: boolean; place: string; seconds: number; characters: Set<number> }>()
  for (const { column, row, seconds, character } of rows) {
    const middle = { ew: (column + 0.5) * LANDBLOCK - EDGE, ns: (row + 0.5) * LANDBLOCK - EDGE }
    const dungeon = placeInWords.dungeon(middle)
    const place = dungeon ?? nearestTownName(middle) ?? 'off the map'
    const key = `${dungeon !== null} ${place}`
    const sum = found.get(key) ?? { isDungeon: dungeon !== null, place, seconds: 0, characters: new Set() }
    sum.seconds += seconds
    sum.characters.add(character)
    found.set(key, sum)
  }
  return [...found.values()]
    .map(({ characters, ...sum }) => ({ ...sum, characterCount: characters.size }))
    .sort((a, b) => b.seconds - a.seconds || (a.place < b.place ? -1 : 1))
}
