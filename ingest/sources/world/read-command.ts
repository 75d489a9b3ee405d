// What a body of `POST /command` means.
import { z } from 'zod'
import {
  MAX_COMMAND_RADIUS,
  WORLD_ACTIONS,
  type WorldAction,
  type WorldCommand,
} from '../../../shared/contract/world-commands.ts'

const MAX_COORDINATE = 30_000_000
const coordinate = z.number().min(-MAX_COORDINATE).max(MAX_COORDINATE)
const place = z.object({ x: coordinate, y: coordinate.nullish(), z: coordinate })

const NO_ACTION = 'Expected follow, scan, look or dispatch'

/** `task` is accepted as other programs send it with `dispatch`: there is one task, to watch. */
const body = z.object({
  action: z
    .string(NO_ACTION)
    .transform((text) => text.toUpperCase())
    .pipe(z.enum(WORLD_ACTIONS, NO_ACTION)) as unknown as z.ZodType<WorldAction>,
  world: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'Expected the name of a world')
    .nullish(),
  target: z.string().trim().min(1).max(64).nullish(),
  center: place.nullish(),
  position: place.nullish(),
  radius: z.number().int().min(1).max(MAX_COMMAND_RADIUS).default(16),
  task: z.literal('watch').nullish(),
})

/** Reads a command; a text says what is wrong with it. The world is `fallback` where it names none. */
export function readCommand(value: unknown, fallback: string, id: string): WorldCommand | string {
  const read = body.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    return `\`${issue!.path.join('.') || 'body'}\`: ${issue!.message}`
  }
  const { action, world, target, center, position, radius } = read.data
  const at = center ?? position ?? null
  return {
    id,
    world: world ?? fallback,
    action,
    target: target ?? null,
    center: at && { x: at.x, y: at.y ?? null, z: at.z },
    radius,
  }
}
