import { z } from 'zod'
import { definePagedTool } from '../tool.ts'
import { characterName } from './fields.ts'
import { itemLinks, itemRow, itemRowOf } from './item-row.ts'
import { McpSearchItemsDocument } from './search-items.query.gen.ts'

/** Tiers of cantrips, from the least. */
export const TIERS = ['MINOR', 'MAJOR', 'EPIC', 'LEGENDARY'] as const

/** Where something can be worn, as the graph calls it. */
export const SLOTS = [
  'HEAD',
  'CHEST',
  'ABDOMEN',
  'UPPER_ARMS',
  'LOWER_ARMS',
  'HANDS',
  'UPPER_LEGS',
  'LOWER_LEGS',
  'FEET',
  'NECK',
  'LEFT_WRIST',
  'RIGHT_WRIST',
  'LEFT_FINGER',
  'RIGHT_FINGER',
  'SHIRT',
  'PANTS',
  'CLOAK',
  'TRINKET',
  'SHIELD',
  'MELEE_WEAPON',
  'MISSILE_WEAPON',
  'HELD',
] as const

export const searchItems = definePagedTool({
  name: 'search_items',
  title: 'Item search',
  description:
    'Items that the guild’s characters hold, by name, with holder, armor level and the cantrips bound to them.',
  input: {
    text: z.string().min(1).max(200).optional().describe('Part of the name or inscription.'),
    spell: z.string().min(1).max(100).optional().describe('Part of the name of a spell bound to it, such as Strength.'),
    tier: z.enum(TIERS).optional().describe('The tier of that spell; without a spell, the best tier of its cantrips.'),
    slots: z.array(z.enum(SLOTS)).min(1).max(SLOTS.length).optional().describe('What can be worn at one of these.'),
    character: characterName.optional().describe('Only what this character holds.'),
  },
  mostRows: 100,
  row: itemRow,
  document: McpSearchItemsDocument,
  variables: ({ text, spell, tier, slots, character }, page) => ({
    ...page,
    where: {
      ...(text !== undefined && { text }),
      ...(spell !== undefined && { spells: { all: [{ name: spell, ...(tier && { tier }) }] } }),
      ...(spell === undefined && tier && { tiers: [tier] }),
      ...(slots && { slots }),
      ...(character !== undefined && { characters: [character] }),
    },
  }),
  rows: ({ items: { nodes, totalCount, pageInfo } }) => ({ total: totalCount, pageInfo, rows: nodes.map(itemRowOf) }),
  links: itemLinks,
})
