import { UNIT_M } from '../../../../shared/world/dereth/coordinates.ts'
import type { MapLayer } from '../view.ts'
import { texts } from '../messages.ts'

const LENGTHS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50]

/** The shortest round length that is at least 70 px long. */
export const scaleLength = (k: number) => LENGTHS.find((units) => units * k >= 70) ?? 50

export function scaleText(units: number): string {
  const metres = Math.round(units * UNIT_M)
  const way = metres >= 1000 ? texts.km(metres / 1000) : texts.m(metres)
  return `${units} ${texts.units(units)} · ${way}`
}

export function scaleLayer(): MapLayer {
  return {
    id: 'scale',
    draw(ctx, view) {
      const units = scaleLength(view.k)
      const right = view.w - view.inset.right - 16
      const y = view.h - view.inset.scale
      const left = right - units * view.k
      ctx.beginPath()
      ctx.moveTo(left, y - 5)
      ctx.lineTo(left, y)
      ctx.lineTo(right, y)
      ctx.lineTo(right, y - 5)
      ctx.lineJoin = 'round'
      ctx.strokeStyle = view.inks.gridHalo
      ctx.lineWidth = 4
      ctx.stroke()
      ctx.strokeStyle = view.inks.gridText
      ctx.lineWidth = 1.5
      ctx.stroke()
      ctx.font = '10px Inter, "Segoe UI", system-ui, "DejaVu Sans", sans-serif'
      ctx.textAlign = 'right'
      ctx.textBaseline = 'alphabetic'
      ctx.strokeStyle = view.inks.gridHalo
      ctx.lineWidth = 3
      ctx.strokeText(scaleText(units), right, y - 8)
      ctx.fillStyle = view.inks.gridText
      ctx.fillText(scaleText(units), right, y - 8)
    },
  }
}
