import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { alertCondition, nearCondition, privateMessageCondition, type Condition } from './conditions.ts'
import { roughly } from './place.ts'
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
       select row ->> 'character' as name, row ->> 'channel' as channel, row -> 'details' as details,
         (row ->> 'ew')::float8 as ew, (row ->> 'ns')::float8 as ns
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

  it.each(viewers)('places within a circle, as they are shown: %s', async (_, privacy: Privacy) => {
    const places = [...NAMES, null].flatMap((character) =>
      [10, 10.4, 10.6, 11.5].map((ew) => ({ character, ew, ns: -5.4 })),
    )
    const near = { ew: 10, ns: -5, distance: 0.45 }
    const isNear = ({ character, ew, ns }: (typeof places)[number]) => {
      if (character === null || !rowRules.place(privacy, { character })) return false
      const shown = privacy.placeOf(character) === 'BLURRED' ? (roughly({ ew, ns }) as typeof near) : { ew, ns }
      return (shown.ew - near.ew) ** 2 + (shown.ns - near.ns) ** 2 <= near.distance ** 2
    }
    const columns = { ew: 'c.ew', ns: 'c.ns', character: 'c.name' }
    expect(await left(places, nearCondition(privacy, near, columns, 3))).toEqual(places.filter(isNear))
    expect(await left(places, nearCondition(privacy, null, columns, 3))).toEqual(places)
  })

  it('find nobody by place while the settings are not known', async () => {
    const unknown = privacyOf(aViewer('viewer'), settingsOf(null), 'everybody')
    const columns = { ew: 'c.ew', ns: 'c.ns', character: 'c.name' }
    const condition = nearCondition(unknown, { ew: 0, ns: 0, distance: 9 }, columns, 3)
    expect(await left([{ character: 'Open', ew: 0, ns: 0 }], condition)).toEqual([])
  })

  it('ask nothing of the database for admins', () => {
    const admin = privacyOf(aViewer('admin'), guild, 'admins')
    expect(privateMessageCondition(admin, { channel: 'c', character: 'n' }, 1).values).toEqual([null, null])
    expect(alertCondition(admin, { details: 'd', character: 'n' }, 1).values).toEqual([
      null,
      ['EW', 'NS', 'Z', 'AREA'],
      null,
      null,
    ])
  })
})
