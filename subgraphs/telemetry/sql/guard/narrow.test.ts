import { loadModule } from 'libpg-query'
import { beforeAll, describe, expect, it } from 'vitest'
import { guard } from './guard.ts'

beforeAll(() => loadModule())

/** What a statement is run as, in one line. */
function run(statement: string): string {
  const guarded = guard(statement)
  if (!guarded.ok) throw new Error(guarded.reason)
  return guarded.sql.replaceAll(/\s+/g, ' ')
}
const since = (moment: string) => `block_from >= date_trunc('hour', ${moment})`

describe('a condition on when frames were received', () => {
  it.each([
    ["received_at >= '2026-01-01'", `${since("'2026-01-01'::timestamptz")}`],
    ["'2026-01-01' < received_at and vitae > 0", `${since("'2026-01-01'::timestamptz")} AND vitae > 0`],
    ["vitals.received_at < '2026-01-02'", "vitals.block_from <= '2026-01-02'::timestamptz"],
    ["received_at between '2026-01-01' and '2026-01-02'", "block_from <= '2026-01-02'::timestamptz"],
    ['received_at = now()', 'block_from <= (now())::timestamptz'],
  ])('[PAK4] leaves blocks of other hours unread: %s', (condition, added) => {
    expect(run(`select count(*) from vitals where ${condition}`)).toContain(` AND ${added}`)
    const [ofTelemetry, addedOfTelemetry] = [condition, added].map((text) => text.replaceAll('vitals', 'telemetry'))
    expect(run(`select count(*) from telemetry where ${ofTelemetry!.replace('vitae', 'kills')}`)).toContain(
      ` AND ${addedOfTelemetry!.replace('vitae', 'kills')}`,
    )
  })

  it('[PAK4] does so in ON, in WITH, in a subquery and on each side of a union', () => {
    const condition = "v.received_at > now() - interval '1 day'"
    const added = "AND v.block_from >= date_trunc('hour', CAST(now() - '1 day'::interval AS timestamptz))"
    for (const statement of [
      `select 1 from characters c left join vitals v on v.character = c.character and ${condition}`,
      `with recent as (select * from vitals v where ${condition}) select count(*) from recent`,
      `select (select max(v.vitae) from vitals v where ${condition})`,
      `select 1 union all select 2 from vitals v where ${condition}`,
    ])
      expect(run(statement)).toContain(added)
  })

  it.each([
    "select 1 from vitals where received_at > '2026-01-01' or vitae > 0",
    'select 1 from vitals where not received_at > now()',
    'select 1 from vitals a join vitals b on a.received_at > b.received_at',
    'select 1 from vitals where received_at > (select max(received_at) from telemetry)',
    'select 1 from chat where received_at > now()',
    "select 1 from (select character, now() as received_at from vitals) v where v.received_at > '2026-01-01'",
    'select 1 from vitals v (who, since, received_at) where v.received_at > now()',
    'select 1 from vitals v, alerts a where received_at > now()',
  ])('[PAK4] is left as it is where it says nothing of blocks, or of other rows: %s', (statement) => {
    expect(run(statement)).not.toContain('block_from')
  })
})
