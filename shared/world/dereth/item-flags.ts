// Flags an item carries: what was imbued into it, and which damage it deals.

const imbues = [
  [1, 'CRITICAL_STRIKE'],
  [2, 'CRIPPLING_BLOW'],
  [4, 'ARMOR_RENDING'],
  [8, 'SLASH_RENDING'],
  [16, 'PIERCE_RENDING'],
  [32, 'BLUDGEON_RENDING'],
  [64, 'ACID_RENDING'],
  [128, 'COLD_RENDING'],
  [256, 'ELECTRIC_RENDING'],
  [512, 'FIRE_RENDING'],
  [1024, 'MELEE_DEFENSE'],
  [2048, 'MISSILE_DEFENSE'],
  [4096, 'MAGIC_DEFENSE'],
  [8192, 'HEMATITED'],
  [16384, 'NETHER_RENDING'],
  [536870912, 'MAGIC_ABSORBING'],
  [1073741824, 'IGNORES_SOME_MAGIC_DEFENSE'],
  [2147483648, 'IGNORES_ARMOR'],
] as const
const damages = [
  [1, 'SLASH'],
  [2, 'PIERCE'],
  [4, 'BLUDGEON'],
  [8, 'COLD'],
  [16, 'FIRE'],
  [32, 'ACID'],
  [64, 'ELECTRIC'],
  [128, 'HEALTH'],
  [256, 'STAMINA'],
  [512, 'MANA'],
  [1024, 'NETHER'],
] as const

export type Imbue = (typeof imbues)[number][1]
export type DamageType = (typeof damages)[number][1]

/** Flags as the game numbers them: lowest first. */
const within = <N extends string>(table: readonly (readonly [number, N])[], flags: number | null): N[] =>
  flags ? table.filter(([flag]) => Math.floor(flags / flag) % 2 === 1).map(([, name]) => name) : []

/** What was imbued. */
export const imbuesOf = (flags: number | null): Imbue[] => within(imbues, flags)
/** Which damage it deals. */
export const damageTypesOf = (flags: number | null): DamageType[] => within(damages, flags)
/** The flags of these imbues together. */
export const imbueMask = (wanted: readonly Imbue[]): number =>
  imbues.reduce((mask, [flag, name]) => (wanted.includes(name) ? mask + flag : mask), 0)

/** How the plugin's class calls them where that is not our name without its sign. */
const SHORT: Readonly<Record<string, Imbue>> = {
  CS: 'CRITICAL_STRIKE',
  CB: 'CRIPPLING_BLOW',
  AR: 'ARMOR_RENDING',
  SLASHREND: 'SLASH_RENDING',
  PIERCEREND: 'PIERCE_RENDING',
  BLUDGEREND: 'BLUDGEON_RENDING',
  ACIDREND: 'ACID_RENDING',
  FROSTREND: 'COLD_RENDING',
  LIGHTREND: 'ELECTRIC_RENDING',
  FIREREND: 'FIRE_RENDING',
  MELEEIMBUE: 'MELEE_DEFENSE',
  MISSILEIMBUE: 'MISSILE_DEFENSE',
  MAGICIMBUE: 'MAGIC_DEFENSE',
  MAGICABSORB: 'MAGIC_ABSORBING',
}

/** The flags of imbues in words, `CS AR` or `FIRE_RENDING`; undefined where one of the words is none. */
export function imbueFlags(text: string): number | undefined {
  const words = text
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean)
  const found = words.map((word) => SHORT[word] ?? imbues.find(([, name]) => name === word)?.[1])
  return words.length && !found.includes(undefined) ? imbueMask(found as Imbue[]) : undefined
}
