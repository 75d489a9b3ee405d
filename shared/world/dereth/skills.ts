// Skills and attributes by the number the client gives them.

const skills = new Map<number, string>(
  `
  1 Axe, 2 Bow, 3 Crossbow, 4 Dagger, 5 Mace, 6 Melee Defense, 7 Missile Defense, 8 Sling, 9 Spear, 10 Staff,
  11 Sword, 12 Thrown Weapons, 13 Unarmed Combat, 14 Arcane Lore, 15 Magic Defense, 16 Mana Conversion,
  18 Item Tinkering, 19 Assess Person, 20 Deception, 21 Healing, 22 Jump, 23 Lockpick, 24 Run,
  27 Assess Creature, 28 Weapon Tinkering, 29 Armor Tinkering, 30 Magic Item Tinkering, 31 Creature Enchantment,
  32 Item Enchantment, 33 Life Magic, 34 War Magic, 35 Leadership, 36 Loyalty, 37 Fletching, 38 Alchemy,
  39 Cooking, 40 Salvaging, 41 Two Handed Combat, 42 Gearcraft, 43 Void Magic, 44 Heavy Weapons,
  45 Light Weapons, 46 Finesse Weapons, 47 Missile Weapons, 48 Shield, 49 Dual Wield, 50 Recklessness,
  51 Sneak Attack, 52 Dirty Fighting, 53 Challenge, 54 Summoning
`
    .split(',')
    .map((entry) => /^\s*(\d+) (.+?)\s*$/.exec(entry)!)
    .map(([, id, name]) => [Number(id), name!]),
)
const attributes = ['Strength', 'Endurance', 'Quickness', 'Coordination', 'Focus', 'Self']
const vitals = ['Max Health', 'Health', 'Max Stamina', 'Stamina', 'Max Mana', 'Mana']

/** `Heavy Weapons` for 44; the bare number as text for one we have no name for. */
export const skillName = (id: number): string => skills.get(id) ?? String(id)
/** `Strength` for 1. */
export const attributeName = (id: number): string => attributes[id - 1] ?? String(id)
/** `Max Health` for 1. */
export const vitalName = (id: number): string => vitals[id - 1] ?? String(id)

/** As plugins write it in a character's sheet: `heavy_weapons`. */
const keyOf = (name: string): string => name.toLowerCase().replaceAll(' ', '_')

/** The numbers of the skills, with their keys in a character's sheet. */
export const skillKeys: ReadonlyMap<number, string> = new Map([...skills].map(([id, name]) => [id, keyOf(name)]))
/** The keys of the attributes, of 1 first. */
export const attributeKeys: readonly string[] = attributes.map(keyOf)
