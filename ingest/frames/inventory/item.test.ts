import { describe, expect, it } from 'vitest'
import { Left } from '../../../shared/contract/left.ts'
import { readItem } from './item.ts'

const read = (raw: unknown) => {
  const left = new Left()
  const item = readItem(raw, left)
  return { item, dropped: left.dropped, unknown: left.unknownNames }
}

describe('an item’s fields', () => {
  it('[INV12] are understood beside the bags, in numbers or in words', () => {
    const words = {
      Material: 'Gold',
      ItemSet: "Soldier's Set",
      ObjectClass: 'Armor',
      Value: '21,345',
      HasIdData: 'True',
    }
    const figures = { DamRating: 2, crit_dam_rating: '1', MaxDamage: -1, EquipSkill: '', Imbue: 'CS AR' }
    expect(read({ Id: 1, ...words, ...figures })).toMatchObject({
      item: {
        material: 60,
        setId: 13,
        objectClass: 2,
        value: 21_345,
        appraised: true,
        intValues: { 370: 2, 374: 1, 179: 5 },
      },
      dropped: [],
      unknown: [],
    })
    expect(read({ Id: 1, item_set: "soldier's", material: 57 })).toMatchObject({ item: { setId: 13, material: 57 } })
  })
  it('[INV12] are overruled by the bags', () => {
    const raw = { Id: 1, Material: 'Gold', DamRating: 2, Mastery: 'Sword', IntValues: { 131: 57, 353: 2, 370: 3 } }
    expect(read(raw)).toMatchObject({ item: { material: 57, intValues: raw.IntValues }, dropped: [], unknown: [] })
  })
  it('[INV12] that are unknown are reported, those the plugin computes are not', () => {
    const computed = {
      TotalRating: 3,
      CalcedBuffedTinkedDoT: 1.5,
      BuffedAttackBonus: 1,
      buffed_mana_c_bonus: 1,
      MagicDBonus: 1,
    }
    expect(read({ Id: 1, BrandNewKey: 1, ...computed })).toMatchObject({ dropped: [], unknown: ['item/BrandNewKey'] })
    expect(read({ Id: 1, ...computed })).toMatchObject({ unknown: [] })
  })
  it('[INV9] [FRM5] that cannot be read are left out and reported', () => {
    const bags = {
      IntValues: { 131: 'Gold', 19: '1,234', 5: 1e12 },
      DoubleValues: { 144: 'NaN', 29: '1,5' },
      BoolValues: { 22: 'True', 23: 'perhaps' },
      StringValues: [],
      Spells: [6105, 'x'],
    }
    expect(read({ Id: 1, Value: 'lots', Burden: -1, Material: 'Cheese', Mastery: 'Sword', ...bags })).toEqual({
      item: expect.objectContaining({
        material: null,
        value: 1234,
        burden: null,
        intValues: { 19: 1234, 5: 1e12 },
        doubleValues: { 29: 1.5 },
        boolValues: { 22: true },
        stringValues: null,
        spells: [6105],
      }) as unknown,
      dropped: [
        'item/IntValues/*',
        'item/Mastery',
        'item/DoubleValues/*',
        'item/StringValues',
        'item/Material',
        'item/BoolValues/*',
        'item/Spells/*',
      ],
      unknown: [],
    })
  })
})
