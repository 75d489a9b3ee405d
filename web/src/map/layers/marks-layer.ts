import { type EventMark, MARKS_MS } from '../event-marks.ts'
import { type Ctx2D, type MapLayer, type View, toX, toY } from '../view.ts'

const SIZE = 6
const HIT_RADIUS = 9

export interface MarksLayer extends MapLayer {
  /** The mark under a point of the picture as it was drawn last, the newest first; null if there is none. */
  at(x: number, y: number): EventMark | null
}

/** Rares as gems and deaths as crosses, fainter the longer ago. `now` is by the server's clock. */
export function marksLayer(marks: () => readonly EventMark[], now: (clock: number) => number): MarksLayer {
  let seen: { mark: EventMark; x: number; y: number }[] = []
  return {
    id: 'marks',
    draw(ctx, view) {
      seen = []
      for (const mark of marks()) {
        const x = toX(view, mark.ew)
        const y = toY(view, mark.ns)
        if (x < -SIZE || y < -SIZE || x > view.w + SIZE || y > view.h + SIZE) continue
        seen.push({ mark, x, y })
        ctx.globalAlpha = Math.max(0.4, 1 - 0.6 * ((now(view.now) - mark.at) / MARKS_MS))
        if (mark.kind === 'rares') drawGem(ctx, view, x, y)
        else drawCross(ctx, view, x, y)
      }
      ctx.globalAlpha = 1
    },
    at: (x, y) => seen.findLast((one) => Math.hypot(one.x - x, one.y - y) <= HIT_RADIUS)?.mark ?? null,
  }
}

function drawGem(ctx: Ctx2D, { inks }: View, x: number, y: number) {
  ctx.beginPath()
  ctx.moveTo(x - SIZE, y - 1)
  ctx.lineTo(x - SIZE / 2, y - SIZE + 1)
  ctx.lineTo(x + SIZE / 2, y - SIZE + 1)
  ctx.lineTo(x + SIZE, y - 1)
  ctx.lineTo(x, y + SIZE)
  ctx.closePath()
  ctx.lineJoin = 'round'
  ctx.lineWidth = 2.4
  ctx.strokeStyle = inks.dotEdge
  ctx.stroke()
  ctx.fillStyle = inks.rare
  ctx.fill()
}

function drawCross(ctx: Ctx2D, { inks }: View, x: number, y: number) {
  ctx.beginPath()
  ctx.moveTo(x, y - SIZE)
  ctx.lineTo(x, y + SIZE)
  ctx.moveTo(x - SIZE * 0.65, y - SIZE * 0.35)
  ctx.lineTo(x + SIZE * 0.65, y - SIZE * 0.35)
  ctx.lineCap = 'round'
  ctx.lineWidth = 5
  ctx.strokeStyle = inks.dotEdge
  ctx.stroke()
  ctx.lineWidth = 2.2
  ctx.strokeStyle = inks.activity.dead
  ctx.stroke()
}
