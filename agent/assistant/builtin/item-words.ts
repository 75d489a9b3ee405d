import { TIERS, type SLOTS } from '../../mcp/tools/search-items.ts'

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

/** What items are meant: with a tier the words are spells and places, without one they are part of a name. */
export function itemWish(wanted: string): ItemWish {
  const words = wanted
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  const tier = TIERS.find((one) => words.includes(one.toLowerCase()))
  if (!tier) return { text: wanted.length > 3 ? wanted.replace(/s$/i, '') : wanted }
  const slots = PLACES.find(([word]) => words.some((one) => word.test(one)))
  const spell = words
    .filter((word) => word !== tier.toLowerCase() && !slots?.[0].test(word))
    .filter((word) => !/^(items?|armou?r|pieces?|with|of|a|an|the|and|cantrips?|on)$/.test(word))
    .join(' ')
  return { tier, ...(spell && { spell }), ...(slots && { slots: [...slots[1]] }) }
}
