import { clientMomentText } from '../../shared/contract/fields.ts'
import type { CharacterStatsFrame } from '../../shared/contract/frames/character-stats.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

export function onCharacterStats(sheet: CharacterStatsFrame, { now, receivedAt, raw }: Around): Outcome {
  const row = {
    character: sheet.character_name,
    at: clientMomentText(sheet.timestamp, now, receivedAt),
    receivedAt,
    sheet,
    raw,
  }
  return keep([{ table: 'character_sheets', row }])
}
