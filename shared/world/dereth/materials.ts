// What things are made of, by the number the client gives it; 1 is ceramic.

const names = `
  Ceramic, Porcelain, Cloth, Linen, Satin, Silk, Velvet, Wool, Gem, Agate, Amber, Amethyst, Aquamarine, Azurite,
  Black Garnet, Black Opal, Bloodstone, Carnelian, Citrine, Diamond, Emerald, Fire Opal, Green Garnet, Green Jade,
  Hematite, Imperial Topaz, Jet, Lapis Lazuli, Lavender Jade, Malachite, Moonstone, Onyx, Opal, Peridot, Red Garnet,
  Red Jade, Rose Quartz, Ruby, Sapphire, Smokey Quartz, Sunstone, Tiger Eye, Tourmaline, Turquoise, White Jade,
  White Quartz, White Sapphire, Yellow Garnet, Yellow Topaz, Zircon, Ivory, Leather, Armoredillo Hide, Gromnie Hide,
  Reed Shark Hide, Metal, Brass, Bronze, Copper, Gold, Iron, Pyreal, Silver, Steel, Stone, Alabaster, Granite, Marble,
  Obsidian, Sandstone, Serpentine, Wood, Ebony, Mahogany, Oak, Pine, Teak
`
  .split(',')
  .map((name) => name.trim())

/** `Gold` for 60; the bare number as text for one we have no name for. */
export const materialName = (id: number): string => names[id - 1] ?? String(id)

/** 60 for `Gold`, `gold`; null for a name that is none. */
export const materialId = (name: string): number | null => numbers.get(name.trim().toLowerCase()) ?? null
const numbers = new Map(names.map((name, place) => [name.toLowerCase(), place + 1]))

/** Every material with its number. */
export const materials: readonly { id: number; name: string }[] = names.map((name, place) => ({ id: place + 1, name }))
