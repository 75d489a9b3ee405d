import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pick, seeded, whole } from '../../../ingest/simulator/world/chance.ts'
import { tierOfRank } from '../../../shared/world/dereth/spells.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { captured, madeUp, sendFleet, type Owner } from './fleet.ts'
import { bestTier, int, itemsOf, matches, totalRating, workmanship, type NaiveItem, type NaiveWhere } from './naive.ts'
import { drawWhere } from './queries.ts'

const SEED = Number(process.env['SEARCH_SEED'] ?? Math.floor(Math.random() * 1e6))
const ROUNDS = 160

let overlord: TestOverlord
let owners: Owner[]
let items: NaiveItem[]
beforeAll(async () => {
  console.log(`SEARCH_SEED=${SEED}`)
  overlord = await startOverlord()
  owners = await sendFleet(overlord, [...madeUp(SEED, 9), ...captured(6)], SEED)
  items = itemsOf(owners)
})
afterAll(() => overlord?.[Symbol.asyncDispose]())

interface Facet {
  key: string
  count: number
}
interface Found {
  totalCount: number
  facets: Record<'sets' | 'materials' | 'tiers' | 'characters' | 'objectClasses' | 'slots', Facet[]>
  nodes: { id: string }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}
const FACETS = `facets { sets { key count } materials { key count } tiers { key count } characters { key count }
    objectClasses { key count } slots { key count } }`

async function find(where: NaiveWhere, first: number, orderBy?: object): Promise<{ ids: string[]; found: Found }> {
  const ids: string[] = []
  let after: string | null = null
  for (;;) {
    const query = `query ($where: ItemWhere, $first: Int!, $after: String, $orderBy: ItemOrder) {
      items(where: $where, first: $first, after: $after, orderBy: $orderBy) { totalCount ${FACETS}
      nodes { id } pageInfo { hasNextPage endCursor } } }`
    const answer: { data: { items: Found } } = await overlord.graph(query, { where, first, after, orderBy })
    const found = answer.data.items
    ids.push(...found.nodes.map(({ id }) => id))
    if (!found.pageInfo.hasNextPage) return { ids, found }
    after = found.pageInfo.endCursor
  }
}

