import { GONE_MS, STALE_MS, type WorldStore } from '../../world/world-store.ts'
import { isPortal } from '../../world/trail.ts'
import { dotAlpha, healthColour, shapeOf, type DotShape } from '../dot-look.ts'
import { type Sprite, SpriteSheets, drawOrPaint } from '../sprite-sheets.ts'
import type { MapInks } from '../map-inks.ts'
import { type Ctx2D, type MapLayer, type View, toX, toY } from '../view.ts'

export const DOT_RADIUS = 9
const HIT_RADIUS = 20
/** Half the size of a picture of a dot. */
const REACH = 12
const MAX_SPRITES = 2000

export interface DotsSource {
  world: () => WorldStore
  selected: () => string | null
  trails: () => boolean
  colour: (i: number, view: View) => string
  /** Whether a dot is left out, unless it is the selected one. */
  hides: (i: number) => boolean
  /** How far between its last two places a dot stands, 0 to 1. */
  glide: (i: number, now: number) => number
}

export interface SeenDot {
  i: number
  x: number
  y: number
}

/** Something drawn around the selected dot for a while. */
export interface DotMark {
  /** When it is over, by this page's clock. */
  until: number
  draw(ctx: Ctx2D, view: View, dot: SeenDot): void
}

export interface DotsLayer extends MapLayer {
  seen: readonly SeenDot[]
  mark?: DotMark
}

/** Also keeps where each dot was drawn last: the finger hits what the eye sees, and labels stand beside it. */
export function dotsLayer({ world: shown, selected, trails, colour, hides, glide }: DotsSource): DotsLayer {
  const seen: SeenDot[] = []
  const sprites = new SpriteSheets(MAX_SPRITES)
  return {
    id: 'dots',
    seen,
    draw(ctx, view) {
      seen.length = 0
      const world = shown()
      const chosen = selected() === null ? undefined : world.find(selected()!)
      for (let i = 0; i < world.size; i++) {
        if (!world.isPresent(i, view.now) || world.isBelow(i)) continue
        if (i !== chosen && hides(i)) continue
        const share = glide(i, view.now)
        const x = toX(view, world.fromEw[i]! + (world.ew[i]! - world.fromEw[i]!) * share)
        const y = toY(view, world.fromNs[i]! + (world.ns[i]! - world.fromNs[i]!) * share)
        if (x < -20 || y < -20 || x > view.w + 20 || y > view.h + 20) continue
        const dot = { i, x, y }
        if (trails()) drawHead(ctx, view, world, dot, colour(i, view), i === chosen)
        seen.push(dot)
      }
      const looks = seen.map(({ i }) => lookOf(sprites, view, world, i, colour(i, view)))
      const isLeft = sprites.paint()
      seen.forEach((dot, nth) => dot.i !== chosen && drawDot(ctx, view, dot, looks[nth]!))
      const last = seen.findIndex((dot) => dot.i === chosen)
      if (last < 0) return isLeft
      this.mark?.draw(ctx, view, seen[last]!)
      drawHalo(ctx, view, seen[last]!)
      drawDot(ctx, view, seen[last]!, looks[last]!)
      return isLeft
    },
    hit(x, y) {
      let best: number | null = null
      let nearest = HIT_RADIUS ** 2
      for (const dot of seen) {
        const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2
        if (distance < nearest) [best, nearest] = [dot.i, distance]
      }
      return best === null ? null : shown().names[best]!
    },
  }
}

/** From the end of the drawn trail to where the dot is by now. */
function drawHead(ctx: Ctx2D, view: View, world: WorldStore, { i, x, y }: SeenDot, colour: string, chosen: boolean) {
  const trail = world.trails[i]!
  if (trail.length < 2) return
  const slot = trail.slot(trail.length - 2)
  if (isPortal(trail.ew[slot]!, trail.ns[slot]!, world.ew[i]!, world.ns[i]!)) return
  ctx.globalAlpha = chosen ? 0.9 : 0.7
  ctx.strokeStyle = colour
  ctx.lineWidth = chosen ? 2.4 : 1.3
  ctx.beginPath()
  ctx.moveTo(toX(view, trail.ew[slot]!), toY(view, trail.ns[slot]!))
  ctx.lineTo(x, y)
  ctx.stroke()
  ctx.globalAlpha = 1
}

