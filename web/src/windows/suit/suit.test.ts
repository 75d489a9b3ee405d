import { describe, expect, it } from 'vitest'
import type { SpellTier, SuitPlace } from '../../generated/types.ts'
import { fittingChoices } from '../../ui/choice.ts'
import { conflictAnswers, conflictHeading } from './conflict-words.ts'
import { gainText } from './gain-words.ts'
import { ratingHint } from './presets.ts'
import { shoppingText } from './shopping-list.ts'
import { addFamilies, familiesOf, spellLists } from './spell-lists.ts'
import { type Piece, type Suit, pickupsOf, slotsOfPieces } from './suit.ts'
import { differenceOf, totalsOf } from './suit-totals.ts'
import { allSpells, familyName } from '../../../../shared/world/dereth/spells.ts'
import {
  type Wishes,
  anySuit,
  inputOf,
  jointInputOf,
  keptWishes,
  readWishes,
  withExclusion,
  withLock,
  without,
} from './wishes.ts'

const NO_RATINGS = {
  damage: null,
  damageResist: null,
  crit: null,
  critResist: null,
  critDamage: null,
  critDamageResist: null,
  healBoost: null,
  vitality: null,
}
interface Received {
  owner?: string
  armor?: number
  set?: number
  damage?: number
  spells?: [tier: SpellTier, family: string][]
  pack?: string | null
  tailored?: boolean
}
const piece = (
  id: string,
  places: SuitPlace[],
  { owner = 'Mule', armor = 0, set, damage, spells = [], pack = 'Main pack', tailored = false }: Received = {},
): Piece =>
  ({
    itemId: id,
    name: id,
    owner: { name: owner },
    places,
    tailored,
    points: 0,
    pack,
    item: {
      id,
      fullName: id,
      objectClass: 2,
      iconId: null,
      slots: [],
      tier: null,
      baseArmorLevel: armor,
      setId: set ?? null,
      setName: null,
      equipped: false,
      ratings: { ...NO_RATINGS, damage: damage ?? null },
      boundSpells: spells.map(([tier, familyName]) => ({ name: `${tier} ${familyName}`, tier, familyName })),
    },
  }) as unknown as Piece
const suit = (total: number, ...pieces: Piece[]): Suit => ({
  wearer: 'Me',
  pieces,
  score: { total, armor: 0, ratings: 0, pieces: 0, spells: 0, sets: 0, costs: 0 },
})
const wishes = (to: Partial<Wishes> = {}): Wishes => ({ ...anySuit(), ...to })
const focus = { family: 269, label: 'Focus', atLeast: 'MINOR', must: false } as const
const strength = { family: 261, label: 'Strength', atLeast: 'EPIC', must: true } as const

const helm = piece('Helm', ['HEAD'], { armor: 300, set: 14, spells: [['EPIC', 'Focus']] })
const coat = piece('Coat', ['CHEST', 'UPPER_ARMS'], {
  armor: 200,
  set: 14,
  damage: 2,
  owner: 'Bar',
  spells: [['MAJOR', 'Strength']],
})
const ring = piece('Ring', ['FINGER'], { set: 14, owner: 'Me', spells: [['LEGENDARY', 'Strength']] })

describe('a suit', () => {
  it('counts armor by part, sets by pieces of armor, and cantrips by the best that is strong enough', () => {
    const asked = wishes({ sets: [{ id: 14, pieces: 5 }], spells: [focus, strength] })
    const { armor, sets, spells, ratings } = totalsOf(suit(1, helm, coat), asked)
    expect(armor).toBe(700)
    expect(sets).toMatchObject([{ name: "Adept's Set", worn: 2, wanted: 5, points: 6 }])
    expect(spells.map(({ tier }) => tier)).toEqual(['EPIC', null])
    expect([...ratings]).toEqual([['DAMAGE', 2]])
    expect(totalsOf(suit(1, ring), asked)).toMatchObject({
      sets: [{ worn: 0 }],
      spells: [{ tier: null }, { tier: 'LEGENDARY' }],
    })
  })
  it('differs from another by pieces, points, armor, ratings and cantrips', () => {
    const { on, off, ...rest } = differenceOf(
      suit(10.1, helm, coat),
      suit(12.4, helm, ring),
      wishes({ spells: [focus, strength] }),
    )
    expect([on, off].map((list) => list.map(({ itemId }) => itemId))).toEqual([['Ring'], ['Coat']])
    expect(rest).toMatchObject({ points: 2.3, armor: -400, gained: ['Strength'], lost: [] })
    expect([...rest.ratings]).toEqual([['DAMAGE', -2]])
  })
  it('puts the first of two rings on the left hand', () => {
    const slots = slotsOfPieces([ring, piece('Second', ['FINGER']), coat])
    expect([...slots.values()]).toEqual([['LEFT_FINGER'], ['RIGHT_FINGER'], ['CHEST', 'UPPER_ARMS']])
  })
})

