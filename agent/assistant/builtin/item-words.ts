import { TIERS, type SLOTS } from '../../mcp/tools/search-items.ts'
import { facts, plain } from './say.ts'

type Slot = (typeof SLOTS)[number]

/** What people call the places where something is worn. */
const PLACES: readonly (readonly [RegExp, readonly Slot[]])[] = [
  [/^(bracelets?|bracers?|wrists?)$/, ['LEFT_WRIST', 'RIGHT_WRIST']],
  [/^rings?$/, ['LEFT_FINGER', 'RIGHT_FINGER']],
  [/^(necklaces?|amulets?|gorgets?|necks?)$/, ['NECK']],
  [/^(helms?|helmets?|hats?|heads?)$/, ['HEAD']],
  [/^(breastplates?|chests?)$/, ['CHEST']],
  [/^(girths?|abdomens?)$/, ['ABDOMEN']],
  [/^(pauldrons?)$/, ['UPPER_ARMS']],
  [/^(vambraces?)$/, ['LOWER_ARMS']],
  [/^(gauntlets?|gloves?|hands?)$/, ['HANDS']],
  [/^(tassets?)$/, ['UPPER_LEGS']],
  [/^(greaves?)$/, ['LOWER_LEGS']],
  [/^(boots?|sollerets?|shoes?|feet)$/, ['FEET']],
  [/^(cloaks?)$/, ['CLOAK']],
  [/^(trinkets?)$/, ['TRINKET']],
  [/^(shields?)$/, ['SHIELD']],
  [/^(shirts?)$/, ['SHIRT']],
  [/^(pants)$/, ['PANTS']],
]

export interface ItemWish {
  text?: string
  spell?: string
  tier?: (typeof TIERS)[number]
  slots?: Slot[]
}

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)

/** The tiers of cantrips that a text names. */
export const tiersIn = (text: string): (typeof TIERS)[number][] => {
  const words = wordsIn(text)
  return TIERS.filter((one) => words.includes(one.toLowerCase()))
}

/** What items are meant: with a tier the words are spells and places, without one they are part of a name. */
export function itemWish(wanted: string): ItemWish {
  const words = wordsIn(wanted)
  const [tier] = tiersIn(wanted)
  if (!tier) return { text: wanted.length > 3 ? wanted.replace(/s$/i, '') : wanted }
  const slots = PLACES.find(([word]) => words.some((one) => word.test(one)))
  const spell = words
    .filter((word) => word !== tier.toLowerCase() && !slots?.[0].test(word))
    .filter((word) => !/^(items?|armou?r|pieces?|with|of|a|an|the|and|cantrips?|on)$/.test(word))
    .join(' ')
  return { tier, ...(spell && { spell }), ...(slots && { slots: [...slots[1]] }) }
}

/** What was searched for, in words: an answer without items must show how the question was read. */
export function wishInWords({ text, spell, tier, slots }: ItemWish): string {
  const parts = [
    text !== undefined && `name or inscription with “${plain(text)}”`,
    tier && `tier ${tier.toLowerCase()}`,
    spell !== undefined && `a spell with “${plain(spell)}”`,
    slots && `worn at ${slots.map((slot) => slot.toLowerCase().replace('_', ' ')).join(' or ')}`,
  ]
  return facts(...parts)
}
