import { describe, expect, it } from 'vitest'
import { equipmentSets, setId, setKind, setName } from './equipment-sets.ts'
import { baseFigure } from './enchantments.ts'
import { damageTypesOf, imbueMask, imbuesOf } from './item-flags.ts'
import { maskOf, slotsOf, slotText } from './item-slots.ts'
import { materialId, materialName, materials } from './materials.ts'
import { skillName } from './skills.ts'
import { allSpells, familyName, spellOf, tierOfRank, tierRank } from './spells.ts'

describe('words for numbers of items', () => {
  it('[DEC3] name what is known, and show what is not as its number', () => {
    expect([materialName(60), materialName(0), materialName(78), materialName(-3)]).toEqual(['Gold', '0', '78', '-3'])
    expect([setName(14), setName(10), setName(141)]).toEqual(["Adept's Set", 'Arm, Mind, Heart Set', '141'])
    expect([skillName(44), skillName(99), familyName(261), familyName(160), familyName(987654)]).toEqual([
      'Heavy Weapons',
      '99',
      'Strength',
      'Impenetrability',
      '987654',
    ])
    expect([materialId('gold'), materialId('cheese'), setId("adept's set"), setId('')]).toEqual([60, null, 14, null])
    expect([materials.length, equipmentSets.length, allSpells().size]).toEqual([77, 140, 6266])
    expect([13, 29, 12, 35, 49, 91, 131, 40, 138, 500].map(setKind)).toEqual([
      'ARMOR',
      'ARMOR',
      'QUEST',
      'AETHERIA',
      'CLOAK',
      'SHADOW_ARMOR',
      'SOCIETY_JEWELRY',
      'RARE_ARMOR',
      'PARAGON_WEAPON',
      'OTHER',
    ])
  })

  it('read masks bit by bit, the highest too', () => {
    expect(slotsOf(0x40000000 + 0x200)).toEqual(['CHEST', 'RED_AETHERIA'])
    expect([slotsOf(null), slotsOf(0), slotsOf(0x80000000)]).toEqual([[], [], []])
    expect([maskOf(['RED_AETHERIA', 'HEAD', 'HEAD']), slotText(0x600), slotText(0x80000000)]).toEqual([
      0x40000001,
      'Chest, Abdomen',
      '2147483648',
    ])
    expect(imbuesOf(0x80000000 + 1)).toEqual(['CRITICAL_STRIKE', 'IGNORES_ARMOR'])
    expect([imbueMask(['IGNORES_ARMOR', 'FIRE_RENDING']), damageTypesOf(17)]).toEqual([2147484160, ['SLASH', 'FIRE']])
  })

  it('distinguish tiers of cantrips from other spells', () => {
    expect([spellOf(6105)?.tier, spellOf(2067)?.tier, spellOf(4407)?.level, spellOf(-1)]).toEqual([
      'LEGENDARY',
      null,
      8,
      null,
    ])
    expect([tierRank('LEGENDARY'), tierOfRank(1), tierOfRank(9)]).toEqual([8, 'FEEBLE', null])
  })

  it('[DEC2] take spells upon an item off and put its own cantrips on, of each family the best', () => {
    expect(baseFigure('armorLevel', 732, [4407, 6095], [6095])).toBe(492)
    expect(baseFigure('armorLevel', 300, [], [6095])).toBe(380)
    expect(baseFigure('armorLevel', 100, [1492], [])).toBe(300)
    expect(baseFigure('maxDamage', 67, [4395, 2096, 6089], [6089])).toBe(43)
    expect(baseFigure('meleeDefense', 1.37, [4400], [])).toBe(1.17)
    expect(baseFigure('maxDamage', null, [4395], [])).toBeNull()
    // Mukkir Sense and Mukkir's Ferocity: the best of their families upon an item count, so a Major Defender beside it.
    expect(baseFigure('meleeDefense', 1.24, [3985], [])).toBe(1.2)
    expect(baseFigure('meleeDefense', 1.25, [3985, 2588], [])).toBe(1.2)
    expect(baseFigure('attackBonus', 1.04, [3984, 3985], [])).toBe(1)
  })

  it.each([
    ['maxDamage', 10, [2598, 2586, 4661, 6089]],
    ['meleeDefense', 1, [2600, 2588, 4663, 6091]],
    ['attackBonus', 1, [2603, 2591, 4666, 6094]],
    ['armorLevel', 100, [2604, 2592, 4667, 6095]],
    ['elementalDamage', 1, [3251, 3250, 4670, 6098]],
  ] as const)('[DEC2] know every cantrip of the family that changes %s', (figure, value, cantrips) => {
    const bases = cantrips.map((id) => baseFigure(figure, value, [id], [])!)
    expect(bases).toEqual([...bases].sort((a, b) => b - a))
    expect(new Set([value, ...bases]).size).toBe(5)
  })
})
