import type { Town } from '../../../../shared/world/dereth/towns.ts'
import { type Ctx2D, type MapLayer, type View, toX, toY } from '../view.ts'

/** Pixels a unit from which towns of a rank are drawn. */
const TOWN_K = { 1: 0, 2: 3.1, 3: 7 } as const
export const TOWN_SIZE = { 1: 4, 2: 3, 3: 2.4 } as const

export function townsInView(view: View, towns: readonly Town[]) {
  return towns
    .filter((town) => view.k >= TOWN_K[town.rank])
    .map((town) => ({ town, x: toX(view, town.ew), y: toY(view, town.ns) }))
    .filter(({ x, y }) => x > -80 && y > -20 && x < view.w + 80 && y < view.h + 20)
}

/** The diamonds alone, below the dots; their names take part in the declutter of labels-layer. */
export function townsLayer(towns: readonly Town[]): MapLayer {
  return {
    id: 'towns',
    draw(ctx, view) {
      for (const { town, x, y } of townsInView(view, towns)) drawTown(ctx, view, x, y, TOWN_SIZE[town.rank])
    },
  }
}

function drawTown(ctx: Ctx2D, view: View, x: number, y: number, size: number) {
  ctx.beginPath()
  ctx.moveTo(x, y - size)
  ctx.lineTo(x + size, y)
  ctx.lineTo(x, y + size)
  ctx.lineTo(x - size, y)
  ctx.closePath()
  ctx.lineJoin = 'round'
  ctx.lineWidth = 2.6
  ctx.strokeStyle = view.inks.townHalo
  ctx.stroke()
  ctx.fillStyle = view.inks.town
  ctx.fill()
}
