// Needs a database that offers TimescaleDB: TIMESCALE_URL=postgres://… E2E=1 npx vitest run tests/e2e/retention
import { describe, expect, it } from 'vitest'
import { readDialect } from '../../../shared/db/dialect/choose.ts'
import { migrate } from '../../../shared/db/migrate.ts'
import { openPool } from '../../../shared/db/pool.ts'
import { retain } from '../../../shared/db/retention/retain.ts'
import { DEFAULT_DAYS } from '../../../shared/db/retention/periods.ts'

const url = process.env['TIMESCALE_URL']
if (!url) console.log('No TIMESCALE_URL: the tests of hypertables are left out (skipped).')

describe.skipIf(!url)('an empty database that offers TimescaleDB', () => {
  it('[RET1] gets hypertables, and loses chunks past their time', async () => {
    const pool = openPool(url!, { name: 'test', max: 4 })
    await migrate(pool)
    expect((await readDialect(pool)).name).toBe('timescale')
    await pool.query(
      `insert into telemetry (character_id, received_at, at, ew, ns)
       select 1, t, t, 1, 1 from generate_series(now() - interval '9 days', now(), interval '1 hour') t`,
    )
    expect((await retain(pool, { ...DEFAULT_DAYS, telemetry: 5 }, new Date())).length).toBeGreaterThanOrEqual(3)
    const { rows } = await pool.query<{ oldest: string }>('select min(received_at) as oldest from telemetry')
    expect(Date.now() - Date.parse(rows[0]!.oldest)).toBeLessThan(6 * 86_400_000)
    await pool.end()
  })
})
