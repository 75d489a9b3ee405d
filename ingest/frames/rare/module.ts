import { frame, frameModule } from '../frame-module.ts'
import { onRare } from './handler.ts'
import type { RareRows } from './rows.ts'
import { rare } from './shape.ts'
import { writeRares } from './writer.ts'

export const rareModule = frameModule<RareRows>([frame(rare, onRare)], { rares: { write: writeRares, urgent: true } })
