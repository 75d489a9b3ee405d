import { describe, expect, it } from 'vitest'
import { itemFrame, itemOf, signed, type Item } from './item.ts'

const nothing = {
  name: null,
  objectClass: null,
  icon: null,
  containerId: null,
  wieldedLocation: null,
  stack: null,
  value: null,
  burden: null,
  armorLevel: null,
  workmanship: null,
  material: null,
  setId: null,
  tinks: null,
}
const bags = {
  intValues: {},
  doubleValues: {},
  boolValues: {},
  stringValues: {},
  spells: [],
  activeSpells: [],
  objectClassName: null,
  materialName: null,
  setName: null,
  slots: [],
  baseArmorLevel: null,
  boundSpells: [],
}
const anItem = (given: Partial<Item>): Item => ({
  gameId: 5,
  ...nothing,
  ...bags,
  appraised: false,
  changedAt: '2026-06-20T18:00:00.000Z',
  ...given,
})

describe('items in the original’s words', () => {
  it('leave out what an item does not have; -1 is not having it', () => {
    expect(itemOf(anItem({ armorLevel: -1, intValues: { 374: -1, 370: 2 } }))).toEqual({
      item_id: 5,
      current_wielded_location: 0,
      damage_rating: 2,
      has_id_data: false,
      spell_names: [],
      spells: [],
      active_spells: [],
      last_updated: '2026-06-20T18:00:00+00:00',
    })
  })

  it('tell a level to wield from a skill to wield', () => {
    expect(itemOf(anItem({ intValues: { 158: 7, 159: 1, 160: 180 } }))).toMatchObject({ wield_level: 180 })
    const bySkill = itemOf(anItem({ intValues: { 158: 2, 159: 44, 160: 420 } }))
    expect(bySkill).toMatchObject({ skill_level: 420 })
    expect(bySkill).not.toHaveProperty('wield_level')
  })

  it('count ids with a sign, as the plugin does, where its own shape is kept', () => {
    expect([signed(2147665165), signed(1342177283)]).toEqual([-2147302131, 1342177283])
    expect(itemFrame(anItem({ gameId: 2147665165, containerId: 4294967295 }))).toMatchObject({
      Id: -2147302131,
      ContainerId: -1,
    })
  })
})
