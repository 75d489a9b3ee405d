// Hides where the world of the public page is: every place is moved by the same secret distance.
import type { Entity, TraceEvent, WorldEvent } from './messages.ts'

/** How far places are moved, in blocks along x and z. */
export interface Shift {
  x: number
  z: number
}

const RUN = 5

/** A world's event with all its places moved. */
export const shiftedWorld = (shift: Shift | null, event: WorldEvent): WorldEvent =>
  shift
    ? {
        ...event,
        runs: event.runs.map((value, at) =>
          at % RUN === 0 ? value + shift.x : at % RUN === 1 ? value + shift.z : value,
        ),
        entities: event.entities.map((entity): Entity => ({ ...entity, x: entity.x + shift.x, z: entity.z + shift.z })),
      }
    : event

/**
 * A step with the place it looked at moved. Its arguments and its result are left out: places in them have any form.
 */
export const shiftedStep = (shift: Shift | null, step: TraceEvent): TraceEvent =>
  shift
    ? {
        ...step,
        input: null,
        result: null,
        lookedAt: step.lookedAt && { ...step.lookedAt, x: step.lookedAt.x + shift.x, z: step.lookedAt.z + shift.z },
      }
    : step
