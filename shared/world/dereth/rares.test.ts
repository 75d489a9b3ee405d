import { describe, expect, it } from 'vitest'
import { rares, rareTier } from './rares.ts'

const spoken = `Alchemist's Berzerker's Brawler's Knight's Rogue's Warrior's Scholar's Smithy's Hunter's Observer's
  Thorsten's
  Elysa's Chef's Enchanter's Oswald's Deceiver's Fletcher's Physician's Artificer's Tinker's Vaulter's
  Monarch's Life_Giver's Thief's Adherent's Resister's Imbuer's Converter's Evader's Dodger's Zefir's Ben_Ten's
  Hieromancer's Corruptor's Artist's T'ing's`
const words = (text: string) =>
  text
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll('_', ' '))
const common = [
  ...words(spoken).map((name) => `${name} Crystal`),
  ...words(`Lugian's Ursuin's Wayfarer's Sprinter's Magus's Lich's`).map((name) => `${name} Pearl`),
  ...words(
    `Warrior's Melee's Mage's Duelist's Archer's Tusker's Olthoi's Inferno's Gelid's Astyrrian's Executor's`,
  ).map((name) => `${name} Jewel`),
  ...words(`
    Blood_Drinking Heart_Seeking Defending Swift_Killing Spirit_Drinking Hermetic_Linking Blade_Baning Pierce_Baning
    Bludgeon_Baning Acid_Baning Flame_Baning Frost_Baning Lightning_Baning Impenetrability`).map(
    (name) => `Pearl of ${name}`,
  ),
  'Refreshing Elixir',
  'Invigorating Elixir',
  'Miraculous Elixir',
  'Medicated Health Kit',
  'Medicated Stamina Kit',
  'Medicated Mana Kit',
  'Casino Exquisite Keyring',
  'Grand Casino Golden Keyring',
  'Shimmering Skeleton Key',
]

describe('rares', () => {
  it.each(common)('%s is common', (name) => expect(rareTier(name)).toBe('COMMON'))
  it.each(['Infinite Leather', 'Smite', "Greaves of Leikotha's Tears", 'Foolproof Jet'])('%s is great', (name) =>
    expect(rareTier(name)).toBe('GREAT'),
  )
  it('does not guess at a name it does not hold', () => expect(rareTier('Pyreal Scarab')).toBe('UNKNOWN'))
  it('does not mind doubled blanks or letter case', () => expect(rareTier('perennial verdalim  dye')).toBe('GREAT'))
  it('holds each name once, with a tier from 1 to 6', () => {
    expect(new Set(rares.map((rare) => rare.name)).size).toBe(rares.length)
    expect(rares.every((rare) => rare.tier >= 1 && rare.tier <= 6 && rare.name.length > 2)).toBe(true)
  })
})
