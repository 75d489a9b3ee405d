import { frame, frameModule } from '../frame-module.ts'
import { onCharacterStats } from './handler.ts'
import type { SheetRows } from './rows.ts'
import { characterStats } from './shape.ts'
import { writeSheets } from './writer.ts'

export const sheetModule = frameModule<SheetRows>([frame(characterStats, onCharacterStats)], {
  character_sheets: { write: writeSheets },
})
