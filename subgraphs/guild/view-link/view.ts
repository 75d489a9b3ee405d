import { z } from 'zod'
import { fault } from '../../../shared/errors.ts'
import type { SharedViewInput } from '../generated/resolvers.ts'

const MAX_FILTERS = 8
const MAX_WHERE_LENGTH = 4_000
const WORD = /^[\w-]{1,20}$/

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What a link stores of its view. `subgraphs/telemetry/shared-view/` reads it. */
const shape = z.object({
  ew: z.number().min(-110).max(110),
  ns: z.number().min(-110).max(110),
  across: z.number().min(0.1).max(10_000),
  selected: z.string().min(1).max(64).nullable(),
  following: z.boolean(),
  layers: z.array(z.string().regex(WORD)).max(20),
  colouring: z.string().regex(WORD),
  moment: z.string().nullable(),
  hidesOthers: z.boolean(),
  filters: z
    .array(
      z.object({
        colour: z.string().regex(WORD),
        where: z.custom(
          (value) => isObject(value) && JSON.stringify(value).length <= MAX_WHERE_LENGTH,
          `must be an object of at most ${MAX_WHERE_LENGTH} characters`,
        ),
      }),
    )
    .max(MAX_FILTERS),
})
export type StoredView = z.infer<typeof shape>

/** A view as it is stored. `now` in milliseconds since 1970. @throws BAD_USER_INPUT for what no page shows */
export function storedView(input: SharedViewInput, now: number): StoredView {
  const moment = input.moment == null ? null : new Date(input.moment)
  if (moment && !(moment.getTime() <= now))
    throw fault('BAD_USER_INPUT', 'A view shows a moment that is over, or what is now.')
  const read = shape.safeParse({
    ...input,
    selected: input.selected ?? null,
    moment: moment && moment.toISOString(),
  })
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw fault('BAD_USER_INPUT', `The view cannot be shared: \`${issue!.path.join('.')}\` ${issue!.message}.`)
}
