// Sets that pieces of equipment belong to, by number. Only those from 13 to 29 are loot armor; cloaks, aetheria,
// society jewelry and shadow armor carry a set number as well.

const names = `
  Test | Test | 3 | Carraida's Benediction | Noble Relic Set | Ancient Relic Set | Relic Alduressa Set | Shou-jen Set,
  Empyrean Rings Set | Arm, Mind, Heart Set | Coat of the Perfect Light Set | Leggings of Perfect Light Set,
  Soldier's Set,
  Adept's Set | Archer's Set | Defender's Set | Tinker's Set | Crafter's Set | Hearty Set | Dexterous Set | Wise Set,
  Swift Set,
  Hardened Set | Reinforced Set | Interlocking Set | Flame Proof Set | Acid Proof Set | Cold Proof Set,
  Lightning Proof Set,
  Dedication Set | Gladiatorial Clothing Set | Ceremonial Clothing | Protective Clothing | Noobie Armor,
  Sigil of Defense,
  Sigil of Destruction | Sigil of Fury | Sigil of Growth | Sigil of Vigor | Heroic Protector Set | Heroic Destroyer Set,
  Olthoi Armor D Red | Olthoi Armor C Rat | Olthoi Armor C Red | Olthoi Armor D Rat | Upgraded Relic Alduressa Set,
  Upgraded Ancient Relic Set | Upgraded Noble Relic Set | Weave of Alchemy | Weave of Arcane Lore,
  Weave of Armor Tinkering,
  Weave of Assess Person | Weave of Light Weapons | Weave of Missile Weapons | Weave of Cooking,
  Weave of Creature Enchantment | Weave of Missile Weapons | Weave of Finesse | Weave of Deception | Weave of Fletching,
  Weave of Healing | Weave of Item Enchantment | Weave of Item Tinkering | Weave of Leadership | Weave of Life Magic,
  Weave of Loyalty | Weave of Light Weapons | Weave of Magic Defense | Weave of Magic Item Tinkering,
  Weave of Mana Conversion | Weave of Melee Defense | Weave of Missile Defense | Weave of Salvaging,
  Weave of Light Weapons,
  Weave of Light Weapons | Weave of Heavy Weapons | Weave of Missile Weapons | Weave of Two Handed Combat,
  Weave of Light Weapons | Weave of Void Magic | Weave of War Magic | Weave of Weapon Tinkering,
  Weave of Assess Creature,
  Weave of Dirty Fighting | Weave of Dual Wield | Weave of Recklessness | Weave of Shield | Weave of Sneak Attack,
  Shou-jen Shozoku Set | Weave of Summoning | Shrouded Soul | Darkened Mind | Clouded Spirit,
  Minor Stinging Shrouded Soul,
  Minor Sparking Shrouded Soul | Minor Smoldering Shrouded Soul | Minor Shivering Shrouded Soul,
  Minor Stinging Darkened Mind | Minor Sparking Darkened Mind | Minor Smoldering Darkened Mind,
  Minor Shivering Darkened Mind | Minor Stinging Clouded Spirit | Minor Sparking Clouded Spirit,
  Minor Smoldering Clouded Spirit | Minor Shivering Clouded Spirit | Major Stinging Shrouded Soul,
  Major Sparking Shrouded Soul | Major Smoldering Shrouded Soul | Major Shivering Shrouded Soul,
  Major Stinging Darkened Mind | Major Sparking Darkened Mind | Major Smoldering Darkened Mind,
  Major Shivering Darkened Mind | Major Stinging Clouded Spirit | Major Sparking Clouded Spirit,
  Major Smoldering Clouded Spirit | Major Shivering Clouded Spirit | Blackfire Stinging Shrouded Soul,
  Blackfire Sparking Shrouded Soul | Blackfire Smoldering Shrouded Soul | Blackfire Shivering Shrouded Soul,
  Blackfire Stinging Darkened Mind | Blackfire Sparking Darkened Mind | Blackfire Smoldering Darkened Mind,
  Blackfire Shivering Darkened Mind | Blackfire Stinging Clouded Spirit | Blackfire Sparking Clouded Spirit,
  Blackfire Smoldering Clouded Spirit | Blackfire Shivering Clouded Spirit | Shimmering Shadows | Brown Society Locket,
  Yellow Society Locket | Red Society Band | Green Society Band | Purple Society Band | Blue Society Band,
  Gauntlet Garb,
  Paragon Missile Weapons | Paragon Casters | Paragon Melee Weapons
`
  .split(',\n')
  .flatMap((line) => line.split(' | '))
  .map((name) => name.trim())

/** What kind of set it is. */
export type SetKind =
  | 'ARMOR'
  | 'QUEST'
  | 'AETHERIA'
  | 'CLOAK'
  | 'SHADOW_ARMOR'
  | 'SOCIETY_JEWELRY'
  | 'RARE_ARMOR'
  | 'PARAGON_WEAPON'
  | 'OTHER'

const kinds: Partial<Record<SetKind, string>> = {
  QUEST: '4-12 30-34 42-48 89',
  ARMOR: '13-29',
  AETHERIA: '35-39',
  RARE_ARMOR: '40-41',
  CLOAK: '49-88 90',
  SHADOW_ARMOR: '91-130',
  SOCIETY_JEWELRY: '131-136',
  PARAGON_WEAPON: '138-140',
}
const kindById = new Map<number, SetKind>()
for (const [kind, list] of Object.entries(kinds) as [SetKind, string][])
  for (const range of list.split(' ')) {
    const [first, last = first] = range.split('-').map(Number)
    for (let id = first!; id <= last!; id++) kindById.set(id, kind)
  }

/** `Adept's Set` for 14; the bare number as text for one we have no name for. */
export const setName = (id: number): string => names[id - 1] ?? String(id)

/** The kind of a set; OTHER for one we know nothing of. */
export const setKind = (id: number): SetKind => kindById.get(id) ?? 'OTHER'

/**
 * The number of the set of this name, upper and lower case alike; null for a name that is none. Of equal names the
 * first.
 */
export function setId(name: string): number | null {
  const wanted = name.trim().toLowerCase()
  const place = names.findIndex((known) => known.toLowerCase() === wanted)
  return place < 0 ? null : place + 1
}

/** Every set with its number. */
export const equipmentSets: readonly { id: number; name: string; kind: SetKind }[] = names.map((name, place) => ({
  id: place + 1,
  name,
  kind: setKind(place + 1),
}))