function drawHalo(ctx: Ctx2D, view: View, { x, y }: SeenDot) {
  ctx.strokeStyle = view.inks.nameHalo
  ctx.lineWidth = 4.5
  ctx.beginPath()
  ctx.arc(x, y, 13.5, 0, Math.PI * 2)
  ctx.stroke()
  ctx.strokeStyle = view.inks.selected
  ctx.lineWidth = 2
  ctx.stroke()
}

/** Rings and arrows differ by steps that the eye does not see, so that few pictures of them are kept. */
const HEALTH_STEP = 2
const TURNS = 48

interface DotLook {
  alpha: number
  ring: Sprite | null
  shape: Sprite
}

function lookOf(
  sprites: SpriteSheets,
  { inks, dpr, now }: View,
  world: WorldStore,
  i: number,
  colour: string,
): DotLook {
  const want = (key: string, paint: (pen: Ctx2D) => void) =>
    sprites.want(`${key} ${inks.theme}`, REACH * 2, REACH * 2, dpr, (pen) => {
      pen.translate(REACH, REACH)
      paint(pen)
    })
  const age = world.ageMs(i, now)
  const hollow = age > STALE_MS
  const activity = world.activityAt(i, now)
  const shape = shapeOf[activity]
  const health = Math.ceil(world.health[i]! / HEALTH_STEP) * HEALTH_STEP
  const hasRing = activity !== 'dead' && !hollow && world.health[i]! >= 0
  const turn = shape === 'arrow' ? Math.round((world.heading[i]! / (Math.PI * 2)) * TURNS) : 0
  return {
    alpha: dotAlpha(age, STALE_MS, GONE_MS),
    ring: hasRing ? want(`ring ${health}`, (pen) => drawRing(pen, inks, health)) : null,
    shape: want(`${shape} ${turn} ${hollow} ${colour}`, (pen) =>
      drawShape(pen, shape, (turn / TURNS) * Math.PI * 2, colour, inks.dotEdge, hollow),
    ),
  }
}

function drawDot(ctx: Ctx2D, { dpr }: View, { x, y }: SeenDot, { alpha, ring, shape }: DotLook) {
  ctx.globalAlpha = alpha
  if (ring) drawOrPaint(ctx, ring, x - REACH, y - REACH, dpr)
  drawOrPaint(ctx, shape, x - REACH, y - REACH, dpr)
  ctx.globalAlpha = 1
}

function drawRing(ctx: Ctx2D, inks: MapInks, health: number) {
  ctx.lineWidth = 3.4
  ctx.strokeStyle = inks.ring
  ctx.beginPath()
  ctx.arc(0, 0, 8, 0, Math.PI * 2)
  ctx.stroke()
  ctx.lineWidth = 2
  ctx.strokeStyle = healthColour(health, inks.lightness - 4)
  ctx.beginPath()
  ctx.arc(0, 0, 8, -Math.PI / 2, -Math.PI / 2 + (health / 100) * Math.PI * 2)
  ctx.stroke()
}

function drawShape(ctx: Ctx2D, shape: DotShape, heading: number, colour: string, edge: string, hollow: boolean) {
  ctx.beginPath()
  if (shape === 'circle') ctx.arc(0, 0, 4.6, 0, Math.PI * 2)
  else if (shape === 'square') ctx.rect(-3.8, -3.8, 7.6, 7.6)
  else if (shape === 'cross') {
    ctx.moveTo(-4.5, -4.5)
    ctx.lineTo(4.5, 4.5)
    ctx.moveTo(4.5, -4.5)
    ctx.lineTo(-4.5, 4.5)
  } else {
    // North is up on the map and down in canvas coordinates.
    const angle = -heading
    for (const [turn, reach] of [
      [0, 7.4],
      [2.5, 6.4],
      [Math.PI, 2.4],
      [-2.5, 6.4],
    ] as const) {
      ctx.lineTo(Math.cos(angle + turn) * reach, Math.sin(angle + turn) * reach)
    }
    ctx.closePath()
  }
  ctx.lineJoin = 'round'
  ctx.lineCap = 'round'
  if (shape === 'cross' || hollow) {
    ctx.strokeStyle = edge
    ctx.lineWidth = shape === 'cross' ? 5.5 : 4
    ctx.stroke()
    ctx.strokeStyle = colour
    ctx.lineWidth = shape === 'cross' ? 2.6 : 1.7
    ctx.stroke()
    return
  }
  ctx.strokeStyle = edge
  ctx.lineWidth = 2.4
  ctx.stroke()
  ctx.fillStyle = colour
  ctx.fill()
}
