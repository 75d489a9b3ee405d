import { z } from 'zod'
import { definePagedTool } from '../tool.ts'
import { characterName } from './fields.ts'
import { itemLinks, itemRow, itemRowOf } from './item-row.ts'
import { McpSearchItemsDocument } from './search-items.query.gen.ts'

export const inventory = definePagedTool({
  name: 'get_inventory',
  title: 'Inventory of a character',
  description: 'Everything one character carries and wears, in pages; `equipped` only what it wears.',
  input: { character: characterName, equipped: z.boolean().optional() },
  mostRows: 200,
  row: itemRow,
  document: McpSearchItemsDocument,
  variables: ({ character, equipped }, page) => ({
    ...page,
    where: { characters: [character], ...(equipped !== undefined && { equipped }) },
  }),
  rows: ({ items: { nodes, totalCount, pageInfo } }) => ({ total: totalCount, pageInfo, rows: nodes.map(itemRowOf) }),
  links: itemLinks,
})

export const inventorySearch = definePagedTool({
  name: 'get_inventory_search',
  title: 'Search in one inventory',
  description: 'Items of one character with a text in the name or inscription.',
  input: { character: characterName, text: z.string().min(1).max(200) },
  mostRows: 200,
  row: itemRow,
  document: McpSearchItemsDocument,
  variables: ({ character, text }, page) => ({ ...page, where: { characters: [character], text } }),
  rows: ({ items: { nodes, totalCount, pageInfo } }) => ({ total: totalCount, pageInfo, rows: nodes.map(itemRowOf) }),
  links: itemLinks,
})
