import { frame, frameModule } from '../frame-module.ts'
import { onTelemetry } from './handler.ts'
import type { TelemetryRows } from './rows.ts'
import { telemetry } from './shape.ts'
import { countTallies, storeTallies } from './tallies.ts'
import { writeTelemetry } from './writer.ts'

export const telemetryModule = frameModule<TelemetryRows>([frame(telemetry, onTelemetry)], {
  telemetry: { write: writeTelemetry },
  tallies: { prepare: countTallies, write: (client, _, ids) => storeTallies(client, ids) },
})
