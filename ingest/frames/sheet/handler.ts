import { clientMomentText } from '../../../shared/contract/fields.ts'
import type { CharacterStatsFrame } from './shape.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { SheetRows } from './rows.ts'

export function onCharacterStats(
  sheet: CharacterStatsFrame,
  { now, receivedAt, raw }: HandlerContext,
): Outcome<SheetRows> {
  const row = {
    character: sheet.character_name,
    at: clientMomentText(sheet.timestamp, now, receivedAt),
    receivedAt,
    sheet,
    raw,
  }
  return keep([{ table: 'character_sheets', row }])
}
