import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDays } from '../../../shared/db/partitions.ts'
import { connection } from '../../../shared/serve/connection.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { listPortals, type PortalRow } from './store.ts'

const AT = new Date('2026-06-20T12:00:00Z')

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  await ensureDays(pool, [AT.toISOString()])
  await pool.query("insert into characters (name, first_seen_at, last_seen_at) values ('Larsson', now(), now())")
  // Three were discovered in the same moment, one a microsecond later: cursors have milliseconds.
  for (const [ew, discovered] of [
    [10, '11:30:00'],
    [20, '11:30:00'],
    [30, '11:30:00.000001'],
    [40, '11:30:00'],
    [50, '11:45:00'],
  ] as const) {
    await pool.query(
      `insert into portals (ns_tenths, ew_tenths, name, ew, ns, z, discovered_by, discovered_at, seen_at)
       select 0, $1::int, 'gate ' || $1::int, $1::int / 10.0, 0, null, id, ('2026-06-20 ' || $2)::timestamptz,
         now() from characters`,
      [ew, discovered],
    )
    await pool.query(
      `insert into portal_sightings (character_id, received_at, at, name, ew, ns)
       select id, ('2026-06-20 ' || $2)::timestamptz, now(), 'gate ' || $1::int, $1::int / 10.0, 0 from characters`,
      [ew, discovered],
    )
  }
})
afterAll(() => database[Symbol.asyncDispose]())

async function namesBy(first: number, at: Date | null, text: string | null = null) {
  const pages: (string | null)[][] = []
  let after: string | null = null
  for (;;) {
    const { rows, totalCount } = await listPortals(database.pool, { text, near: null }, at, { first, after })
    const { nodes, pageInfo }: ReturnType<typeof connection<PortalRow, (string | number)[]>> = connection(
      rows,
      { first, after },
      (row) => [row.discoveredAt, row.nsTenths, row.ewTenths],
    )
    pages.push(nodes.map(({ name }) => name))
    if (!pageInfo.hasNextPage) return { names: pages.flat(), totalCount }
    after = pageInfo.endCursor
  }
}

describe.each([
  ['now', null],
  ['a moment', AT],
] as const)('portals of %s', (_, at) => {
  it('are listed page by page, newest discovery first, each once', async () => {
    const all = ['gate 50', 'gate 40', 'gate 30', 'gate 20', 'gate 10']
    for (const first of [1, 2, 3, 10]) expect(await namesBy(first, at)).toEqual({ names: all, totalCount: 5 })
  })

  it('are searched by a part of their name', async () => {
    expect(await namesBy(10, at, 'GATE 2')).toEqual({ names: ['gate 20'], totalCount: 1 })
  })
})