describe('what somebody types', () => {
  it.each([
    ["Adept's Set", ["Adept's Set"]],
    ['set ad', ["Adept's Set"]],
    ['dun', ['Al-Dunuiel']],
    ['al', ['Al-Dunuiel', "Bar'Al"]],
    ['x', []],
  ])('%s finds words by their beginnings, those at the front first', (typed, found) => {
    const choices = ["Bar'Al", 'Al-Dunuiel', "Adept's Set"].map((label) => ({ key: label, label }))
    expect(fittingChoices(typed, choices).map(({ label }) => label)).toEqual(found)
  })
})

describe('the shopping list', () => {
  it('names each character once, the one with most pieces first, and leaves out what the wearer has', () => {
    const pickups = pickupsOf(suit(1, coat, helm, ring, piece('Boots', ['FEET'], { pack: 'Body', tailored: true })))
    expect(shoppingText(pickups, 'Me')).toBe(
      [
        'Suit for Me: 3 pieces from 2 characters',
        '',
        'Mule: 2 pieces',
        '  - Helm (Main pack) → Head',
        '  - Boots (worn) → Feet, to be tailored',
        '',
        'Bar: 1 piece',
        '  - Coat (Main pack) → Chest, upper arms',
        '',
      ].join('\n'),
    )
  })
  it('names the wearer of each piece when there are several', () => {
    const text = shoppingText([{ character: 'Bar', things: [{ piece: coat, to: 'Me' }] }], 'Me, You')
    expect(text).toContain('  - Coat (Main pack) → Me: Chest, upper arms')
  })
})

