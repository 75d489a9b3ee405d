// Colours of blocks as seen from above, for two-dimensional maps.

/** A block whose name is not known. */
const UNKNOWN = '#8a7f8d'

/** By the whole name of a block, without its namespace. */
const COLORS: Readonly<Record<string, string>> = {
  air: 'transparent',
  bedrock: '#3d3d3d',
  clay: '#9aa3b3',
  coal_ore: '#5a5a5a',
  cobblestone: '#7b7b7b',
  dirt: '#866043',
  dirt_path: '#a58a56',
  farmland: '#6b4a2e',
  glowstone: '#e8c37a',
  gold_block: '#f0d25a',
  grass_block: '#6f9f4b',
  gravel: '#87807d',
  ice: '#9dc0f5',
  iron_ore: '#a08a78',
  lava: '#d4601a',
  netherrack: '#6f3534',
  oak_log: '#6d5532',
  oak_planks: '#a88653',
  obsidian: '#15101f',
  podzol: '#5f4323',
  red_sand: '#bf6a2a',
  redstone_block: '#b01a0a',
  redstone_lamp: '#b8743a',
  sand: '#dbd09f',
  sandstone: '#d3c592',
  snow: '#eef4f5',
  snow_block: '#eef4f5',
  spruce_leaves: '#3f5f3f',
  stone: '#7f7f7f',
  stone_bricks: '#747474',
  torch: '#f5b942',
  water: '#3f6fc4',
  wheat: '#c9b14a',
}

/** By a word of the name, where the whole name is not listed; the first that fits counts. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/leaves$/, '#4f7f35'],
  [/(log|wood|stem)$/, '#6d5532'],
  [/(planks|_slab|_stairs|_fence|door)$/, '#a88653'],
  [/(water|seagrass|kelp|coral)/, '#3f6fc4'],
  [/(redstone|red_)/, '#b03a2a'],
  [/(diamond|light_blue|cyan)/, '#5fd0d0'],
  [/(emerald|lime|green)/, '#4fb05a'],
  [/(gold|yellow)/, '#e0c04a'],
  [/(grass|fern|moss|vine)/, '#6f9f4b'],
  [/(snow|white|quartz)/, '#e8ecee'],
  [/(ice)/, '#9dc0f5'],
  [/(sand)/, '#dbd09f'],
  [/(dirt|mud|soil)/, '#866043'],
  [/(stone|andesite|diorite|granite|deepslate|tuff|brick|ore|gravel)/, '#7f7f7f'],
  [/(flower|tulip|poppy|dandelion|rose)/, '#c0607a'],
]

/**
 * Colours that differ in hue and brightness also for people who see few colours, by a word of the name; the first that
 * fits counts.
 */
const DISTINCT: readonly (readonly [RegExp, string])[] = [
  [/^(air|cave_air|void_air)$/, 'transparent'],
  [/(water|seagrass|kelp|coral|ice)/, '#0072b2'],
  [/(lava|redstone|fire|magma|netherrack)/, '#d55e00'],
  [/(snow|quartz|white)/, '#f2f2f2'],
  [/(sand)/, '#f0e442'],
  [/(log|wood|stem|planks|_slab|_stairs|_fence|door|path|farmland|dirt|mud)/, '#8a6d1f'],
  [/(torch|lamp|glowstone|gold|wheat|lantern)/, '#e69f00'],
  [/(leaves|grass|fern|moss|vine|podzol)/, '#009e73'],
  [/(diamond|emerald|lapis|flower|tulip|poppy|rose)/, '#cc79a7'],
  [/(bedrock|obsidian|coal|deepslate)/, '#2b2b2b'],
]
const DISTINCT_REST = '#999999'

/** The same for people who see few colours. */
export function distinctBlockColor(name: string): string {
  const own = name.replace(/^minecraft:/, '')
  return DISTINCT.find(([family]) => family.test(own))?.[1] ?? DISTINCT_REST
}

/** The colour of a block by its name, such as `minecraft:grass_block` or `grass_block`: a CSS colour. */
export function blockColor(name: string): string {
  const own = name.replace(/^minecraft:/, '')
  if (Object.hasOwn(COLORS, own)) return COLORS[own]!
  return FAMILIES.find(([family]) => family.test(own))?.[1] ?? UNKNOWN
}
