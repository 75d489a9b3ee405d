import { frame, frameModule } from '../frame-module.ts'
import { alsoRelayed } from '../relayed.ts'
import { onSpawn } from './handler.ts'
import type { SpawnRows } from './rows.ts'
import { spawn } from './shape.ts'
import { writeSpawns } from './writer.ts'

export const spawnModule = frameModule<SpawnRows>([frame(spawn, alsoRelayed('spawn', onSpawn))], {
  spawns: { write: writeSpawns },
})
