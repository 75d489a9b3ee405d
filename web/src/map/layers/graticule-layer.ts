import { EDGE, LANDBLOCK } from '../../../../shared/world/dereth/coordinates.ts'
import { LABEL_PAD, LabelSprites } from '../label-sprites.ts'
import { drawSprite } from '../sprite-sheets.ts'
import { type Ctx2D, type MapLayer, type View, toEw, toNs, toX, toY, worldBox } from '../view.ts'

const MONO = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'
/** Pixels a unit from which landblocks are drawn, and named. */
const BLOCKS_K = 26
const BLOCK_IDS_K = 60

const graticuleStep = (k: number) => (k > 60 ? 1 : k > 22 ? 2 : k > 9 ? 5 : 10)

const degreeLabel = (value: number, positive: string, negative: string) =>
  value === 0 ? '0' : `${Math.abs(value)}${value < 0 ? negative : positive}`

export function graticuleLayer(shown: () => boolean): MapLayer {
  const sprites = new LabelSprites()
  return {
    id: 'graticule',
    draw(ctx, view) {
      if (!shown()) return
      if (view.k > BLOCKS_K) drawLandblocks(ctx, view)
      const step = graticuleStep(view.k)
      drawLines(ctx, view, step)
      return drawLabels(ctx, view, sprites)
    },
  }
}

/** Whole multiples of `step` between two places of the world. */
function marks(from: number, to: number, step: number): number[] {
  const first = Math.ceil(Math.max(-100, from) / step)
  const last = Math.floor(Math.min(100, to) / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step)
}

const crisp = (value: number) => Math.round(value) + 0.5

function drawLines(ctx: Ctx2D, view: View, step: number) {
  const { x, y, size } = worldBox(view)
  const left = Math.max(0, x)
  const right = Math.min(view.w, x + size)
  const top = Math.max(0, y)
  const bottom = Math.min(view.h, y + size)
  const upright = (ew: number) => {
    ctx.moveTo(crisp(toX(view, ew)), top)
    ctx.lineTo(crisp(toX(view, ew)), bottom)
  }
  const level = (ns: number) => {
    ctx.moveTo(left, crisp(toY(view, ns)))
    ctx.lineTo(right, crisp(toY(view, ns)))
  }
  ctx.lineWidth = 1
  ctx.strokeStyle = view.inks.grid
  ctx.beginPath()
  for (const ew of marks(toEw(view, 0), toEw(view, view.w), step)) if (ew !== 0) upright(ew)
  for (const ns of marks(toNs(view, view.h), toNs(view, 0), step)) if (ns !== 0) level(ns)
  ctx.stroke()
  ctx.strokeStyle = view.inks.gridAxis
  ctx.setLineDash([5, 5])
  ctx.beginPath()
  upright(0)
  level(0)
  ctx.stroke()
  ctx.setLineDash([])
}

export interface GraticuleLabel {
  text: string
  x: number
  y: number
  align: 'left' | 'center'
}

/** Along the world's edge, or along what the furniture leaves free of it. */
export function graticuleLabels(view: View): GraticuleLabel[] {
  const step = graticuleStep(view.k)
  const { x, y } = worldBox(view)
  const { inset } = view
  const rowY = Math.max(inset.top + 10, y - 9)
  const columnX = Math.max(inset.left + 6, x - 34)
  const spaced = step * view.k < 36 ? step * 2 : step
  const row = marks(toEw(view, 0), toEw(view, view.w), spaced)
    .map((ew): GraticuleLabel => ({ text: degreeLabel(ew, 'E', 'W'), x: toX(view, ew), y: rowY, align: 'center' }))
    .filter((label) => label.x > columnX + 44 && label.x < view.w - inset.right - 16)
  const column = marks(toNs(view, view.h), toNs(view, 0), step)
    .map((ns): GraticuleLabel => ({ text: degreeLabel(ns, 'N', 'S'), x: columnX, y: toY(view, ns), align: 'left' }))
    .filter((label) => label.y > rowY + 12 && label.y < view.h - inset.bottom - 10)
  return [...row, ...column]
}

function drawLabels(ctx: Ctx2D, view: View, sprites: LabelSprites): boolean {
  const style = { font: `10px ${MONO}`, fill: view.inks.gridText, halo: view.inks.gridHalo }
  const labels = graticuleLabels(view)
  const pictures = labels.map(({ text }) => sprites.want(text, style, view.dpr))
  const isLeft = sprites.paint()
  labels.forEach(({ text, x, y, align }, nth) => {
    const { width, height } = sprites.size(text, style)
    const left = align === 'left' ? x - LABEL_PAD : x - width / 2
    drawSprite(ctx, pictures[nth]!, left, y - height / 2, view.dpr)
  })
  return isLeft
}

function drawLandblocks(ctx: Ctx2D, view: View) {
  const clamp = (value: number) => Math.max(0, Math.min(255, value))
  const fromX = clamp(Math.floor((toEw(view, 0) + EDGE) / LANDBLOCK))
  const toXBlock = clamp(Math.ceil((toEw(view, view.w) + EDGE) / LANDBLOCK))
  const fromY = clamp(Math.floor((toNs(view, view.h) + EDGE) / LANDBLOCK))
  const toYBlock = clamp(Math.ceil((toNs(view, 0) + EDGE) / LANDBLOCK))
  const atX = (block: number) => toX(view, block * LANDBLOCK - EDGE)
  const atY = (block: number) => toY(view, block * LANDBLOCK - EDGE)
  ctx.strokeStyle = view.inks.landblock
  ctx.lineWidth = 1
  ctx.beginPath()
  for (let bx = fromX; bx <= toXBlock; bx++) {
    ctx.moveTo(crisp(atX(bx)), atY(toYBlock))
    ctx.lineTo(crisp(atX(bx)), atY(fromY))
  }
  for (let by = fromY; by <= toYBlock; by++) {
    ctx.moveTo(atX(fromX), crisp(atY(by)))
    ctx.lineTo(atX(toXBlock), crisp(atY(by)))
  }
  ctx.stroke()
  if (view.k <= BLOCK_IDS_K) return
  ctx.font = `9px ${MONO}`
  ctx.textAlign = 'left'
  ctx.textBaseline = 'alphabetic'
  ctx.fillStyle = view.inks.landblockText
  const hex = (value: number) => value.toString(16).padStart(2, '0').toUpperCase()
  for (let bx = fromX; bx < toXBlock; bx++) {
    for (let by = fromY; by < toYBlock; by++) ctx.fillText(hex(bx) + hex(by), atX(bx) + 4, atY(by) - 5)
  }
}
