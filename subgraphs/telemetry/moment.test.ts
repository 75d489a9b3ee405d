import { describe, expect, it } from 'vitest'
import { loaderAt, momentOf, type Moment } from './moment.ts'

describe('rows as of a moment', () => {
  it('are read in one statement for each moment, now among them, and given to who asked', async () => {
    const reads: [readonly string[], Moment][] = []
    const load = loaderAt((names, at) => {
      reads.push([names, at])
      return Promise.resolve(names.filter((name) => name !== 'Nobody').map((character) => ({ character, at })))
    })
    const at = momentOf('2026-06-01T14:00:00+02:00')
    const rows = await Promise.all([
      load.load({ name: 'A', at: null }),
      load.load({ name: 'A', at }),
      load.load({ name: 'B', at: momentOf(new Date('2026-06-01T12:00:00Z')) }),
      load.load({ name: 'Nobody', at }),
      load.load({ name: 'A', at }),
    ])
    expect(rows).toEqual([
      { character: 'A', at: null },
      { character: 'A', at },
      { character: 'B', at },
      null,
      { character: 'A', at },
    ])
    expect(reads).toEqual([
      [['A'], null],
      [['A', 'B', 'Nobody'], '2026-06-01T12:00:00.000Z'],
    ])
  })

  it.each([null, undefined])('of %s are those of now', (at) => {
    expect(momentOf(at)).toBeNull()
  })
})
