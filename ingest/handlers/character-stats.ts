import { clientMoment } from '../../shared/contract/fields.ts'
import type { CharacterStatsFrame } from '../../shared/contract/frames/character-stats.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

export function onCharacterStats(sheet: CharacterStatsFrame, { now, raw }: Around): Outcome {
  const row = {
    character: sheet.character_name,
    at: clientMoment(sheet.timestamp, now).toISOString(),
    receivedAt: now.toISOString(),
    sheet,
    raw,
  }
  return keep([{ table: 'character_sheets', row }])
}
