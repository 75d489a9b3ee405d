import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { alertCondition, privateMessageCondition, type Condition } from './conditions.ts'
import { privacyOf, type Privacy, type UnownedTells } from './privacy.ts'
import { rowRules } from './row-rules.ts'
import { aViewer, settingsOf } from './testing/viewers.ts'

const guild = settingsOf({
  Mine: { owner: 'me', placeShown: 'HIDDEN' },
  Yours: { owner: 'you', placeShown: 'BLURRED' },
  Open: { owner: 'you', placeShown: 'EXACT' },
})
const NAMES = ['Mine', 'Yours', 'Open', 'Nobodys']
const viewers = (['viewer', 'operator', 'admin'] as const).flatMap((role) =>
  ['me', 'else'].flatMap((id) =>
    (['admins', 'everybody'] as UnownedTells[]).map(
      (unowned) => [`${role} ${id} ${unowned}`, privacyOf(aViewer(role, { id }), guild, unowned)] as const,
    ),
  ),
)

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

/** The rows of a list that the condition leaves. */
async function left<R>(rows: readonly R[], { text, values }: Condition): Promise<R[]> {
  const { rows: kept } = await database.pool.query<{ at: number }>(
    `select n::int - 1 as at from jsonb_array_elements($1) with ordinality r (row, n)
     cross join lateral (
       select row ->> 'character' as name, row ->> 'channel' as channel, row -> 'details' as details
     ) c
     where $2::text is null and ${text} order by n`,
    [JSON.stringify(rows), null, ...values],
  )
  return kept.map(({ at }) => rows[at]!)
}

describe('conditions leave the same rows as the rules', () => {
  const lines = NAMES.flatMap((character) => ['TELL', 'SAY'].map((channel) => ({ character, channel })))
  const alerts = [...NAMES, null].flatMap((character) =>
    [
      {},
      { channel: 'TELL' },
      { channel: 'SAY' },
      { field: 'Z' },
      { field: 'KILLS' },
      { channel: 'TELL', field: 'EW' },
    ].map((details) => ({ character, details })),
  )
  it.each(viewers)('private messages: %s', async (_, privacy: Privacy) => {
    const condition = privateMessageCondition(privacy, { channel: 'c.channel', character: 'c.name' }, 3)
    expect(await left(lines, condition)).toEqual(lines.filter((line) => rowRules.privateMessage(privacy, line)))
  })
  it.each(viewers)('alerts: %s', async (_, privacy: Privacy) => {
    const condition = alertCondition(privacy, { details: 'c.details', character: 'c.name' }, 3)
    expect(await left(alerts, condition)).toEqual(alerts.filter((alert) => rowRules.alert(privacy, alert)))
  })

  it('ask nothing of the database for admins', () => {
    const admin = privacyOf(aViewer('admin'), guild, 'admins')
    expect(privateMessageCondition(admin, { channel: 'c', character: 'n' }, 1).values).toEqual([null, null])
    expect(alertCondition(admin, { details: 'd', character: 'n' }, 1).values).toEqual([
      null,
      ['EW', 'NS', 'Z'],
      null,
      null,
    ])
  })
})