describe('wishes', () => {
  it('are kept and read as they were; what somebody else kept is not read', () => {
    const some = wishes({
      sets: [{ id: 14, pieces: 5 }],
      spells: [strength],
      floors: { HEAD: 100 },
      weights: { armor: 2 },
      ratings: { CRIT: 3 },
      wearers: ['Me'],
    })
    expect(readWishes(JSON.parse(JSON.stringify(keptWishes(some))))).toEqual(some)
    expect(keptWishes(anySuit())).toEqual({})
    for (const bad of [
      { sets: 5 },
      { spells: [{ family: 'x' }] },
      { floors: { TAIL: 1 } },
      'no',
      { wearers: Array(6).fill('x') },
    ])
      expect(readWishes(bad)).toBeNull()
  })
  it('are asked of the graph without what says nothing; advice needs one wearer', () => {
    expect(inputOf(wishes(), 'Coldeve', 20)).not.toHaveProperty('wearer')
    expect(inputOf(wishes({ wearers: ['Me'] }), 'Coldeve', 20)).toMatchObject({
      server: 'Coldeve',
      wearer: 'Me',
      swaps: 20,
    })
    const joint = jointInputOf(wishes({ wearers: ['Me', 'You'] }), 'Coldeve')
    expect(joint.wearers).toEqual([{ wearer: 'Me' }, { wearer: 'You' }])
    for (const left of ['wearer', 'alternatives', 'swaps']) expect(joint.wishes).not.toHaveProperty(left)
  })
  it('that change one rating keep the others as the preset has them', () => {
    const { weights } = inputOf(wishes({ ratings: { CRIT: 99 } }), 'Coldeve')
    expect(weights!.ratings).toHaveLength(8)
    expect(weights!.ratings).toContainEqual({ rating: 'CRIT', points: [0], beyond: 99, onClothes: false })
    expect(ratingHint('DAMAGE_FIRST', 'VITALITY')).toBe('5')
    expect(ratingHint('PUBLISHED_SCORE', 'DAMAGE')).toBe('10/20/30 clothes')
  })
  it('have an item either locked or excluded or neither', () => {
    const locked = withLock(withExclusion(wishes(), { item: 'x', name: 'X' }), {
      item: 'x',
      name: 'X',
      places: ['HEAD'],
    })
    expect([locked.locked.length, locked.excluded.length]).toEqual([1, 0])
    const excluded = withExclusion(locked, { item: 'x', name: 'X' })
    expect([excluded.locked.length, excluded.excluded.length]).toEqual([0, 1])
    expect(without(excluded, 'x')).toEqual(wishes())
  })
  it('that ready-made lists add are families of cantrips that there are, each once', () => {
    const families = familiesOf(allSpells().values(), familyName)
    const known = new Set(families.map(({ family }) => family))
    for (const [, list] of spellLists) for (const family of list) expect(known).toContain(family)
    expect(addFamilies([strength], [strength, focus], 40).map(({ family }) => family)).toEqual([261, 269])
  })
  it('ask what hypothetical items would gain, only for a single wearer', () => {
    const supposed = [{ place: 'HEAD' as const, armor: 300, set: 14, spells: [strength], tier: 'EPIC' as const }]
    const one = inputOf(wishes({ wearers: ['Larsson'], supposed }), 'Coldeve')
    expect(one.hypothetical).toEqual([
      {
        name: "Head, Adept's Set, armor 300, epic Strength",
        places: ['HEAD'],
        armorLevel: 300,
        setId: 14,
        cantrips: [{ family: strength.family, tier: 'EPIC' }],
      },
    ])
    expect(inputOf(wishes({ wearers: ['Larsson', 'Mira'], supposed }), 'Coldeve').hypothetical).toBeUndefined()
    expect(readWishes(keptWishes(wishes({ supposed })))!.supposed).toEqual([
      { ...supposed[0], spells: [{ family: strength.family, label: 'Strength' }] },
    ])
  })
  it('that gain something say how sure that is', () => {
    const gain = { hypothetical: 0, name: 'Head', status: 'OPTIMAL', gain: 12, atMost: 12 } as const
    expect(gainText(gain)).toBe('Proved: no suit with it gains more.')
    expect(gainText({ ...gain, status: 'STOPPED', atMost: 15 })).toBe('Perhaps more, 15 at most: time was up.')
    expect(gainText({ ...gain, gain: 0, atMost: 0 })).toBe('Proved: no suit with it is better.')
    expect(gainText({ ...gain, gain: null, atMost: null, status: 'INFEASIBLE' })).toBe(
      'Even with it no suit meets all wishes.',
    )
  })
  it('of several wearers that ask for the same pieces differ from those of one', () => {
    const [single, shared] = [false, true].map((isShared) => ({
      wearer: 'Mira',
      isShared,
      isSmallest: true,
      demands: [],
    }))
    expect(conflictHeading([single!])).toBe('These do not go together:')
    expect(conflictHeading([shared!])).toMatch(/^Each could have a suit alone; /)
    expect(conflictHeading([{ ...single!, isSmallest: false }])).toContain('no time')
  })
  it('that cannot be met are said in words, each with a way out', () => {
    const asked = wishes({
      sets: [{ id: 14, pieces: 5 }],
      spells: [strength],
      floors: { UPPER_ARMS: 400 },
      locked: [{ item: 'Coldeve:1', name: 'Old Helm', places: [] }],
    })
    const nothing = {
      setId: null,
      pieces: null,
      family: null,
      familyName: null,
      atLeast: null,
      place: null,
      armor: null,
      item: null,
    }
    const demands = [
      { ...nothing, kind: 'SET', setId: 14, pieces: 5, candidateCount: 4 },
      {
        ...nothing,
        kind: 'SPELL',
        family: strength.family,
        familyName: 'Strength',
        atLeast: 'EPIC',
        candidateCount: 0,
      },
      { ...nothing, kind: 'FLOOR', place: 'UPPER_ARMS', armor: 400, candidateCount: 1 },
      { ...nothing, kind: 'LOCK', item: 'Coldeve:1', candidateCount: 1 },
    ] as const
    const answers = conflictAnswers([{ wearer: null, isShared: false, demands, isSmallest: true }], asked)
    expect(answers.map(({ text }) => text)).toEqual([
      "You ask for 5 pieces of Adept's Set; 4 items fit.",
      'You ask for epic Strength or better; nothing fits.',
      'You ask for a piece with armor 400 or more at upper arms; only 1 item fits.',
      '“Old Helm” is locked.',
    ])
    expect(answers.map(({ way }) => way!.text)).toEqual([
      "Ask for 4 of Adept's Set",
      'Want Strength, but not as a must',
      'Let upper arms be bare',
      'Unlock Old Helm',
    ])
    expect(answers[0]!.way!.wishes.sets).toEqual([{ id: 14, pieces: 4 }])
    expect(answers[2]!.way!.wishes.floors).toEqual({})
    const both = wishes({
      sets: [
        { id: 14, pieces: 7 },
        { id: 13, pieces: 4 },
      ],
    })
    const set = { ...nothing, kind: 'SET', setId: 14, pieces: 7, candidateCount: 30 } as const
    expect(
      conflictAnswers([{ wearer: null, isShared: false, demands: [set], isSmallest: true }], both)[0]!.way!.text,
    ).toBe("Ask for 5 of Adept's Set")
  })
})
