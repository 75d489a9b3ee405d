import { frame, frameModule } from '../frame-module.ts'
import { onVitals } from './handler.ts'
import type { VitalsRows } from './rows.ts'
import { vitals } from './shape.ts'
import { writeVitals } from './writer.ts'

export const vitalsModule = frameModule<VitalsRows>([frame(vitals, onVitals)], { vitals: { write: writeVitals } })
