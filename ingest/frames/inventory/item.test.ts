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

describe('an item’s figures', () => {
  const spellings = [
    ['Icon', 'icon', '218103809', 'icon'],
    ['StackCount', 'stack_count', '218103814', 'stack'],
    ['Value', 'value', '19', 'value'],
    ['Burden', 'burden', '5', 'burden'],
    ['ArmorLevel', 'armor_level', '28', 'armorLevel'],
    ['Tinks', 'tinks', '171', 'tinks'],
    ['Material', 'material', '131', 'material'],
    ['ItemSet', 'item_set', '265', 'setId'],
  ] as const
  it.each(spellings)('[INV12] %s is read under both spellings, and from its bag first', (pascal, snake, key, field) => {
    for (const raw of [{ [pascal]: 7 }, { [snake]: 7 }, { [pascal]: 3, IntValues: { [key]: 7 } }])
      expect(read({ Id: 1, ...raw }).item).toMatchObject({ [field]: 7 })
    expect(read({ Id: 1, [pascal]: 0 }).item).toMatchObject({ [field]: 0 })
    expect(read({ Id: 1 }).item).toMatchObject({ [field]: null })
  })
  it.each(spellings)(
    '[INV9] %s that is not understood is none, and counted by its name',
    (pascal, snake, key, field) => {
      expect(read({ Id: 1, [pascal]: {} })).toMatchObject({ item: { [field]: null }, dropped: [`item/${pascal}`] })
      expect(read({ Id: 1, [snake]: [] })).toMatchObject({ item: { [field]: null }, dropped: [`item/${pascal}`] })
      expect(read({ Id: 1, IntValues: { [key]: 2 ** 40 } })).toMatchObject({
        item: { [field]: null },
        dropped: ['item/IntValues/*'],
      })
    },
  )

  it.each([
    [{ Workmanship: 6.5 }, 6.5],
    [{ workmanship: 6.5 }, 6.5],
    [{ Workmanship: 1, IntValues: { 105: 6 } }, 6],
    [{ IntValues: { 105: 6 }, DoubleValues: { 167772169: 6.25 } }, 6.25],
    [{ Workmanship: 1_000 }, 1_000],
    [{ Workmanship: 1e-38 }, 0],
    [{ Workmanship: 1e-37 }, 1e-37],
    [{ Workmanship: -1 }, null],
  ])('workmanship of %j is %s', (raw, workmanship) => {
    expect(read({ Id: 1, ...raw })).toMatchObject({ item: { workmanship }, dropped: [] })
  })
  it.each([
    [{ Workmanship: 1_000.5 }, 'item/Workmanship'],
    [{ IntValues: { 105: 1_001 } }, 'item/IntValues/*'],
    [{ DoubleValues: { 167772169: 1e9 } }, 'item/DoubleValues/*'],
    [{ Workmanship: 'fine' }, 'item/Workmanship'],
  ])('[INV9] workmanship of %j is none, and counted', (raw, dropped) => {
    expect(read({ Id: 1, ...raw })).toMatchObject({ item: { workmanship: null }, dropped: [dropped] })
  })

  it.each([
    ['Name', 7, 'item/Name'],
    ['ObjectClass', 'Spoon Rest', 'item/ObjectClass'],
    ['ContainerId', 1.5, 'item/ContainerId'],
    ['CurrentWieldedLocation', 'somewhere', 'item/CurrentWieldedLocation'],
    ['HasIdData', 'perhaps', 'item/HasIdData'],
    ['Spells', 'none', 'item/Spells'],
    ['ActiveSpells', 'none', 'item/ActiveSpells'],
  ])('[INV9] %s that is not understood is counted by its name', (name, value, dropped) => {
    expect(read({ Id: 1, [name]: value }).dropped).toEqual([dropped])
  })

  it('has an id, or is none', () => {
    expect(read({ Id: 'x' }).item).toEqual({ reason: 'has no usable id' })
    expect(read('text').item).toEqual({ reason: 'is no object' })
  })

  it.each(['Spells', 'ActiveSpells'])('%s are read under both spellings', (name) => {
    const snake = name === 'Spells' ? 'spells' : 'active_spells'
    const field = name === 'Spells' ? 'spells' : 'activeSpells'
    expect(read({ Id: 1, [name]: [1] }).item).toMatchObject({ [field]: [1] })
    expect(read({ Id: 1, [snake]: [2] }).item).toMatchObject({ [field]: [2] })
    expect(read({ Id: 1 }).item).toMatchObject({ [field]: null })
  })
})

it('[SOC13] leaves out a bag with more values than any item has, counts it, and keeps the item', () => {
  const many = Object.fromEntries(Array.from({ length: 4_097 }, (_, n) => [n, n]))
  const left = new Left()
  const item = readItem({ Id: -5, IntValues: many, Spells: Object.keys(many), DoubleValues: { 5: 1.5 } }, left)
  expect(item).toMatchObject({ intValues: null, spells: null, doubleValues: { 5: 1.5 } })
  expect(left.dropped).toEqual(['item/IntValues', 'item/Spells'])
})
