import type { Town } from '../../../../shared/world/dereth/towns.ts'
import { STALE_MS, type WorldStore } from '../../world/world-store.ts'
import { type Box, type LabelSide, type LabelWish, declutter } from '../declutter.ts'
import { LabelSprites, type LabelStyle } from '../label-sprites.ts'
import type { MapLayer, View } from '../view.ts'
import { graticuleLabels } from './graticule-layer.ts'
import { TOWN_SIZE, townsInView } from './towns-layer.ts'
import { DOT_RADIUS, type SeenDot } from './dots-layer.ts'

const SANS = 'Inter, "Segoe UI", system-ui, "Noto Sans", "DejaVu Sans", sans-serif'

export interface LabelsSource {
  world: () => WorldStore
  towns: readonly Town[]
  dots: { seen: readonly SeenDot[] }
  names: () => boolean
  grid: () => boolean
  selected: () => string | null
}

/** Towns and names share one declutter: neither may be written over the other, nor over a dot. */
export function labelsLayer({ world: shown, towns, dots, names, grid, selected }: LabelsSource): MapLayer {
  const sprites = new LabelSprites()
  let sides = new Map<string, LabelSide>()
  return {
    id: 'labels',
    draw(ctx, view) {
      const world = shown()
      const wishes: LabelWish[] = []
      const styles = new Map<string, readonly [text: string, style: LabelStyle, alpha: number]>()
      const taken: Box[] = dots.seen.map(({ x, y }) => [x - DOT_RADIUS, y - DOT_RADIUS, x + DOT_RADIUS, y + DOT_RADIUS])
      if (grid()) taken.push(...graticuleLabels(view).map(graticuleBox))
      const wish = (
        id: string,
        text: string,
        style: LabelStyle,
        alpha: number,
        rest: Omit<LabelWish, 'id' | 'width' | 'height'>,
      ) => {
        const { width, height } = sprites.get(text, style, view.dpr)
        // The halo may touch a neighbour; the letters may not.
        wishes.push({ id, width: width - 4, height: height - 5, ...rest })
        styles.set(id, [text, style, alpha])
      }
      for (const { town, x, y } of townsInView(view, towns)) {
        const size = TOWN_SIZE[town.rank]
        taken.push([x - size, y - size, x + size, y + size])
        wish(`town:${town.name}`, town.name, townStyle(view, town.rank), 1, {
          x,
          y,
          radius: size,
          rank: town.rank === 1 ? 50 : 20 - town.rank,
          sides: ['above', 'below', 'right', 'left'],
        })
      }
      for (const { i, x, y } of dots.seen) {
        const name = world.names[i]!
        const chosen = name === selected()
        if (!names() && !chosen) continue
        const stale = world.ageMs(i, view.now) > STALE_MS
        wish(name, name, nameStyle(view, chosen), stale ? 0.55 : 1, {
          x,
          y,
          radius: chosen ? 14 : DOT_RADIUS,
          rank: chosen ? 100 : stale ? 30 : 40,
          must: chosen,
          sides: ['right', 'left', 'below', 'above'],
        })
      }
      const placed = declutter(wishes, taken, sides, labelArea(view))
      sides = new Map(placed.map((label) => [label.id, label.side]))
      for (const { id, x, y } of placed) {
        const [text, style, alpha] = styles.get(id)!
        ctx.globalAlpha = alpha
        drawSprite(ctx, sprites.get(text, style, view.dpr), x, y, view.dpr)
      }
      ctx.globalAlpha = 1
    },
  }
}

/** Where labels may stand: beside the panels that lie over the map. */
const labelArea = ({ inset, w, h }: View): Box => [inset.left + 2, inset.top + 2, w - inset.right - 2, h - inset.bottom]

const graticuleBox = ({ x, y, align }: ReturnType<typeof graticuleLabels>[number]): Box =>
  align === 'left' ? [x, y - 6, x + 26, y + 6] : [x - 12, y - 6, x + 12, y + 6]

function drawSprite(
  ctx: Parameters<MapLayer['draw']>[0],
  { image, width, height }: ReturnType<LabelSprites['get']>,
  x: number,
  y: number,
  dpr: number,
): void {
  // Whole device pixels keep the letters sharp.
  const snap = (value: number) => Math.round(value * dpr) / dpr
  ctx.drawImage(image, snap(x - 2), snap(y - 2.5), width, height)
}

const townStyle = (view: View, rank: 1 | 2 | 3): LabelStyle => ({
  font: `${rank === 1 ? 600 : 500} ${rank === 1 ? 13 : 11}px ${SANS}`,
  fill: view.inks.town,
  halo: view.inks.townHalo,
  spacing: rank === 1 ? '0.6px' : '0.2px',
})

const nameStyle = (view: View, chosen: boolean): LabelStyle => ({
  font: `${chosen ? 700 : 500} ${chosen ? 12.5 : 11.5}px ${SANS}`,
  fill: view.inks.name,
  halo: view.inks.nameHalo,
})
