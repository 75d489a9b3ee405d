import { topic, type SheetEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'
import type { SheetRow } from './rows.ts'
import { insertRows, lastOf, replaceOn, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { jsonForPostgres } from '../../rows/json.ts'

type Sheet = SheetRow & { characterNumber: number }

const columns: Column<Sheet>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.at],
  ['level', 'int', ({ sheet }) => sheet.level],
  ['race', 'text', ({ sheet }) => sheet.race],
  ['gender', 'text', ({ sheet }) => sheet.gender],
  ['birth', 'text', ({ sheet }) => sheet.birth],
  ['total_xp', 'bigint', ({ sheet }) => sheet.total_xp],
  ['unassigned_xp', 'bigint', ({ sheet }) => sheet.unassigned_xp],
  ['skill_credits', 'int', ({ sheet }) => sheet.skill_credits],
  ['luminance_earned', 'bigint', ({ sheet }) => sheet.luminance_earned],
  ['luminance_total', 'bigint', ({ sheet }) => sheet.luminance_total],
  ['deaths', 'int', ({ sheet }) => sheet.deaths],
  ['burden_units', 'int', ({ sheet }) => sheet.burden_units],
  ['encumbrance_capacity', 'int', ({ sheet }) => sheet.encumbrance_capacity],
  ['raw', 'jsonb', (row) => jsonForPostgres(row.raw)],
]
const replace = insertRows('character_sheets', columns, replaceOn('character_id', columns))
const keepFigures = insertRows(
  'sheet_history',
  columns.filter(([name]) => ['character_id', 'received_at', 'level', 'total_xp', 'luminance_earned'].includes(name)),
  'on conflict do nothing',
)

/** One sheet a character: the newest. Of each, the figures that grow. */
export async function writeSheets(client: Client, rows: readonly SheetRow[], ids: IdCache): Promise<Publish[]> {
  const numbered = lastOf(rows, (row) => row.character).map((row) => ({
    ...row,
    characterNumber: ids.characterId(row.character),
  }))
  await Promise.all([replace(client, numbered), keepFigures(client, numbered)])
  return numbered.map(({ character, receivedAt }) => ({
    topic: topic('sheet', character),
    event: { character, at: receivedAt } satisfies SheetEvent,
  }))
}
