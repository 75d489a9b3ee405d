import type { GraphQLObjectType } from 'graphql'
import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { placeResolver, roughly } from './place.ts'
import { privacyOf } from './privacy.ts'
import { aViewer, settingsOf } from './testing/viewers.ts'

const guild = settingsOf({
  Blurred: { owner: 'you', placeShown: 'BLURRED' },
  Hidden: { owner: 'you', placeShown: 'HIDDEN' },
  Mine: { owner: 'me', placeShown: 'HIDDEN' },
})
const privacy = privacyOf(aViewer('operator'), guild, 'admins')
const schema = buildSchema(`
  type Query { number: Float list: [Float!]! gaps: [Float]! maybe: [Float] objects: [Query!]! object: Query }
`)
const typeOf = (field: string) => (schema.getType('Query') as GraphQLObjectType).getFields()[field]!.astNode!.type

/** What a field shows of a value, for a character with an exact, blurred or hidden place, and for the viewer's own. */
function shown(field: string, value: unknown, rough: boolean): unknown[] {
  const resolve = placeResolver(() => value, { of: 'who', rough }, typeOf(field))
  return ['Open', 'Blurred', 'Hidden', 'Mine'].map((who) => resolve({ who }, {}, { privacy }, {} as never))
}

describe('place', () => {
  it('a number is whole map units while blurred if it is rough, and nothing otherwise', () => {
    expect(shown('number', 12.6, true)).toEqual([12.6, 13, null, 12.6])
    expect(shown('number', 12.6, false)).toEqual([12.6, null, null, 12.6])
    expect(shown('number', null, true)).toEqual([null, null, null, null])
  })

  it('a list that must be there is empty while hidden, and another is null', () => {
    expect(shown('list', [1.4, -1.6], true)).toEqual([[1.4, -1.6], [1, -2], [], [1.4, -1.6]])
    expect(shown('list', [1.4], false)).toEqual([[1.4], [], [], [1.4]])
    expect(shown('maybe', [1.4], true)).toEqual([[1.4], [1], null, [1.4]])
  })

  it('a list beside others keeps its length while blurred, where its entries may be nothing', () => {
    expect(shown('gaps', [1.4, null, 2], false)).toEqual([[1.4, null, 2], [null, null, null], [], [1.4, null, 2]])
    expect(shown('gaps', [1.4, null], true)).toEqual([[1.4, null], [1, null], [], [1.4, null]])
  })

  it('of an object the coordinates are rounded, and more precise fields are removed', () => {
    const place = { ew: 1.4, ns: -0.4, z: 3, heading: 90, landCell: 7, at: 'now' }
    const rough = { ew: 1, ns: 0, z: null, heading: null, landCell: null, at: 'now' }
    expect(shown('object', place, true)).toEqual([place, rough, null, place])
    expect(shown('objects', [place], true)).toEqual([[place], [rough], [], [place]])
    expect(roughly({ ew: 1.5, ns: 2 })).toEqual({ ew: 2, ns: 2 })
  })

  it('what is still to come is made rough when it is there', async () => {
    expect(await Promise.all(shown('number', Promise.resolve(1.6), true))).toEqual([1.6, 2, null, 1.6])
  })

  it('a hidden place is not even looked up', () => {
    const resolve = placeResolver(() => expect.fail('looked up'), { of: 'who', rough: true }, typeOf('number'))
    expect(resolve({ who: 'Hidden' }, {}, { privacy }, {} as never)).toBeNull()
  })

  it('hands on the very same value of a place that is exact', () => {
    const points = [{ ew: 1, ns: 2 }]
    expect(shown('objects', points, true)[0]).toBe(points)
  })

  it('is never minus zero, and nothing of what has no place', () => {
    expect(Object.is(roughly(-0.4), 0)).toBe(true)
    expect([roughly('somewhere'), roughly(undefined), roughly(null)]).toEqual([null, null, null])
  })
})
