import { COAST } from '../terrain.ts'
import { CONTOUR_STEP, ramps } from '../terrain-paint.ts'
import type { TerrainPiece } from '../terrain.worker.ts'
import { contourSegments } from '../contours.ts'
import { type Ctx2D, type MapLayer, type View, toEw, toNs, toX, toY, worldBox } from '../view.ts'
import { EDGE } from '../../../../shared/world/dereth/coordinates.ts'

/** From here on the bitmap's own lines look coarse and true lines take over. */
const VECTOR_K = 15

export function terrainLayer(piece: () => TerrainPiece | null, shown: () => boolean): MapLayer {
  return {
    id: 'terrain',
    draw(ctx, view) {
      ctx.fillStyle = view.inks.beyond
      ctx.fillRect(0, 0, view.w, view.h)
      const { x, y, size } = worldBox(view)
      const [r, g, b] = ramps[view.inks.theme].sea[0]
      ctx.fillStyle = `rgb(${r} ${g} ${b})`
      ctx.fillRect(x, y, size, size)
      const ground = piece()
      if (ground && shown()) {
        ctx.imageSmoothingEnabled = true
        // Near by, the bitmap is only a hue: lines, trails and names must stand off it.
        ctx.globalAlpha = Math.max(0.42, Math.min(1, 24 / view.k))
        blit(ctx, view, ground)
        ctx.globalAlpha = 1
        if (view.k > VECTOR_K) drawContours(ctx, view, ground)
      }
      ctx.strokeStyle = view.inks.frame
      ctx.lineWidth = 1
      ctx.strokeRect(Math.round(x) + 0.5, Math.round(y) + 0.5, Math.round(size), Math.round(size))
    },
  }
}

/** Copies only what is seen: a bitmap stretched over 65,000 px would make some browsers stumble. */
function blit(ctx: Ctx2D, view: View, ground: TerrainPiece) {
  const full = view.k > VECTOR_K ? ground.plain : ground.lined
  const stretch = (view.k * view.dpr * 2 * EDGE) / full.width
  const bitmap = stretch <= 0.5 ? ground.small : full
  ctx.imageSmoothingQuality = view.moving || stretch <= 1 ? 'low' : 'high'
  const scale = bitmap.width / (2 * EDGE)
  const left = Math.max(-EDGE, toEw(view, 0) - 1)
  const right = Math.min(EDGE, toEw(view, view.w) + 1)
  const top = Math.min(EDGE, toNs(view, 0) + 1)
  const bottom = Math.max(-EDGE, toNs(view, view.h) - 1)
  if (right <= left || top <= bottom) return
  ctx.drawImage(
    bitmap,
    (left + EDGE) * scale,
    (EDGE - top) * scale,
    (right - left) * scale,
    (top - bottom) * scale,
    toX(view, left),
    toY(view, top),
    (right - left) * view.k,
    (top - bottom) * view.k,
  )
}

function drawContours(ctx: Ctx2D, view: View, { heights, size }: TerrainPiece) {
  const cell = (2 * EDGE) / size
  const column = (ew: number) => Math.floor((ew + EDGE) / cell - 0.5)
  const row = (ns: number) => Math.floor((EDGE - ns) / cell - 0.5)
  const window = {
    from: column(toEw(view, 0)),
    to: column(toEw(view, view.w)) + 1,
    top: row(toNs(view, 0)),
    bottom: row(toNs(view, view.h)) + 1,
  }
  ctx.save()
  ctx.globalAlpha = Math.min(1, 0.4 + (view.k - VECTOR_K) / 10)
  ctx.lineCap = 'round'
  for (const coast of [false, true]) {
    ctx.beginPath()
    const levels = coast ? [COAST] : Array.from({ length: 14 }, (_, i) => (i + 1) * CONTOUR_STEP)
    contourSegments(heights, size, window, levels, (x1, y1, x2, y2) => {
      ctx.moveTo(toX(view, (x1 + 0.5) * cell - EDGE), toY(view, EDGE - (y1 + 0.5) * cell))
      ctx.lineTo(toX(view, (x2 + 0.5) * cell - EDGE), toY(view, EDGE - (y2 + 0.5) * cell))
    })
    ctx.strokeStyle = view.inks.contour
    ctx.lineWidth = coast ? 2 : 1
    ctx.stroke()
  }
  ctx.restore()
}
