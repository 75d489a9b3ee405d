import { frame, frameModule } from '../frame-module.ts'
import { onCombatStats } from './handler.ts'
import type { CombatRows } from './rows.ts'
import { combatStats } from './shape.ts'
import { writeCombat } from './writer.ts'

export const combatModule = frameModule<CombatRows>([frame(combatStats, onCombatStats)], {
  combat_sessions: { write: writeCombat },
})
