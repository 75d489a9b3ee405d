import { computed } from 'vue'
import { formatMinute } from '../../ui/format.ts'
import { PORTAL_STEP } from '../../world/trail.ts'
import { type View, toX, toY } from '../view.ts'
import { drawWay } from './draw-way.ts'
import { groupColour } from './filters/dot-groups.ts'
import type { LayerWorld, OptionalLayer } from './layer-types.ts'
import { type MapSpanTrailsQuery, MapSpanTrailsDocument } from './map-span.query.gen.ts'
import { useTrailSpan, writeSpan } from './trail-span.ts'
import { useAsked } from './useAsked.ts'

type Trail = NonNullable<MapSpanTrailsQuery['replay']>[number]
/** With how many seconds between two places break its way. */
type GappedTrail = Trail & { gapS: number }

const POINTS = 900
/** How near a line has to be to be read, in pixels. */
const NEAR_PX = 7
/** Two places further apart in time than so many usual steps are not joined: nobody knows the way between. */
const GAP_STEPS = 4
const LEAST_GAP_S = 90
/** Map units (240 m) that nobody runs in a second. */
const FASTEST = 0.05

/** The way of everybody between two moments, each in a colour of its own. It counts the trails. */
export function start(given: LayerWorld): OptionalLayer {
  const choice = useTrailSpan()
  choice.begin(given.serverNow())
  let trails: readonly GappedTrail[] = []
  let drawn: View | null = null
  useAsked(
    MapSpanTrailsDocument,
    () => {
      const { from, to } = choice.span!
      return { since: new Date(from).toISOString(), until: new Date(to).toISOString(), points: POINTS }
    },
    { ...given, moment: computed(() => writeSpan(choice.span)) },
    ({ replay }) => {
      trails = (replay ?? [])
        .filter(({ telemetry }) => telemetry.ew.length > 1)
        .map((trail) => ({ ...trail, gapS: gapOf(trail.telemetry.seconds) }))
      return trails.length
    },
  )
  return {
    layer: {
      id: 'span',
      draw(ctx, view) {
        drawn = view
        ctx.lineJoin = 'round'
        ctx.lineWidth = 1.5
        ctx.globalAlpha = 0.75
        trails.forEach((trail, nth) => {
          ctx.strokeStyle = groupColour(nth, view.inks)
          drawWay(ctx, view, trail.telemetry, (i) => isBreak(trail, i))
        })
        ctx.globalAlpha = 1
      },
    },
    textAt: (x, y) => drawn && nearest(trails, drawn, x, y),
  }
}

function gapOf(seconds: readonly number[]): number {
  const steps = seconds.slice(1).map((second, i) => second - seconds[i]!)
  const middle = steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0
  return Math.max(LEAST_GAP_S, middle * GAP_STEPS)
}

/** Whether nobody knows the way to a place from the one before it: it was long ago, or too far for feet. */
function isBreak({ telemetry: { seconds, ew, ns }, gapS }: GappedTrail, i: number): boolean {
  const after = seconds[i]! - seconds[i - 1]!
  return after > gapS || isJump(ew[i]! - ew[i - 1]!, ns[i]! - ns[i - 1]!, after)
}

/** Too far for feet in this time: a portal or a recall. */
const isJump = (dx: number, dy: number, seconds: number) =>
  Math.hypot(dx, dy) > Math.max(PORTAL_STEP, seconds * FASTEST)

/** Who was near a point of the picture, and when: the nearest place of all. */
function nearest(trails: readonly Trail[], view: View, x: number, y: number): string | null {
  let best: string | null = null
  let least = NEAR_PX ** 2
  for (const { character, since, telemetry } of trails)
    telemetry.ew.forEach((ew, i) => {
      const distance = (toX(view, ew) - x) ** 2 + (toY(view, telemetry.ns[i]!) - y) ** 2
      if (distance >= least) return
      least = distance
      best = `${character.name}, ${formatMinute(Date.parse(since) + telemetry.seconds[i]! * 1000)}`
    })
  return best
}
