import { describe, expect, it } from 'vitest'
import { manaList } from './mana.ts'
import { BODY, MAIN, packOf, packsFrom, type Placed, sortIntoPacks } from './packs.ts'

const thing = (gameId: number, part: Partial<Placed> = {}): Placed => ({
  gameId,
  objectClass: 2,
  containerId: 0x50000001,
  equipped: false,
  wornAt: [],
  name: `thing ${gameId}`,
  capacity: null,
  burden: 10,
  ...part,
})
const pack = (gameId: number, capacity: number | null) =>
  thing(gameId, { objectClass: 10, capacity, name: 'Sack', burden: 65 })

describe('packs', () => {
  const held = [
    pack(9, 4),
    thing(1, { equipped: true, wornAt: ['HEAD'] }),
    thing(2),
    thing(3, { containerId: 9 }),
    thing(4, { containerId: 77 }),
    thing(5, { containerId: null }),
  ]
  it('hold what lies in them; what names a pack that is not there lies in the main pack', () => {
    const ids = [...sortIntoPacks(held)].map(([id, items]) => [id, items.map((item) => item.gameId)])
    expect(ids).toEqual([
      [BODY, [1]],
      [MAIN, [2, 4, 5]],
      ['9', [3]],
    ])
  })
  it('are counted from items alone where nothing else is kept, full as far as the pack says what fits', () => {
    const [body, main, sack] = packsFrom(held)
    expect([body!.itemCount, main!.itemCount, sack!.itemCount]).toEqual([1, 3, 1])
    expect([body!.fill, main!.fill, sack!.fill]).toEqual([null, null, 0.25])
    expect(packsFrom([pack(9, null)])[2]!.fill).toBeNull()
  })
  it('show where an item is, a pack as itself', () => {
    expect([1, 2, 3, 9, 12].map((id) => packOf(held, id))).toEqual([BODY, MAIN, '9', '9', null])
  })
})

describe('the mana list', () => {
  const fed = (name: string, current: number | null, secondsLeft: number | null, equipped = true) => ({
    name,
    equipped,
    mana: { current, max: 100, secondsLeft },
  })
  it('names worn pieces that hold mana: what runs out first, then those of unknown rate, the emptiest first', () => {
    const items = [
      fed('slow', 90, 9000),
      fed('unknown full', 100, null),
      fed('fast', 90, 60),
      fed('carried', 1, 1, false),
      fed('unknown empty', null, null),
      { name: 'plain', equipped: true, mana: null },
    ]
    expect(manaList(items).map(({ name }) => name)).toEqual(['fast', 'slow', 'unknown empty', 'unknown full'])
  })
})
