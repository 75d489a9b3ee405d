import { describe, expect, it } from 'vitest'
import { ITEM_SLOTS } from '../../../shared/world/dereth/item-slots.ts'
import { glyphOf, glyphs, slotGlyph } from './glyphs.ts'
import { readable, sortSpells, spellNote } from './item-facts.ts'
import { rawFacts } from './raw-facts.ts'
import { stayPlace } from './stay-place.ts'
import { placeTip } from './tip-place.ts'

describe('glyphs', () => {
  it('there is one for every class, known or not, and for every slot', () => {
    for (let objectClass = -1; objectClass < 60; objectClass++) expect(glyphs[glyphOf(objectClass, [])]).toBeDefined()
    for (const slot of ITEM_SLOTS) expect(glyphs[slotGlyph[slot]]).toBeDefined()
    expect(glyphOf(999, [])).toBe('unknown')
  })
  it('show worn things by where they are worn', () => {
    expect(glyphOf(2, ['UPPER_ARMS', 'CHEST'])).toBe('cuirass')
    expect(glyphOf(2, ['UPPER_LEGS', 'LOWER_LEGS'])).toBe('leggings')
    expect(glyphOf(4, ['LEFT_FINGER', 'RIGHT_FINGER'])).toBe('ring')
  })
})

describe('the facts of an item', () => {
  const spell = (name: string, tier: 'LEGENDARY' | 'EPIC' | null, level: number | null, familyName: string | null) => ({
    spellId: 1,
    name,
    tier,
    level,
    familyName,
    school: null,
    active: false,
  })
  it('adds to a spell only what its name leaves out', () => {
    expect(spellNote(spell('Legendary Strength', 'LEGENDARY', null, 'Strength'))).toBe('')
    expect(spellNote(spell("Brogard's Defiance", null, 7, 'Impenetrability'))).toBe('Impenetrability · level 7')
    expect(spellNote(spell('9999', null, null, null))).toBe('unknown spell')
  })
  it('lists cantrips before spells, the strongest first', () => {
    const spells = [spell('B', null, 7, 'x'), spell('E', 'EPIC', null, 'x'), spell('A', 'LEGENDARY', null, 'x')]
    expect(sortSpells(spells).map(({ name }) => name)).toEqual(['A', 'E', 'B'])
  })
  it('reads flags as words, and bags as they were sent', () => {
    expect(readable('CRITICAL_STRIKE')).toBe('Critical strike')
    expect(rawFacts({ intValues: { 5: 640 }, doubleValues: {}, boolValues: null, stringValues: { 1: 'a' } })).toEqual([
      ['int', '5', '640'],
      ['text', '1', 'a'],
    ])
  })
  it('says where it lay: worn, in the main pack, in a pack by name or by id', () => {
    const at = (containerId: number | null, names?: Map<number, string>) =>
      stayPlace({ containerId, wornAt: [] }, names)
    expect(stayPlace({ containerId: 0, wornAt: ['HEAD'] })).toBe('worn: head')
    expect([at(0), at(null), at(0x50000001)]).toEqual(['main pack', 'main pack', 'main pack'])
    expect(at(0x80000005)).toBe('pack 2147483653')
    expect(at(0x80000005, new Map([[0x80000005, 'Sack']]))).toBe('Sack')
  })
})

describe('a tooltip', () => {
  const page = { w: 1000, h: 800 }
  const tip = { w: 300, h: 400 }
  it('stands beside what it is about and within the page', () => {
    expect(placeTip({ left: 100, right: 150, top: 50, bottom: 80 }, tip, page)).toEqual({ left: 158, top: 50 })
    expect(placeTip({ left: 800, right: 990, top: 700, bottom: 720 }, tip, page)).toEqual({ left: 492, top: 392 })
    expect(placeTip({ left: 10, right: 380, top: 60, bottom: 90 }, tip, { w: 390, h: 844 })).toEqual({
      left: 10,
      top: 98,
    })
  })
})
