// Every kind of frame, registered in one place. Tables are written in this order, and then do not wait for each other:
// each module has tables of its own. First comes what keeps the database longest, so that it works while the others are
// composed.
import type { FrameType } from '../../shared/contract/decode.ts'
import type { Row } from '../rows/row.ts'
import type { Table } from '../rows/table.ts'
import { chatModule } from './chat/module.ts'
import { combatModule } from './combat/module.ts'
import { dungeonModule } from './dungeon/module.ts'
import { equipmentModule } from './equipment/module.ts'
import type { FrameModule } from './frame-module.ts'
import { inventoryModule } from './inventory/module.ts'
import type { Handler } from './outcome.ts'
import { portalModule } from './portal/module.ts'
import { questModule } from './quest/module.ts'
import { radarModule } from './radar/module.ts'
import { rareModule } from './rare/module.ts'
import { registerModule } from './register/module.ts'
import { sheetModule } from './sheet/module.ts'
import { spawnModule } from './spawn/module.ts'
import { telemetryModule } from './telemetry/module.ts'
import { vitalsModule } from './vitals/module.ts'

const modules: readonly FrameModule[] = [
  inventoryModule,
  chatModule,
  telemetryModule,
  vitalsModule,
  sheetModule,
  portalModule,
  spawnModule,
  questModule,
  equipmentModule,
  dungeonModule,
  combatModule,
  rareModule,
  radarModule,
  registerModule,
]

// Maps, since a plain object fails for a type called `__proto__`.

/** The one description of the wire: the shape of every frame type, by name. */
export const contract: ReadonlyMap<string, FrameType> = new Map(
  modules.flatMap(({ frames }) => frames.map(({ shape }) => [shape.type, shape] as const)),
)

/** What a frame of each type means. */
export const handlers: ReadonlyMap<string, Handler<never>> = new Map(
  modules.flatMap(({ frames }) => frames.map(({ shape, handle }) => [shape.type, handle] as const)),
)

/** Types of frames that may have any number of values. */
export const largeTypes: ReadonlySet<string> = new Set(
  modules.flatMap(({ frames }) => frames.filter(({ mayBeLarge }) => mayBeLarge).map(({ shape }) => shape.type)),
)

/** How the rows of each table are stored, in the order in which they are written. */
export const tables: ReadonlyMap<string, Table> = new Map(modules.flatMap((module) => Object.entries(module.tables)))

/** Whether somebody is to act on one of these rows as soon as it is stored. */
export const isUrgent = (rows: readonly Row[]): boolean => rows.some(({ table }) => tables.get(table)?.urgent)
