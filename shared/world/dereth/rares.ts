// The rare items of the game by tier. Tiers 1 to 3 are common (a crystal every 2,500 kills or so), 4 to 6 are great.
// Names are written with single blanks: the game itself has a few with two, so a name is looked up the same way.

/** A rare item: its name, its tier from 1 (frequent) to 6, and whether the guild celebrates it. */
export interface RareItem {
  name: string
  tier: number
  great: boolean
}

/** How rare a name is; UNKNOWN when the table does not hold it. */
export type RareSplit = 'COMMON' | 'GREAT' | 'UNKNOWN'

const namesByTier: Record<number, string> = {
  1: `
    Adherent's Crystal, Alchemist's Crystal, Artificer's Crystal, Artist's Crystal, Ben Ten's Crystal,
    Berzerker's Crystal, Brawler's Crystal, Chef's Crystal, Converter's Crystal, Corruptor's Crystal,
    Deceiver's Crystal, Dodger's Crystal, Elysa's Crystal, Enchanter's Crystal, Evader's Crystal,
    Fletcher's Crystal, Hieromancer's Crystal, Hunter's Crystal, Imbuer's Crystal, Knight's Crystal, Lich's Pearl,
    Life Giver's Crystal, Lugian's Pearl, Magus's Pearl, Monarch's Crystal, Observer's Crystal, Oswald's Crystal,
    Physician's Crystal, Resister's Crystal, Rogue's Crystal, Scholar's Crystal, Smithy's Crystal,
    Sprinter's Pearl, T'ing's Crystal, Thief's Crystal, Thorsten's Crystal, Tinker's Crystal, Ursuin's Pearl,
    Vaulter's Crystal, Warrior's Crystal, Wayfarer's Pearl, Zefir's Crystal
  `,
  2: `
    Archer's Jewel, Astyrrian's Jewel, Duelist's Jewel, Executor's Jewel, Gelid's Jewel, Inferno's Jewel,
    Invigorating Elixir, Mage's Jewel, Melee's Jewel, Miraculous Elixir, Olthoi's Jewel, Pearl of Acid Baning,
    Pearl of Blade Baning, Pearl of Blood Drinking, Pearl of Bludgeon Baning, Pearl of Defending,
    Pearl of Flame Baning, Pearl of Frost Baning, Pearl of Heart Seeking, Pearl of Hermetic Linking,
    Pearl of Impenetrability, Pearl of Lightning Baning, Pearl of Pierce Baning, Pearl of Spirit Drinking,
    Pearl of Swift Killing, Refreshing Elixir, Tusker's Jewel, Warrior's Jewel
  `,
  3: `
    Casino Exquisite Keyring, Grand Casino Golden Keyring, Medicated Health Kit, Medicated Mana Kit,
    Medicated Stamina Kit, Shimmering Skeleton Key
  `,
  4: `
    Adept's Fervor, Aristocrat's Bracelet, Band of Elemental Harmony, Bracelet of Binding,
    Breastplate of Leikotha's Tears, Circle of Pure Thought, Dread Marauder Shield, Dreamseer Bangle,
    Dusk Leggings, Footman's Boots, Gauntlets of the Crimson Star, Gelidite Boots, Gelidite Bracers,
    Gelidite Breastplate, Gelidite Girth, Gelidite Greaves, Gelidite Mitre, Golden Snake Choker,
    Greaves of Leikotha's Tears, Ibriya's Choice, Imperial Chevaird's Helm, Loop of Opposing Benedictions,
    Love's Favor, Mirrored Justice, Necklace of Iniquity, Pauldrons of Leikotha's Tears, Ring of Channelling,
    Shield of Engorgement, Steel Wall Boots, Swift Strike Ring, Tassets of Leikotha's Tears, Tracker Boots,
    Twin Ward, Unchained Prowess Ring, Valkeer's Helm, Weeping Ring, Winters Heart Ring
  `,
  5: `
    Eternal Health Kit, Eternal Mana Kit, Eternal Stamina Kit, Foolproof Aquamarine, Foolproof Black Garnet,
    Foolproof Black Opal, Foolproof Emerald, Foolproof Fire Opal, Foolproof Imperial Topaz, Foolproof Jet,
    Foolproof Peridot, Foolproof Red Garnet, Foolproof Sunstone, Foolproof White Sapphire, Foolproof Yellow Topaz,
    Foolproof Zircon, Hieroglyph of Alchemy Mastery, Hieroglyph of Arcane Enlightenment,
    Hieroglyph of Armor Tinkering Expertise, Hieroglyph of Axe Mastery, Hieroglyph of Bow Mastery,
    Hieroglyph of Cooking Mastery, Hieroglyph of Creature Enchantment Mastery, Hieroglyph of Dagger Mastery,
    Hieroglyph of Deception Mastery, Hieroglyph of Fealty, Hieroglyph of Fletching Mastery,
    Hieroglyph of Healing Mastery, Hieroglyph of Impregnability, Hieroglyph of Invulnerability,
    Hieroglyph of Item Enchantment Mastery, Hieroglyph of Item Tinkering Expertise, Hieroglyph of Jumping Mastery,
    Hieroglyph of Leadership Mastery, Hieroglyph of Life Magic Mastery, Hieroglyph of Lockpick Mastery,
    Hieroglyph of Magic Item Tinkering Expertise, Hieroglyph of Magic Resistance,
    Hieroglyph of Mana Conversion Mastery, Hieroglyph of Monster Attunement, Hieroglyph of Person Attunement,
    Hieroglyph of Spring, Hieroglyph of Sword Mastery, Hieroglyph of War Magic Mastery,
    Hieroglyph of Weapon Tinkering Expertise, Ideograph of Acid Protection, Ideograph of Armor,
    Ideograph of Bludgeon Protection, Ideograph of Fire Protection, Ideograph of Frost Protection,
    Ideograph of Lightning Protection, Ideograph of Mana Renewal, Ideograph of Piercing Protection,
    Ideograph of Regeneration, Ideograph of Rejuvenation, Ideograph of Slashing Protection, Infinite Aqua Vitae,
    Infinite Deadly Acid Arrowheads, Infinite Deadly Armor Piercing Arrowheads, Infinite Deadly Blunt Arrowheads,
    Infinite Deadly Electric Arrowheads, Infinite Deadly Fire Arrowheads, Infinite Deadly Frog-Crotch Arrowheads,
    Infinite Deadly Frost Arrowheads, Infinite Dimple Dried Rations, Infinite Elaborate Dried Rations,
    Infinite Ivory, Infinite Leather, Measureless Mana Stone, Perennial Argenory Dye, Perennial Berimphur Dye,
    Perennial Botched Dye, Perennial Colban Dye, Perennial Hennacin Dye, Perennial Lapyan Dye,
    Perennial Minalim Dye, Perennial Relanim Dye, Perennial Thananim Dye, Perennial Verdalim Dye,
    Pictograph of Coordination, Pictograph of Endurance, Pictograph of Focus, Pictograph of Quickness,
    Pictograph of Strength, Pictograph of Willpower, Rune of Acid Bane, Rune of Blade Bane, Rune of Blood Drinker,
    Rune of Bludgeon Bane, Rune of Defender, Rune of Dispel, Rune of Flame Bane, Rune of Frost Bane,
    Rune of Heart Seeker, Rune of Hermetic Link, Rune of Impenetrability, Rune of Lifestone Recall,
    Rune of Lightning Bane, Rune of Piercing Bane, Rune of Portal Recall, Rune of Spirit Drinker,
    Rune of Swift Killer
  `,
  6: `
    Assassin's Whisper, Baton of Tirethas, Bearded Axe of Souia-Vey, Black Cloud Bow, Black Thistle,
    Bloodmark Crossbow, Brador's Frozen Eye, Canfield Cleaver, Champion's Demise, Chitin Cracker, Corsair's Arc,
    Count Renari's Equalizer, Dart-Flicker, Death's Grip Staff, Decapitator's Blade, Defiler of Milantos,
    Deru Limb, Desert Wyrm, Dragonspine Bow, Drifter's Atlatl, Dripping Death, Ebonwood Shortbow, Eye of Muramm,
    Feathered Razor, Fist of Three Principles, Guardian of Pwyll, Heart of Darkest Flame, Hevelio's Half-Moon,
    Hooded Serpent Slinger, Huntsman's Dart-Thrower, Impious Staff, Iron Bull, Malachite Slasher,
    Moriharu's Kitchen Knife, Morrigan's Vanity, Orb of the Ironsea, Pillar of Fearlessness, Pitfighter's Edge,
    Ridgeback Dagger, Royal Ladle, Serpent's Flight, Skullpuncher, Smite, Spirit Shifting Staff, Squire's Glaive,
    Staff of All Aspects, Staff of Fettered Souls, Staff of Tendrils, Star of Gharu'n, Star of Tukal,
    Steel Butterfly, Subjugator, Thunderhead, Tri-Blade Spear, Tusked Axe of Ayan Baqur, Wand of the Frore Crystal,
    Zefir's Breath, Zharalim Crookblade
  `,
}

/** Every rare we know by name, in order of tier. */
export const rares: readonly RareItem[] = Object.entries(namesByTier).flatMap(([tier, names]) =>
  names.split(',').map((name) => ({ name: name.trim(), tier: Number(tier), great: Number(tier) > 3 })),
)

const key = (name: string) => name.replace(/\s+/g, ' ').trim().toLowerCase()
const greatByName = new Map(rares.map((rare) => [key(rare.name), rare.great]))

/** COMMON for tiers 1 to 3, GREAT for 4 to 6. Case and doubled blanks do not matter. */
export function rareTier(name: string): RareSplit {
  const great = greatByName.get(key(name))
  return great === undefined ? 'UNKNOWN' : great ? 'GREAT' : 'COMMON'
}
