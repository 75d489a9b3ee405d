import { type Place, UNIT_M } from '../../../../shared/world/dereth/coordinates.ts'
import { nameOfMark } from '../../../../shared/world/dereth/area.ts'
import type { MapMarkColour, MapMarkShape } from '../../generated/types.ts'
import { type Ctx2D, type MapLayer, type View, toX, toY } from '../view.ts'
import { markInks } from './mark-look.ts'
import { texts } from './messages.ts'
import { formatCount } from '../../ui/format.ts'

/** What is drawn of a mark. */
export interface DrawnMark {
  shape: MapMarkShape
  points: readonly Place[]
  /** Of a circle, in map units. */
  radius: number | null
  note: string
  colour: MapMarkColour
}

export interface GuildMarksLayer<M extends DrawnMark> extends MapLayer {
  /** The mark under a point of the picture as it was drawn last: of a pin its head, of an area its edge. */
  at(x: number, y: number): M | null
}

const PIN = 7
const PIN_HIT = 12
const EDGE_HIT = 7
/** Pixels a unit from which names are drawn. */
const NAMES_K = 5
const FONT = '500 11px system-ui, sans-serif'

/** Marks of the guild, the one that is being made, and the corners of an area that is being drawn. */
export function guildMarksLayer<M extends DrawnMark>(
  marks: () => readonly M[],
  draft: () => DrawnMark | null,
  corners: () => readonly Place[] | null,
): GuildMarksLayer<M> {
  let seen: { mark: M; view: View }[] = []
  return {
    id: 'guild-marks',
    draw(ctx, view) {
      seen = []
      for (const mark of marks()) {
        if (!isInView(view, mark)) continue
        seen.push({ mark, view })
        drawMark(ctx, view, mark)
      }
      const made = draft()
      if (made) drawMark(ctx, view, made)
      const open = corners()
      if (open) drawCorners(ctx, view, open)
    },
    at: (x, y) => seen.findLast(({ mark, view }) => isHit(view, mark, x, y))?.mark ?? null,
  }
}

const placed = (view: View, { ew, ns }: Place) => ({ x: toX(view, ew), y: toY(view, ns) })

function isInView(view: View, { points, radius }: DrawnMark): boolean {
  const places = points.map((point) => placed(view, point))
  const reach = (radius ?? 0) * view.k + 40
  const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)]
  return (
    Math.min(...xs) < view.w + reach &&
    Math.max(...xs) > -reach &&
    Math.min(...ys) < view.h + reach &&
    Math.max(...ys) > -reach
  )
}

function isHit(view: View, { shape, points, radius }: DrawnMark, x: number, y: number): boolean {
  const places = points.map((point) => placed(view, point))
  if (shape === 'PIN') return Math.hypot(places[0]!.x - x, places[0]!.y - PIN * 1.6 - y) <= PIN_HIT
  if (shape === 'CIRCLE') return Math.abs(Math.hypot(places[0]!.x - x, places[0]!.y - y) - radius! * view.k) <= EDGE_HIT
  return places.some((a, i) => distanceTo(a, places.at(i - 1)!, x, y) <= EDGE_HIT)
}

interface Point {
  x: number
  y: number
}

/** From a point to a line between two others, in pixels. */
function distanceTo(a: Point, b: Point, x: number, y: number): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(a.x + along * dx - x, a.y + along * dy - y)
}

function drawMark(ctx: Ctx2D, view: View, mark: DrawnMark) {
  const colour = markInks[view.inks.theme][mark.colour]
  const places = mark.points.map((point) => placed(view, point))
  let name: Point = { x: places[0]!.x, y: places[0]!.y + 13 }
  if (mark.shape === 'PIN') drawPin(ctx, view, places[0]!, colour)
  else {
    ctx.beginPath()
    if (mark.shape === 'CIRCLE') ctx.arc(places[0]!.x, places[0]!.y, mark.radius! * view.k, 0, 2 * Math.PI)
    else places.forEach(({ x, y }) => ctx.lineTo(x, y))
    ctx.closePath()
    fillArea(ctx, view, colour)
    if (mark.shape === 'CIRCLE') name = places[0]!
    else name = { x: mean(places.map(({ x }) => x)), y: mean(places.map(({ y }) => y)) }
  }
  if (view.k >= NAMES_K) drawName(ctx, view, nameOfMark(mark.note), name, colour)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

function fillArea(ctx: Ctx2D, view: View, colour: string) {
  ctx.globalAlpha = 0.14
  ctx.fillStyle = colour
  ctx.fill()
  ctx.globalAlpha = 1
  ctx.lineJoin = 'round'
  ctx.lineWidth = 4
  ctx.strokeStyle = view.inks.townHalo
  ctx.stroke()
  ctx.lineWidth = 2
  ctx.strokeStyle = colour
  ctx.stroke()
}

/** A drop with its tip on the place. */
function drawPin(ctx: Ctx2D, view: View, { x, y }: Point, colour: string) {
  const head = y - PIN * 1.6
  ctx.beginPath()
  ctx.arc(x, head, PIN, 0.85 * Math.PI, 0.15 * Math.PI)
  ctx.lineTo(x, y)
  ctx.closePath()
  ctx.lineJoin = 'round'
  ctx.lineWidth = 3
  ctx.strokeStyle = view.inks.dotEdge
  ctx.stroke()
  ctx.fillStyle = colour
  ctx.fill()
  ctx.beginPath()
  ctx.arc(x, head, PIN * 0.38, 0, 2 * Math.PI)
  ctx.fillStyle = view.inks.dotEdge
  ctx.fill()
}

function drawName(ctx: Ctx2D, { inks }: View, text: string, { x, y }: Point, colour: string) {
  ctx.font = FONT
  ctx.textAlign = 'center'
  ctx.textBaseline = 'middle'
  ctx.lineJoin = 'round'
  ctx.lineWidth = 3
  ctx.strokeStyle = inks.nameHalo
  ctx.strokeText(text, x, y)
  ctx.fillStyle = colour
  ctx.fillText(text, x, y)
}

/** The corners so far, and the middle of what is free, where the keyboard sets the next. */
function drawCorners(ctx: Ctx2D, view: View, corners: readonly Place[]) {
  const colour = view.inks.selected
  const places = corners.map((corner) => placed(view, corner))
  ctx.strokeStyle = colour
  ctx.fillStyle = colour
  ctx.lineWidth = 2
  ctx.setLineDash([6, 4])
  ctx.beginPath()
  for (const { x, y } of places) ctx.lineTo(x, y)
  if (places.length > 2) ctx.closePath()
  ctx.stroke()
  ctx.setLineDash([])
  for (const { x, y } of places) {
    ctx.beginPath()
    ctx.arc(x, y, 4, 0, 2 * Math.PI)
    ctx.fill()
  }
}

/** How large a circle is, in words. */
export const radiusText = (radius: number) => texts.m(formatCount(Math.round(radius * UNIT_M)))
