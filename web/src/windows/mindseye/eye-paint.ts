// Draws the world from above.
import { paintEntities } from './eye-entities.ts'
import { paintGlow, paintGrid, paintParticles } from './eye-overlays.ts'
import { at, type EyeView, type Look } from './eye-view.ts'
import type { EyeLook } from './eye-look.ts'
import type { Entity, WorldCells } from './world-cells.ts'

const RINGS = [8, 16, 32]
const GROUND = '#171f2b'
const SEA_LEVEL = 62
const NIGHT_FROM = 12_500
const NIGHT_TO = 23_500
const TWILIGHT = 1_000

/** What is drawn over the land. */
export interface Scene {
  looks: readonly Look[]
  /** From 0 by day to 1 by night. */
  night: number
  focus: string | null
  look: EyeLook
  rings: boolean
  colorOf: (block: string) => string
  /** Milliseconds of the page's clock; null where nothing may move. */
  now: number | null
}

/** How dark it is, from 0 to 1, at a tick of the day. */
export const nightAt = (timeOfDay: number): number =>
  Math.max(0, Math.min(1, (timeOfDay - NIGHT_FROM) / TWILIGHT, (NIGHT_TO - timeOfDay) / TWILIGHT))

export function paintEye(
  ink: CanvasRenderingContext2D,
  view: EyeView,
  world: WorldCells,
  { looks, night, focus, look, rings, colorOf, now }: Scene,
): void {
  ink.fillStyle = GROUND
  ink.fillRect(0, 0, view.width, view.height)
  paintBlocks(ink, view, world, colorOf)
  if (night > 0) {
    ink.fillStyle = `rgb(8 12 34 / ${(night * 0.45).toFixed(2)})`
    ink.fillRect(0, 0, view.width, view.height)
  }
  if (look.dim > 0) {
    ink.fillStyle = `rgb(16 16 34 / ${look.dim})`
    ink.fillRect(0, 0, view.width, view.height)
  }
  if (look.grid) paintGrid(ink, view, look)
  for (const one of looks) paintLook(ink, view, one)
  if (look.particles && now !== null) for (const one of looks) paintParticles(ink, view, one, now)
  const bot = world.bot()
  if (bot && rings) paintRings(ink, view, bot)
  paintEntities(ink, view, [...world.entities.values()], focus)
  if (look.glow) paintGlow(ink, view, look)
}

function paintBlocks(
  ink: CanvasRenderingContext2D,
  view: EyeView,
  { cells }: WorldCells,
  colorOf: Scene['colorOf'],
): void {
  const [across, down] = [view.width / view.scale / 2 + 1, view.height / view.scale / 2 + 1]
  for (let z = Math.floor(view.z - down); z <= view.z + down; z++)
    for (let x = Math.floor(view.x - across); x <= view.x + across; x++) {
      const cell = cells.get(`${x},${z}`)
      if (!cell) continue
      const [left, top] = at(view, x, z)
      const [right, bottom] = at(view, x + 1, z + 1)
      ink.fillStyle = colorOf(cell.block)
      ink.fillRect(left, top, right - left, bottom - top)
      const light = lightOf(cell.y, cells.get(`${x},${z - 1}`)?.y ?? cell.y, cells.get(`${x - 1},${z}`)?.y ?? cell.y)
      if (light === 0) continue
      ink.fillStyle = light > 0 ? `rgb(255 255 255 / ${light})` : `rgb(0 0 0 / ${-light})`
      ink.fillRect(left, top, right - left, bottom - top)
    }
}

/** Slopes towards the north-west are lit, others in shadow; what is high is a little lighter. */
function lightOf(y: number, north: number, west: number): number {
  const slope = Math.max(-2, Math.min(2, y - north + (y - west)))
  const light = slope * 0.07 + Math.max(-0.1, Math.min(0.12, (y - SEA_LEVEL - 6) * 0.008))
  return Math.round(light * 100) / 100
}

function paintLook(ink: CanvasRenderingContext2D, view: EyeView, { x, z, radius, color, strength }: Look): void {
  const [left, top] = at(view, x - radius, z - radius)
  const [right, bottom] = at(view, x + radius + 1, z + radius + 1)
  ink.save()
  ink.globalAlpha = 0.28 * strength
  ink.fillStyle = color
  ink.fillRect(left, top, right - left, bottom - top)
  ink.globalAlpha = 0.35 + 0.65 * strength
  ink.strokeStyle = color
  ink.lineWidth = 2
  ink.strokeRect(left, top, right - left, bottom - top)
  ink.restore()
}

function paintRings(ink: CanvasRenderingContext2D, view: EyeView, { x, z }: Entity): void {
  const [left, top] = at(view, x + 0.5, z + 0.5)
  ink.save()
  ink.strokeStyle = 'rgb(255 255 255 / 0.34)'
  ink.fillStyle = 'rgb(255 255 255 / 0.75)'
  ink.setLineDash([3, 5])
  ink.font = '10px Inter, system-ui, sans-serif'
  for (const radius of RINGS) {
    ink.beginPath()
    ink.arc(left, top, radius * view.scale, 0, 2 * Math.PI)
    ink.stroke()
    ink.fillText(
      String(radius),
      left + radius * view.scale * Math.SQRT1_2 + 3,
      top + radius * view.scale * Math.SQRT1_2,
    )
  }
  ink.restore()
}
