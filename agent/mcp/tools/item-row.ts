// An item as a row of a result.
import { z } from 'zod'
import type { McpItemRowFragment } from './item-row.fragment.gen.ts'
import { characterLink, itemLink } from '../links.ts'
import type { Link } from '../tool.ts'
import { figure } from './fields.ts'

export const itemRow = {
  id: z.string(),
  name: z.string(),
  character: z.string().nullable(),
  equipped: z.boolean(),
  stack: figure,
  armor_level: figure,
  workmanship: figure,
  value: figure,
  burden: figure,
  set: z.string().nullable(),
  cantrips: z.array(z.string()),
}
type ItemRow = z.output<z.ZodObject<typeof itemRow>>

export const itemRowOf = (item: McpItemRowFragment): ItemRow => ({
  id: item.id,
  name: item.fullName ?? item.name ?? '',
  character: item.character?.name ?? null,
  equipped: item.equipped,
  stack: item.stack,
  armor_level: item.armorLevel,
  workmanship: item.workmanship,
  value: item.value,
  burden: item.burden,
  set: item.setName,
  cantrips: item.boundSpells.filter(({ tier }) => tier !== null).map((spell) => spell.name),
})

export const itemLinks = ({ id, name, character }: ItemRow): Link[] => [
  itemLink(id, name),
  ...(character === null ? [] : [characterLink(character)]),
]
