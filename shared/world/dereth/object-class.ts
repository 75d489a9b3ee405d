// Classes of game objects by the number the client gives them.

const names = `
  Unknown, MeleeWeapon, Armor, Clothing, Jewelry, Monster, Food, Money,
  Misc, MissileWeapon, Container, Gem, SpellComponent, Key, Portal, TradeNote,
  ManaStone, Plant, BaseCooking, BaseAlchemy, BaseFletching, CraftedCooking, CraftedAlchemy, CraftedFletching,
  Player, Vendor, Door, Corpse, Lifestone, HealingKit, Lockpick, WandStaffOrb,
  Bundle, Book, Journal, Sign, Housing, Npc, Foci, Salvage,
  Ust, Services, Scroll
`
  .split(',')
  .map((name) => name.trim())
const numbers = new Map(names.map((name, number) => [name.toLowerCase(), number]))

/** `Monster` for 5; the bare number as text for one we have no name for. */
/** Whether a number is that of a class. */
export const isObjectClass = (number: number): boolean => names[number] !== undefined
export const objectClassName = (number: number): string => names[number] ?? String(number)

/** 5 for `Monster`, `monster`; null for a name that is none. */
export const objectClassNumber = (name: string): number | null => numbers.get(name.trim().toLowerCase()) ?? null
