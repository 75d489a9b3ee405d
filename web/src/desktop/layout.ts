import * as v from 'valibot'
import { type Bounds, clampRect } from './geometry.ts'

export const LAYOUT_VERSION = 1

const WindowSchema = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  kind: v.string(),
  params: v.optional(v.record(v.string(), v.string()), {}),
  x: v.pipe(v.number(), v.finite()),
  y: v.pipe(v.number(), v.finite()),
  w: v.pipe(v.number(), v.finite(), v.minValue(1)),
  h: v.pipe(v.number(), v.finite(), v.minValue(1)),
  z: v.pipe(v.number(), v.finite()),
  state: v.fallback(v.picklist(['normal', 'min', 'max']), 'normal'),
})
const LayoutSchema = v.object({ v: v.literal(LAYOUT_VERSION), windows: v.array(v.unknown()) })

export type SavedWindow = v.InferOutput<typeof WindowSchema>

/** Brings layouts of older versions up to today's, a step a version. */
const migrations: Record<number, (layout: Record<string, unknown>) => Record<string, unknown>> = {
  // Version 0 kept two flags where there is one state now.
  0: (layout) => ({
    ...layout,
    v: 1,
    windows: (Array.isArray(layout.windows) ? layout.windows : []).map((one: Record<string, unknown>) => ({
      ...one,
      state: one?.max ? 'max' : one?.min ? 'min' : 'normal',
    })),
  }),
}

/**
 * Reads a saved layout; null when there is none to use. A damaged layout must never stop the dashboard,
 * and one damaged or unknown window must not cost the others.
 */
export function readLayout(
  text: string | null,
  isKnown: (kind: string) => boolean,
  bounds: Bounds,
): SavedWindow[] | null {
  let raw: unknown
  try {
    raw = JSON.parse(text ?? 'null')
  } catch {
    // Somebody or something wrote nonsense there: as good as nothing.
    return null
  }
  const layout = v.safeParse(LayoutSchema, migrate(raw))
  if (!layout.success) return null
  const seen = new Set<string>()
  return layout.output.windows.flatMap((one) => {
    const read = v.safeParse(WindowSchema, one)
    if (!read.success || !isKnown(read.output.kind) || seen.has(read.output.id)) return []
    seen.add(read.output.id)
    return [{ ...read.output, ...clampRect(read.output, bounds) }]
  })
}

export function migrate(raw: unknown): unknown {
  let layout = raw
  for (let step = 0; step < LAYOUT_VERSION; step++) {
    if (typeof layout !== 'object' || layout === null || !('v' in layout)) return layout
    const up = migrations[Number(layout.v)]
    if (!up) return layout
    layout = up(layout as Record<string, unknown>)
  }
  return layout
}

export const writeLayout = (windows: readonly SavedWindow[]) => JSON.stringify({ v: LAYOUT_VERSION, windows })