/** Counts the plain way, most first, without what has none. */
function counted(
  list: readonly NaiveItem[],
  keyOf: (item: NaiveItem) => string | number | null,
): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const item of list) {
    const key = keyOf(item)
    if (key !== null) counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
const asCounts = (facets: readonly Facet[]) => Object.fromEntries(facets.map(({ key, count }) => [key, count]))

describe('a search', () => {
  it('[SEA1] [SEA2] finds exactly what a plain filter over the frames finds, with counts and facets', async () => {
    const rng = seeded(SEED)
    let found = 0
    for (let round = 0; round < ROUNDS; round++) {
      const where = drawWhere(rng, items, owners)
      const expected = items.filter((item) => matches(item, where, owners))
      const answer = await find(where, 1_000)
      const about = JSON.stringify(where)
      expect(answer.ids.sort(), about).toEqual(expected.map(({ id }) => id).sort())
      expect(answer.found.totalCount, about).toBe(expected.length)
      const { facets } = answer.found
      expect(asCounts(facets.sets), about).toEqual(counted(expected, (item) => int(item, '265')))
      expect(asCounts(facets.materials), about).toEqual(counted(expected, (item) => int(item, '131')))
      expect(asCounts(facets.characters), about).toEqual(counted(expected, (item) => item.owner.character))
      expect(asCounts(facets.objectClasses), about).toEqual(
        counted(expected, (item) => item.record.ObjectClass ?? null),
      )
      expect(asCounts(facets.tiers), about).toEqual(
        counted(expected, (item) => (bestTier(item) ? tierOfRank(bestTier(item)!) : null)),
      )
      const atHead = (item: NaiveItem) => ((int(item, '218103822') ?? 0) & 1 ? 'HEAD' : null)
      expect(asCounts(facets.slots)['HEAD'], about).toEqual(counted(expected, atHead)['HEAD'])
      found += expected.length
    }
    expect(found).toBeGreaterThan(1_000)
  })

  const figures: Record<string, (item: NaiveItem) => number | string | null> = {
    NAME: (item) => item.name ?? '',
    VALUE: (item) => int(item, '19'),
    BURDEN: (item) => int(item, '5'),
    ARMOR_LEVEL: (item) => int(item, '28'),
    WORKMANSHIP: workmanship,
    MAX_DAMAGE: (item) => int(item, '218103842'),
    TOTAL_RATING: totalRating,
    TIER: bestTier,
    MANA: (item) => int(item, '107'),
    MELEE_DEFENSE: (item) => item.record.DoubleValues['29'] ?? null,
    CHARACTER: (item) => item.owner.character,
  }
  it.each(Object.keys(figures))('[SEA3] by %s comes whole and in order, either way, page by page', async (by) => {
    const rng = seeded(SEED + by.length)
    const byId = new Map(items.map((item) => [item.id, figures[by]!(item)]))
    for (const direction of ['ASC', 'DESC']) {
      const where: NaiveWhere = pick(rng, [
        { characters: owners.slice(0, 3).map(({ character }) => character) },
        { objectClasses: [2, 4] },
      ])
      const expected = items.filter((item) => matches(item, where, owners)).map(({ id }) => id)
      const { ids } = await find(where, whole(rng, 40, 90), { by, direction })
      expect([...ids].sort()).toEqual(expected.sort())
      const run = ids.map((id) => byId.get(id)!)
      if (by !== 'NAME' && by !== 'CHARACTER') {
        const sorted = run.filter((figure) => figure !== null) as number[]
        expect(run.slice(sorted.length).every((figure) => figure === null)).toBe(true)
        sorted.sort((a, b) => (direction === 'ASC' ? a - b : b - a))
        expect(run.slice(0, sorted.length).map((figure) => Math.fround(figure as number))).toEqual(
          sorted.map(Math.fround),
        )
      }
    }
  })

  it('[SEA3] refuses a cursor of another order with a hint', async () => {
    const first = await overlord.graph<{ items: Found }>('{ items(first: 1) { pageInfo { endCursor } } }')
    const { errors } = await overlord.graph(
      'query ($after: String) { items(after: $after, orderBy: { by: VALUE }) { nodes { id } } }',
      { after: first.data.items.pageInfo.endCursor },
      { mayFail: true },
    )
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  })

  it.each([
    ['{ items(first: 1001) { nodes { id } } }', {}],
    ['query ($t: String) { items(where: { text: $t }) { totalCount } }', { t: 'x'.repeat(201) }],
    [
      'query ($s: [SpellMatch!]) { items(where: { spells: { any: $s } }) { totalCount } }',
      { s: Array(33).fill({ id: 1 }) },
    ],
    ['query ($s: [SpellMatch!]) { items(where: { spells: { all: $s } }) { totalCount } }', { s: [{}] }],
    ['query ($s: [SpellMatch!]) { items(where: { spells: { all: $s } }) { totalCount } }', { s: [{ name: '' }] }],
    ['query ($m: [Int!]) { items(where: { materials: $m }) { totalCount } }', { m: Array(201).fill(1) }],
    ['{ items(after: "e30") { nodes { id } } }', {}],
    ['{ items(after: "bm90IG9uZQ") { nodes { id } } }', {}],
  ])('[SEA4] refuses what is more than it serves: %s', async (query, variables) => {
    const { errors } = await overlord.graph(query, variables, { mayFail: true })
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  })

  it.each<[string, (item: NaiveItem) => boolean]>([
    [
      'armor_only=true&min_armor=200',
      (item) => !!((int(item, '218103822') ?? 0) & 0x7f21) && (int(item, '28') ?? 0) >= 200,
    ],
    ['shirt_only=true', (item) => !!((int(item, '218103822') ?? 0) & 0x1a)],
    [
      'jewelry_only=true&slot_names=Trinket',
      (item) => item.record.ObjectClass === 4 && !!((int(item, '218103822') ?? 0) & 0x4000000),
    ],
    [
      'slot_names=Ring,Bracelet&equipment_status=unequipped',
      (item) => !!((int(item, '218103822') ?? 0) & 0xf0000) && !item.record.IntValues['10'],
    ],
    ["item_set=Adept's%20Set", (item) => int(item, '265') === 14],
    ['material=Gold,63', (item) => [60, 63].includes(int(item, '131') ?? 0)],
    ['legendary_cantrips=Legendary%20Strength', (item) => item.record.Spells.includes(6107)],
    ['min_crit_damage_rating=1&sort_by=value&sort_dir=desc', (item) => (int(item, '374') ?? 0) >= 1],
    ['min_tinks=1&max_tinks=9', (item) => (int(item, '171') ?? 0) >= 1 && int(item, '171')! <= 9],
  ])('[FAC1] [SEA1] finds the same at the original’s address: /search/items?%s', async (query, fits) => {
    const ids: number[] = []
    for (let page = 1; ; page++) {
      const answer = await fetch(`${overlord.url}/api/search/items?${query}&limit=150&page=${page}`, {
        headers: { cookie: overlord.cookie },
      })
      expect(answer.status).toBe(200)
      const body = (await answer.json()) as { items: { item_id: number }[]; total_count: number; has_next: boolean }
      ids.push(...body.items.map(({ item_id }) => item_id))
      if (body.has_next) continue
      expect(body.total_count).toBe(ids.length)
      break
    }
    const expected = items.filter(fits).map(({ record }) => record.Id >>> 0)
    expect(ids.sort((a, b) => a - b)).toEqual(expected.sort((a, b) => a - b))
  })

  it('[SEA4] takes hostile text for text', async () => {
    for (const text of [
      "'; drop table items; --",
      '%%%',
      '\\',
      '\\\\%',
      '_'.repeat(200),
      '(((((',
      '\u{1F600}',
      '\u202e',
      '$1',
      '{}',
      "' or '1'='1",
    ]) {
      const where = { text }
      expect((await find(where, 1_000)).ids.sort()).toEqual(
        items
          .filter((item) => matches(item, where, owners))
          .map(({ id }) => id)
          .sort(),
      )
      const spell = await overlord.graph<{ items: Found }>(
        'query ($n: String!) { items(where: { spells: { any: [{ name: $n }] } }) { totalCount } }',
        { n: text.slice(0, 100) },
      )
      expect(spell.data.items.totalCount).toBe(
        items.filter((item) => matches(item, { spells: { any: [{ name: text.slice(0, 100) }] } }, owners)).length,
      )
    }
    const { errors } = await overlord.graph(
      'query ($t: String) { items(where: { text: $t }) { totalCount } }',
      { t: 'a\0b' },
      { mayFail: true },
    )
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
    expect((await find({}, 1_000)).ids.length).toBe(items.length)
  })
})
