import { z } from 'zod'
import { defineDocumentTool } from '../tool.ts'
import { characterName, figure } from './fields.ts'
import { McpEquipmentCantripsDocument } from './equipment-cantrips.query.gen.ts'

export const equipmentCantrips = defineDocumentTool({
  name: 'get_equipment_cantrips',
  title: 'Worn items and their spells',
  description: 'What one character wears, with mana, time left and the spells on each item.',
  input: { name: characterName },
  row: {
    item: z.string(),
    state: z.string().nullable(),
    mana: figure,
    max_mana: figure,
    seconds_left: figure,
    spells: z.array(z.object({ name: z.string(), active: z.boolean().nullable() })),
    reported_at: z.string(),
  },
  document: McpEquipmentCantripsDocument,
  variables: ({ name }) => ({ name }),
  rows({ character }) {
    const worn = character?.equipment
    const rows = (worn?.items ?? []).map((item) => ({
      item: item.name ?? `#${item.itemId}`,
      state: item.state,
      mana: item.currentMana,
      max_mana: item.maxMana,
      seconds_left: item.secondsLeft,
      spells: item.spells.map(({ name, active }) => ({ name: name ?? '', active })),
      reported_at: worn!.receivedAt,
    }))
    return { rows, total: rows.length }
  },
})
