import { LegacyApiItemSearchDocument } from './item-search.query.gen.ts'
import { LegacyApiIsKnownDocument } from './is-known.query.gen.ts'
import { LegacyApiSetsDocument } from './sets.query.gen.ts'
// The searches of the original's inventory service.
import { z } from 'zod'
import { allPages, type Ask, characterNamed, Refusal } from './ask.ts'
import { endpoint, wholeNumber } from './endpoint.ts'
import { foundItem, foundOf, type Found } from './item.ts'
import { knownAmong } from './inventory.ts'
import { graphSearch, searchFields, slotsMeant, type SearchFields } from './search-fields.ts'

/** Items that one search can page through. */
const MAX_REACH = 5_000
const PAGE = 500
const MAX_OWNERS = 500

/** A page of a search, counted from 1, and how many items match. */
async function search(ask: Ask, asked: SearchFields, characters: string[] | undefined) {
  const { page, limit } = asked
  if (page * limit > MAX_REACH)
    throw new Refusal('BAD_USER_INPUT', `\`page\` times \`limit\` is at most ${MAX_REACH}; narrow the search.`)
  let total = 0
  const rowsOf = (given: ReturnType<typeof graphSearch>) =>
    allPages<Found>(page * limit, async (after) => {
      const { items } = await ask(LegacyApiItemSearchDocument, { ...given, first: Math.min(page * limit, PAGE), after })
      total = items.totalCount
      return items
    })
  const rows = await rowsOf(graphSearch(asked, characters)).catch(async (error: unknown) => {
    if (!characters || !(error instanceof Refusal) || error.code !== 'NOT_FOUND') throw error
    return rowsOf(graphSearch(asked, await knownAmong(ask, characters)))
  })
  return { items: rows.slice((page - 1) * limit).map(foundOf), total, has_next: total > page * limit }
}

const paged = {
  items: z.array(foundItem),
  total_count: z.number().describe('How many items match, on this page or not.'),
  page: z.number(),
  limit: z.number(),
  has_next: z.boolean(),
}

