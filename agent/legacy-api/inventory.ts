import { LegacyApiInventoryDocument } from './inventory.query.gen.ts'
import { LegacyApiInventoryCharactersDocument } from './inventory-characters.query.gen.ts'
import { z } from 'zod'
import { allPages, type Ask, characterNamed, Refusal } from './ask.ts'
import { endpoint, wholeNumber } from './endpoint.ts'
import { item, itemOf, type Item } from './item.ts'
import { isoformat, moment } from './moment.ts'

/** More than any character carries. */
export const MAX_ITEMS = 5_000
const PAGE = 1_000

/** What a character carries, at most `most` items, and how many there are. Refuses when nothing is known. */
export async function itemsOf(ask: Ask, name: string, most: number): Promise<{ items: Item[]; count: number }> {
  let count = 0
  const items = await allPages<Item>(most, async (after) => {
    const page = { name, first: Math.min(most, PAGE), after }
    const character = await characterNamed(ask, LegacyApiInventoryDocument, page)
    if (!character?.inventory) throw new Refusal('NOT_FOUND', 'No inventory of this character is known.')
    count = character.inventory.itemCount
    return character.inventory.items
  })
  return { items, count }
}

export const inventory = endpoint({
  path: '/inventory/{character}',
  family: 'Inventory',
  says: 'What a character carries, by name.',
  query: z.object({ limit: wholeNumber('At most so many items.', MAX_ITEMS, 1, MAX_ITEMS) }),
  answer: z.object({
    character_name: z.string(),
    item_count: z.number().describe('How many items the character has, in this answer or not.'),
    items: z.array(item),
  }),
  async run({ path, query }, ask) {
    const { items, count } = await itemsOf(ask, path.character, query.limit)
    return { character_name: path.character, item_count: count, items: items.map(itemOf) }
  },
})

interface Owner {
  name: string
  inventory: { itemCount: number; changedAt: string } | null
}
const MAX_CHARACTERS = 5_000

const ownersOf = (ask: Ask): Promise<Owner[]> =>
  allPages<Owner>(
    MAX_CHARACTERS,
    async (after) => (await ask(LegacyApiInventoryCharactersDocument, { after })).characters,
  )

/** Those of some names that are exactly those of characters: the graph refuses others, the original ignored them. */
export async function knownAmong(ask: Ask, names: readonly string[]): Promise<string[]> {
  const known = new Set((await ownersOf(ask)).map(({ name }) => name))
  return names.filter((name) => known.has(name))
}

/** Of whom items are known: the original had it at several addresses. */
export const listOfOwners = (path: string, family = 'Inventory') =>
  endpoint({
    path,
    family,
    says: `Of whom an inventory is known: of the first ${MAX_CHARACTERS} characters.`,
    answer: z.object({
      characters: z.array(z.object({ character_name: z.string(), item_count: z.number(), last_updated: moment })),
      total_characters: z.number(),
    }),
    async run(_, ask) {
      const nodes = await ownersOf(ask)
      const characters = nodes.flatMap(({ name, inventory }) =>
        inventory
          ? [
              {
                character_name: name,
                item_count: inventory.itemCount,
                last_updated: isoformat(inventory.changedAt),
              },
            ]
          : [],
      )
      return { characters, total_characters: characters.length }
    },
  })

export const inventoryCharacters = listOfOwners('/inventory-characters')
/** The same by the name that the original's inventory service had for it. */
export const charactersList = listOfOwners('/characters/list')
