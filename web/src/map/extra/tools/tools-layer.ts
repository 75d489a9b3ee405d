import type { Place } from '../../../../../shared/world/dereth/coordinates.ts'
import type { WorldStore } from '../../../world/world-store.ts'
import { type Ctx2D, type MapLayer, type View, toX, toY } from '../../view.ts'
import { formatLength, lengthOf } from './measure.ts'

export interface ToolsSource {
  world: () => WorldStore
  picked: () => readonly string[]
  /** Corners of the lasso while it is drawn. */
  lasso: () => readonly Place[]
  /** Places of the way that is measured. */
  way: () => readonly Place[]
}

/** Rings around those who are picked, the lasso, and the way that is measured. */
export const toolsLayer = ({ world, picked, lasso, way }: ToolsSource): MapLayer => ({
  id: 'tools',
  draw(ctx, view) {
    ctx.strokeStyle = view.inks.selected
    ctx.setLineDash([3, 2.5])
    ctx.lineWidth = 2
    for (const name of picked()) {
      const i = world().find(name)
      if (i === undefined || !world().isPresent(i, view.now) || world().isBelow(i)) continue
      ctx.beginPath()
      ctx.arc(toX(view, world().ew[i]!), toY(view, world().ns[i]!), 13, 0, Math.PI * 2)
      ctx.stroke()
    }
    drawLine(ctx, view, lasso(), true)
    drawLine(ctx, view, way(), false)
    ctx.setLineDash([])
    drawLengths(ctx, view, way())
  },
})

function drawLine(ctx: Ctx2D, view: View, points: readonly Place[], isClosed: boolean) {
  if (points.length === 0) return
  ctx.setLineDash([6, 4])
  ctx.beginPath()
  for (const { ew, ns } of points) ctx.lineTo(toX(view, ew), toY(view, ns))
  if (isClosed) {
    ctx.closePath()
    ctx.globalAlpha = 0.12
    ctx.fillStyle = view.inks.selected
    ctx.fill()
    ctx.globalAlpha = 1
  }
  ctx.stroke()
}

/** How far it is to each place from the first. */
function drawLengths(ctx: Ctx2D, view: View, way: readonly Place[]) {
  ctx.font = '600 12px system-ui, sans-serif'
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  way.forEach((place, nth) => {
    const [x, y] = [toX(view, place.ew), toY(view, place.ns)]
    ctx.fillStyle = view.inks.selected
    ctx.beginPath()
    ctx.arc(x, y, 4, 0, 2 * Math.PI)
    ctx.fill()
    if (nth === 0) return
    const text = formatLength(lengthOf(way.slice(0, nth + 1)))
    ctx.lineWidth = 3.5
    ctx.strokeStyle = view.inks.nameHalo
    ctx.strokeText(text, x + 9, y)
    ctx.fillStyle = view.inks.name
    ctx.fillText(text, x + 9, y)
  })
}