export const searchItems = endpoint({
  path: '/search/items',
  family: 'Inventory',
  says: `Items of everybody or some that fit everything asked for. Reaches the first ${MAX_REACH} of them.`,
  query: searchFields.extend({
    character: z.string().max(64).optional().describe('Only this character’s.'),
    characters: z.string().max(20_000).optional().describe('Only these characters’, by commas.'),
    include_all_characters: z.string().max(5).optional().describe('Everybody’s, as without any of these.'),
  }),
  answer: z.object(paged),
  async run({ query }, ask) {
    const named = [
      ...(query.character ? [query.character] : []),
      ...(query.characters ?? '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ]
    if (named.length > MAX_OWNERS)
      throw new Refusal('BAD_USER_INPUT', `\`characters\` has at most ${MAX_OWNERS} names.`)
    const { items, total, has_next } = await search(ask, query, named.length ? named : undefined)
    return { items, total_count: total, page: query.page, limit: query.limit, has_next }
  },
})

export const searchInventory = endpoint({
  path: '/inventory/{character}/search',
  family: 'Inventory',
  says: 'What a character carries that fits everything asked for.',
  query: searchFields,
  answer: z.object({ character_name: z.string(), item_count: z.number(), ...paged }),
  async run({ path, query }, ask) {
    const name = path.character
    await known(ask, name)
    const { items, total, has_next } = await search(ask, query, [name])
    return {
      character_name: name,
      item_count: total,
      items,
      total_count: total,
      page: query.page,
      limit: query.limit,
      has_next,
    }
  },
})

async function known(ask: Ask, name: string): Promise<void> {
  const character = await characterNamed(ask, LegacyApiIsKnownDocument, { name })
  if (!character?.inventory) throw new Refusal('NOT_FOUND', 'No inventory of this character is known.')
}

/** What a character wears, at most so many: nobody wears a tenth of it. */
const MAX_WORN = 200
const worn = async (ask: Ask, name: string): Promise<Found[]> => {
  const given = { where: { characters: [name], equipped: true }, first: MAX_WORN }
  return (await ask(LegacyApiItemSearchDocument, given)).items.nodes
}

export const searchEquipped = endpoint({
  path: '/search/equipped/{character}',
  family: 'Inventory',
  says: 'What a character wears, by name.',
  query: z.object({ slot: z.string().max(40).optional().describe('Only there: a mask, or a word such as Chest.') }),
  answer: z.object({ character_name: z.string(), item_count: z.number(), equipped_items: z.array(foundItem) }),
  async run({ path, query }, ask) {
    const name = path.character
    await known(ask, name)
    const slots = query.slot === undefined ? null : slotsMeant(query.slot)
    const items = (await worn(ask, name)).filter(({ wornAt }) => !slots || wornAt.some((slot) => slots.includes(slot)))
    return { character_name: name, item_count: items.length, equipped_items: items.map(foundOf) }
  },
})

const METRICS = {
  armor: { by: 'BASE_ARMOR_LEVEL', where: 'baseArmorLevel', of: (item: Found) => item.baseArmorLevel },
  damage: { by: 'MAX_DAMAGE', where: 'maxDamage', of: (item: Found) => item.combat?.maxDamage ?? null },
  value: { by: 'VALUE', where: 'value', of: (item: Found) => item.value },
} as const

export const searchUpgrades = endpoint({
  path: '/search/upgrades/{character}/{slot}',
  family: 'Inventory',
  says:
    'What anybody holds unworn that a character could wear at a slot and that is better than what it wears ' +
    'there, the best first.',
  query: z.object({
    upgrade_type: z
      .enum(['armor', 'damage', 'value'], 'must be armor, damage or value')
      .default('armor')
      .describe('Better in what: base armor level, greatest damage or value.'),
    limit: wholeNumber('At most so many items.', 50, 1, 200),
  }),
  answer: z.object({
    character_name: z.string(),
    slot: z.string(),
    upgrade_type: z.string(),
    current_items: z.array(foundItem),
    requirements_checked: z.boolean().describe('Whether a character sheet says what the character can wield.'),
    total_candidates: z.number(),
    upgrade_candidates: z.array(foundItem),
  }),
  async run({ path, query }, ask) {
    const name = path.character
    const slots = slotsMeant(path.slot)
    await known(ask, name)
    const current = (await worn(ask, name)).filter(({ wornAt }) => wornAt.some((slot) => slots.includes(slot)))
    const metric = METRICS[query.upgrade_type]
    // What takes one of two places, such as a ring, must beat the weaker of the two.
    const there = current.map(metric.of).filter((figure) => figure !== null)
    const least = there.length ? Math.min(...there) + 1 : undefined
    const of = (usableBy?: string) =>
      ask(LegacyApiItemSearchDocument, {
        where: { equipped: false, slots, [metric.where]: { min: least }, ...(usableBy ? { usableBy } : {}) },
        orderBy: { by: metric.by, direction: 'DESC' },
        first: query.limit,
      })
    let isChecked = true
    const { items } = await of(name).catch((error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'NOT_FOUND') throw error
      isChecked = false
      return of()
    })
    return {
      character_name: name,
      slot: path.slot,
      upgrade_type: query.upgrade_type,
      current_items: current.map(foundOf),
      requirements_checked: isChecked,
      total_candidates: items.totalCount,
      upgrade_candidates: items.nodes.map(foundOf),
    }
  },
})

/** Sets that there are: the original had it at several addresses. */
export const listOfSets = (path: string, family = 'Inventory') =>
  endpoint({
    path,
    family,
    says: 'The equipment sets of which anybody holds something, most pieces first.',
    answer: z.object({
      sets: z.array(z.object({ id: z.number(), name: z.string(), item_count: z.number() })),
      total_sets: z.number(),
    }),
    async run(_, ask) {
      const { items } = await ask(LegacyApiSetsDocument)
      const sets = items.facets.sets.map(({ key, name, count }) => ({ id: Number(key), name, item_count: count }))
      return { sets, total_sets: sets.length }
    },
  })

export const setsList = listOfSets('/sets/list')
