// Draws a radar picture.
import { type RadarRow, type RadarView, type Tile, kindLooks, metrePx, ringStep, toCanvas } from './radar.ts'
import { texts } from './messages.ts'

export interface RadarScene {
  rows: readonly RadarRow[]
  tiles: readonly Tile[]
  /** Degrees clockwise from north; null if it was not reported. */
  heading: number | null
  /** The row to mark with its name. */
  marked: RadarRow | undefined
  /** Old pictures are drawn faded. */
  isStale: boolean
}
/** A colour of the theme by the name of its variable, `--bad`. */
export type Ink = (name: string) => string

const TILE_M = 10
const FONT = '600 11px Inter, system-ui, sans-serif'
const SELF = 'M0-9L6 7L0 3.5L-6 7Z'

export function paintRadar(ink: CanvasRenderingContext2D, view: RadarView, scene: RadarScene, colour: Ink): void {
  ink.clearRect(0, 0, view.width, view.height)
  ink.globalAlpha = scene.isStale ? 0.45 : 1
  paintTiles(ink, view, scene.tiles, colour)
  paintRings(ink, view, colour)
  for (const row of [...scene.rows].reverse()) paintRow(ink, view, row, colour)
  paintSelf(ink, view, scene.heading, colour)
  if (scene.marked) paintMark(ink, view, scene.marked, colour)
  ink.globalAlpha = 1
}

function paintTiles(ink: CanvasRenderingContext2D, view: RadarView, tiles: readonly Tile[], colour: Ink): void {
  const side = TILE_M * metrePx(view)
  const reach = Math.hypot(view.width, view.height) / 2 + side
  for (const tile of tiles) {
    const [x, y] = toCanvas(view, tile)
    if (Math.hypot(x - view.width / 2, y - view.height / 2) > reach) continue
    ink.save()
    ink.translate(x, y)
    ink.rotate((-view.turn * Math.PI) / 180)
    ink.fillStyle = colour(tile.isOwnLevel ? '--line' : '--raised')
    ink.fillRect(-side / 2, -side / 2, side, side)
    ink.strokeStyle = colour(tile.isOwnLevel ? '--line-strong' : '--line')
    ink.lineWidth = 1
    ink.strokeRect(-side / 2, -side / 2, side, side)
    ink.restore()
  }
}

function paintRings(ink: CanvasRenderingContext2D, view: RadarView, colour: Ink): void {
  const step = ringStep(view.range)
  const [x, y] = [view.width / 2, view.height / 2]
  for (let radius = step; radius <= view.range; radius += step) {
    ink.strokeStyle = colour('--line-strong')
    ink.lineWidth = 1
    ink.beginPath()
    ink.arc(x, y, radius * metrePx(view), 0, 2 * Math.PI)
    ink.stroke()
    paintText(ink, texts.m(radius), x, y + radius * metrePx(view) - 4, colour('--muted'), colour('--panel'))
  }
  const [northX, northY] = toCanvas(view, { east: 0, north: view.range })
  paintText(ink, 'N', northX, northY + 4, colour('--fg'), colour('--panel'))
}

function paintRow(ink: CanvasRenderingContext2D, view: RadarView, row: RadarRow, colour: Ink): void {
  if (!row.offset) return
  const [x, y] = toCanvas(view, row.offset)
  const look = kindLooks[row.kind]
  paintShape(ink, new Path2D(look.path), [x, y], 0, colour(look.colour), colour('--panel'))
}

function paintSelf(ink: CanvasRenderingContext2D, view: RadarView, heading: number | null, colour: Ink): void {
  const middle: [number, number] = [view.width / 2, view.height / 2]
  const shape = heading === null ? kindLooks.player.path : SELF
  paintShape(ink, new Path2D(shape), middle, (heading ?? 0) - view.turn, colour('--fg'), colour('--panel'))
}

function paintShape(
  ink: CanvasRenderingContext2D,
  shape: Path2D,
  [x, y]: readonly [number, number],
  degrees: number,
  fill: string,
  edge: string,
): void {
  ink.save()
  ink.translate(x, y)
  ink.rotate((degrees * Math.PI) / 180)
  ink.lineWidth = 2
  ink.strokeStyle = edge
  ink.stroke(shape)
  ink.fillStyle = fill
  ink.fill(shape)
  ink.restore()
}

function paintMark(ink: CanvasRenderingContext2D, view: RadarView, row: RadarRow, colour: Ink): void {
  if (!row.offset) return
  const [x, y] = toCanvas(view, row.offset)
  ink.beginPath()
  ink.arc(x, y, 10, 0, 2 * Math.PI)
  ink.strokeStyle = colour('--accent')
  ink.lineWidth = 2
  ink.stroke()
  paintText(ink, row.name, x, y - 14, colour('--fg'), colour('--panel'))
}

function paintText(
  ink: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  fill: string,
  halo: string,
): void {
  ink.font = FONT
  ink.textAlign = 'center'
  ink.lineJoin = 'round'
  ink.lineWidth = 3
  ink.strokeStyle = halo
  ink.strokeText(text, x, y)
  ink.fillStyle = fill
  ink.fillText(text, x, y)
}
