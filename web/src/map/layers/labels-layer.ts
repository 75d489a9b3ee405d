import type { Town } from '../../../../shared/world/dereth/towns.ts'
import { STALE_MS, type WorldStore } from '../../world/world-store.ts'
import { type Box, type LabelSide, type LabelWish, declutter } from '../declutter.ts'
import { LabelSprites, type LabelStyle } from '../label-sprites.ts'
import { type Sprite, drawSprite } from '../sprite-sheets.ts'
import { uiScale } from '../../ui/scale.ts'
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

/** Room for labels is sought again at most so often while all else stays: meanwhile they go along with their dots. */
const RELABEL_MS = 150

interface KeptLabel {
  text: string
  style: LabelStyle
  alpha: number
  side: LabelSide
  /** From what it labels to its top left corner. */
  dx: number
  dy: number
}
type Labelled = Omit<LabelWish, 'width' | 'height'> & Pick<KeptLabel, 'text' | 'style' | 'alpha'>

/** Towns and names share one declutter: neither may be written over the other, nor over a dot. */
export function labelsLayer(source: LabelsSource): MapLayer {
  const { world, towns, dots, names, grid, selected } = source
  const sprites = new LabelSprites()
  let kept = new Map<string, KeptLabel>()
  let keptFor: readonly unknown[] = []
  let keptAt = 0

  function relabel(view: View) {
    const wishes = new Map<string, Labelled & LabelWish>()
    for (const one of labelled(source, view)) {
      const { width, height } = sprites.size(one.text, one.style)
      // The halo may touch a neighbour; the letters may not.
      wishes.set(one.id, { ...one, width: width - 4, height: height - 5 })
    }
    const sides = new Map([...kept].map(([id, { side }]) => [id, side]))
    kept = new Map(
      declutter([...wishes.values()], takenBy(source, view), sides, labelArea(view)).map(({ id, x, y, side }) => {
        const { text, style, alpha, ...at } = wishes.get(id)!
        return [id, { text, style, alpha, side, dx: x - at.x, dy: y - at.y }]
      }),
    )
  }

  return {
    id: 'labels',
    draw(ctx, view) {
      const now = [
        world(),
        selected(),
        names(),
        grid(),
        view.inks,
        uiScale.value,
        view.w,
        view.h,
        view.moving || view.k,
      ]
      if (view.now - keptAt >= RELABEL_MS || now.some((part, nth) => part !== keptFor[nth])) {
        relabel(view)
        ;[keptFor, keptAt] = [now, view.now]
      }
      const written: [sprite: Sprite, alpha: number, x: number, y: number][] = []
      const write = (id: string, x: number, y: number) => {
        const label = kept.get(id)
        if (!label) return
        const sprite = sprites.want(label.text, label.style, view.dpr)
        written.push([sprite, label.alpha, x + label.dx - 2, y + label.dy - 2.5])
      }
      for (const { town, x, y } of townsInView(view, towns)) write(`town:${town.name}`, x, y)
      for (const { i, x, y } of dots.seen) write(world().names[i]!, x, y)
      const isLeft = sprites.paint()
      for (const [sprite, alpha, x, y] of written) {
        ctx.globalAlpha = alpha
        drawSprite(ctx, sprite, x, y, view.dpr)
      }
      ctx.globalAlpha = 1
      return isLeft
    },
  }
}

/** All that could have a label in this view. */
function* labelled({ world, towns, dots, names, selected }: LabelsSource, view: View): Generator<Labelled> {
  for (const { town, x, y } of townsInView(view, towns))
    yield {
      id: `town:${town.name}`,
      text: town.name,
      style: townStyle(view, town.rank),
      alpha: 1,
      x,
      y,
      radius: TOWN_SIZE[town.rank],
      rank: town.rank === 1 ? 50 : 20 - town.rank,
      sides: ['above', 'below', 'right', 'left'],
    }
  const [usual, chosenStyle] = [nameStyle(view, false), nameStyle(view, true)]
  for (const { i, x, y } of dots.seen) {
    const name = world().names[i]!
    const chosen = name === selected()
    if (!names() && !chosen) continue
    const stale = world().ageMs(i, view.now) > STALE_MS
    yield {
      id: name,
      text: name,
      style: chosen ? chosenStyle : usual,
      alpha: stale ? 0.55 : 1,
      x,
      y,
      radius: chosen ? 14 : DOT_RADIUS,
      rank: chosen ? 100 : stale ? 30 : 40,
      must: chosen,
      sides: ['right', 'left', 'below', 'above'],
    }
  }
}

/** What no label may be written over. */
function takenBy({ dots, towns, grid }: LabelsSource, view: View): Box[] {
  const around = (x: number, y: number, size: number): Box => [x - size, y - size, x + size, y + size]
  return [
    ...dots.seen.map(({ x, y }) => around(x, y, DOT_RADIUS)),
    ...(grid() ? graticuleLabels(view).map(graticuleBox) : []),
    ...townsInView(view, towns).map(({ town, x, y }) => around(x, y, TOWN_SIZE[town.rank])),
  ]
}

/** Where labels may stand: beside the panels that lie over the map. */
const labelArea = ({ inset, w, h }: View): Box => [inset.left + 2, inset.top + 2, w - inset.right - 2, h - inset.bottom]

const graticuleBox = ({ x, y, align }: ReturnType<typeof graticuleLabels>[number]): Box =>
  align === 'left' ? [x, y - 6, x + 26, y + 6] : [x - 12, y - 6, x + 12, y + 6]

const townStyle = (view: View, rank: 1 | 2 | 3): LabelStyle => ({
  font: `${rank === 1 ? 600 : 500} ${(rank === 1 ? 13 : 11) * uiScale.value}px ${SANS}`,
  fill: view.inks.town,
  halo: view.inks.townHalo,
  spacing: rank === 1 ? '0.6px' : '0.2px',
})

const nameStyle = (view: View, chosen: boolean): LabelStyle => ({
  font: `${chosen ? 700 : 500} ${(chosen ? 12.5 : 11.5) * uiScale.value}px ${SANS}`,
  fill: view.inks.name,
  halo: view.inks.nameHalo,
})
