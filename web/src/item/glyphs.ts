// Pictures of our own, by what a thing is: a tinted body and the lines within, 24 by 24, drawn in one width.
import type { ItemSlot } from '../generated/types.ts'

/** `body` is closed and tinted, `lines` are strokes alone. */
export type Glyph = readonly [body: string, lines: string]

const disc = (r: number, x = 12, y = 12) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0 ${r} ${r} 0 1 0-${2 * r} 0Z`

const drawn = {
  unknown: ['M5 5h14v14H5Z', 'M9.5 10a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.5M12 16.5v.1'],
  sword: ['m20.5 3.5-1 4.5-9 9-3-3 9-9Z', 'M5 11.5l7.5 7.5M8.5 15.5 4 20'],
  twoHanded: ['m21 3-1 3.8-9.3 9.3-2.8-2.8L17.2 4Z', 'M5 11l8 8M8 16l-5 5M14 10l-4 4'],
  bow: ['M7 3c9 3.5 9 14.5 0 18Z', 'M3 12h17.5M20.5 12 17 9.5M20.5 12 17 14.5'],
  arrow: ['', 'M5 19 19 5M19 5h-5.5M19 5v5.5M8.5 15.5 4 15M8.5 15.5 9 20M11 13l-4.5-.5M11 13l.5 4.5'],
  wand: ['m16 3 1.3 2.7L20 7l-2.7 1.3L16 11l-1.3-2.7L12 7l2.7-1.3Z', 'M13 10 4 20M20 12.5v3M18.5 14h3M8 4v2M7 5h2'],
  shield: ['m12 3 8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6Z', 'M12 3v18M4.2 11h15.6'],
  helm: ['M5 13a7 8.5 0 0 1 14 0v5.5L16 20v-5.5H8V20l-3-1.5Z', 'M12 4.5v6'],
  cuirass: ['M7 4 4 7l2 4.5V20h12v-8.5L20 7l-3-3-2 2a4.2 4.2 0 0 1-6 0Z', 'M12 8v12M8.5 13.5c2-1 5-1 7 0'],
  girth: ['M5 6h14l-1 6 1 7-7-2-7 2 1-7Z', 'M5.8 11.5h12.4M12 6v11'],
  pauldron: ['M4 12a9 9 0 0 1 11.5-8L20 8l-4.5 3-2 10H8Z', 'M9 11c1-2 3-3 5.5-2.5M8.5 15.5h5.8'],
  vambrace: ['M8 3h8l2 6-3 12H9L6 9Z', 'M6.5 9h11M8 15h8'],
  gauntlets: [
    'M7.5 21v-5L5 11.5l1.8-1.2L9 12.5V6a1.4 1.4 0 0 1 2.8 0V4.5a1.4 1.4 0 0 1 2.8 0V6a1.4 1.4 0 0 1 2.8 0v9l-1 6Z',
    'M7.5 17.5h9.3M11.8 6v4.5M14.6 6v4.5',
  ],
  tassets: ['M6 3h12l1 11-4.5 1L12 9l-2.5 6L5 14Z', 'M6 6.5h12M7 18.5h.1M17 18.5h.1'],
  greaves: ['M7 3h4l.5 15H13v3H6.5ZM13.5 3H17l1 15h1v3h-5Z', 'M7 8.5h4M13.5 8.5h3.8'],
  leggings: ['M6 3h12l1.5 18H14l-2-11.5L10 21H4.5Z', 'M5.8 7h12.4'],
  boots: ['M8 3h6v10.5l4.5 2A3 3 0 0 1 20 18v2.5H7.5Z', 'M8 6.5h6M7.7 17H13'],
  shirt: ['M8 4 3 7l2 5 2-1v9h10v-9l2 1 2-5-5-3a4 4 0 0 1-8 0Z', 'M12 7.5V12'],
  sleeve: ['M9 3h7l2 8-3 10H8l2-10Z', 'M8.6 18h7.2'],
  pants: ['M7 3h10l1.5 18H14l-2-11.5L10 21H5.5Z', 'M12 3v6.5M6.7 6h10.6'],
  ring: ['M9 3h6l1.8 3.2L12 9.5 7.2 6.2Z', 'M9.3 8.5a6.5 6.5 0 1 0 5.4 0'],
  bracelet: ['M3.5 12a8.5 6.5 0 1 0 17 0 8.5 6.5 0 1 0-17 0Z', 'M7 12a5 3.3 0 1 0 10 0 5 3.3 0 1 0-10 0Z'],
  necklace: ['m12 13.5 3 3.7-3 3.8-3-3.8Z', 'M4 3c0 6.5 3.5 9.5 8 10.5 4.5-1 8-4 8-10.5'],
  trinket: [disc(7, 12, 14), 'M10 3h4M12 3v4M12 14l2.7-3.2'],
  cloak: ['M8 3h8l1 4 3.5 13.5c-5-2-5.5.5-8.5.5s-3.5-2.5-8.5-.5L7 7Z', 'M8.5 3 12 7l3.5-4M12 7v10'],
  aetheria: ['m12 2.8 8 4.6v9.2l-8 4.6-8-4.6V7.4Z', 'm12 7 4.3 2.5v5L12 17l-4.3-2.5v-5Z'],
  gem: ['M8 4h8l4.5 5L12 20.5 3.5 9Z', 'M3.5 9h17M8 4l4 16.5L16 4'],
  food: ['M12 8c-3-2.2-7.5 0-7.5 5s4 8.5 7.5 7.3c3.5 1.2 7.5-2.3 7.5-7.3S15 5.8 12 8Z', 'M12 8c0-2.3 1-4 3-5'],
  coins: [
    'M4.5 7a7.5 3.2 0 1 0 15 0 7.5 3.2 0 1 0-15 0Z',
    'M4.5 7v5c0 4.3 15 4.3 15 0V7M4.5 12v5c0 4.3 15 4.3 15 0v-5',
  ],
  box: ['m12 3 8 4.3v9.4L12 21l-8-4.3V7.3Z', 'm4 7.3 8 4.4 8-4.4M12 11.7V21'],
  pack: ['M5.5 10a6.5 6 0 0 1 13 0v9a2 2 0 0 1-2 2h-9a2 2 0 0 1-2-2Z', 'M9.5 4.5V3h5v1.5M8.5 21v-6h7v6M9 10h6'],
  taper: ['M9 10.5h6V21H9Z', 'M12 10.5V9M12 2.8c2.4 2.4 2.2 4.7 0 5.7-2.2-1-2.4-3.3 0-5.7Z'],
  key: [disc(4.2, 8, 8), 'M11 11l9 9M16 16l2.5-2.5M19 19l2-2'],
  portal: ['M6 12a6 9 0 1 0 12 0 6 9 0 1 0-12 0Z', 'M12 16.5c3.5-1.5 3.5-8 0-9-2.3 1-2.3 4.8 0 5.5'],
  note: ['M3.5 6h17v12h-17Z', 'M7 10h7M7 14h4M17 12v.1'],
  drop: ['M12 3c4 5 7 8 7 12a7 6.2 0 0 1-14 0c0-4 3-7 7-12Z', 'M8.5 15a3.5 3.2 0 0 0 3.5 3'],
  plant: ['M12 13c-6 0-7-5-7-9.5 5 0 7 3.5 7 9.5Z', 'M12 21V11M12 16.5c0-4.5 2-7.5 7-7.5 0 5-3 7.5-7 7.5'],
  pot: ['M5 10h14v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4Z', 'M3 10h18M9 6.5c-1-1.3 1-2 0-3.5M14.5 6.5c-1-1.3 1-2 0-3.5'],
  flask: ['M10 3h4v6l5 9a2 2 0 0 1-2 3H7a2 2 0 0 1-2-3l5-9Z', 'M8.5 3h7M7.5 14h9'],
  kit: ['M4 8h16v12H4Z', 'M9 8V5h6v3M12 11v6M9 14h6'],
  lockpick: ['', 'M4 20 15 9c0-3 2-5 5-5l-2 3 1.5 1.5M6.5 17.5 9 20M9.5 14.5l2 2'],
  bundle: [
    'M4.5 8.5h15V20h-15Z',
    'M4.5 13h15M12 8.5V20M12 8.5c-5 0-5-5.5-2-4.5 1.5.5 2 4.5 2 4.5s.5-4 2-4.5c3-1 3 4.5-2 4.5',
  ],
  book: ['M5 4h11a3 3 0 0 1 3 3v14H8a3 3 0 0 1-3-3Z', 'M5 18a3 3 0 0 1 3-3h11M9 8h6'],
  sign: ['M4 5h16v8H4Z', 'M12 13v8M12 3v2M8 9h8'],
  house: ['m4 11 8-7 8 7v9H4Z', 'M10 20v-6h4v6'],
  person: ['M5 20.5a7 7 0 0 1 14 0Z', disc(3.6, 12, 8)],
  beast: ['m5 4 4 3.5h6L19 4v9a7 7.5 0 0 1-14 0Z', 'M9 12v.1M15 12v.1M10 16.5h4'],
  focus: [disc(8.5), 'm12 5.5 5 9H7ZM12 14.5V18'],
  salvage: ['M8 9c-4.5 4-5 11 0 12h8c5-1 4.5-8 0-12Z', 'M8 9h8M8 9 9.5 6h5L16 9M9 3l.5 3M15 3l-.5 3'],
  ust: ['', 'M8 3c-2 3-1 6 2 8l6 10M16 3c2 3 1 6-2 8L8 21M12 12v.1'],
  scroll: ['M8 4h11v12H8Z', 'M8 16v2a2 2 0 0 1-4 0V7a3 3 0 0 1 4-3M6 20h10a3 3 0 0 0 3-3v-1M11 8h5M11 12h5'],
  door: ['M7 3h10v18H7Z', 'M4 21h16M14 12v1'],
  skull: ['M5 11a7 7.5 0 0 1 14 0v4l-3 1v4H8v-4l-3-1Z', 'M9 12h1M14 12h1M10.7 20v-2M13.3 20v-2'],
  crystal: ['m12 3 5 6-2 9H9L7 9Z', 'M5 21h14M7 9h10M12 3v15'],
} satisfies Record<string, Glyph>

export type GlyphName = keyof typeof drawn
export const glyphs: Readonly<Record<GlyphName, Glyph>> = drawn

/** By the game's object class, the first is 0. */
const byClass: readonly GlyphName[] = [
  'unknown',
  'sword',
  'cuirass',
  'shirt',
  'ring',
  'beast',
  'food',
  'coins',
  'box',
  'bow',
  'pack',
  'gem',
  'taper',
  'key',
  'portal',
  'note',
  'drop',
  'plant',
  'pot',
  'flask',
  'arrow',
  'pot',
  'flask',
  'arrow',
  'person',
  'person',
  'door',
  'skull',
  'crystal',
  'kit',
  'lockpick',
  'wand',
  'bundle',
  'book',
  'book',
  'sign',
  'house',
  'person',
  'focus',
  'salvage',
  'ust',
  'coins',
  'scroll',
]

/** What is worn there looks like this; also drawn faintly where nothing is. */
export const slotGlyph: Readonly<Record<ItemSlot, GlyphName>> = {
  HEAD: 'helm',
  SHIRT: 'shirt',
  UNDERWEAR_ABDOMEN: 'girth',
  UNDERWEAR_UPPER_ARMS: 'sleeve',
  UNDERWEAR_LOWER_ARMS: 'sleeve',
  HANDS: 'gauntlets',
  PANTS: 'pants',
  UNDERWEAR_LOWER_LEGS: 'leggings',
  FEET: 'boots',
  CHEST: 'cuirass',
  ABDOMEN: 'girth',
  UPPER_ARMS: 'pauldron',
  LOWER_ARMS: 'vambrace',
  UPPER_LEGS: 'tassets',
  LOWER_LEGS: 'greaves',
  NECK: 'necklace',
  LEFT_WRIST: 'bracelet',
  RIGHT_WRIST: 'bracelet',
  LEFT_FINGER: 'ring',
  RIGHT_FINGER: 'ring',
  MELEE_WEAPON: 'sword',
  SHIELD: 'shield',
  MISSILE_WEAPON: 'bow',
  AMMUNITION: 'arrow',
  HELD: 'wand',
  TWO_HANDED: 'twoHanded',
  TRINKET: 'trinket',
  CLOAK: 'cloak',
  BLUE_AETHERIA: 'aetheria',
  YELLOW_AETHERIA: 'aetheria',
  RED_AETHERIA: 'aetheria',
}

/** Of several slots the one that says most of what a piece is. */
const characteristic: readonly ItemSlot[] = ['CHEST', 'HEAD', 'SHIRT', 'PANTS', 'UPPER_LEGS', 'ABDOMEN', 'UPPER_ARMS']

/** The picture of a thing: worn things by where they are worn, others by their class. */
export function glyphOf(objectClass: number | null, slots: readonly ItemSlot[]): GlyphName {
  const slot = characteristic.find((one) => slots.includes(one)) ?? slots[0]
  if (!slot) return byClass[objectClass ?? 0] ?? 'unknown'
  if (slot === 'UPPER_LEGS' && slots.includes('LOWER_LEGS')) return 'leggings'
  return slotGlyph[slot]
}
