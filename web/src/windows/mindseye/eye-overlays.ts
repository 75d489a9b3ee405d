// What the looks draw over the land: a grid, particles, light at the edges.
import type { EyeLook } from './eye-look.ts'
import { at, type EyeView, type Look } from './eye-view.ts'

const GRID = 8
/** Where the coordinates along the upper edge end, in pixels. */
const BELOW_NAMES = 26
const PARTICLES = 14
const RISES_MS = 1_600

/** Lines every eight blocks, with coordinates. */
export function paintGrid(ink: CanvasRenderingContext2D, view: EyeView, { accent, font }: EyeLook): void {
  const [across, down] = [view.width / view.scale / 2, view.height / view.scale / 2]
  ink.save()
  ink.strokeStyle = accent
  ink.fillStyle = accent
  ink.font = font
  ink.lineWidth = 1
  for (let x = Math.ceil((view.x - across) / GRID) * GRID; x <= view.x + across; x += GRID) {
    const [left] = at(view, x, view.z)
    ink.globalAlpha = 0.28
    ink.beginPath()
    ink.moveTo(left + 0.5, 0)
    ink.lineTo(left + 0.5, view.height)
    ink.stroke()
    ink.globalAlpha = 0.8
    if (x % (2 * GRID) === 0) ink.fillText(String(x), left + 3, 12)
  }
  for (let z = Math.ceil((view.z - down) / GRID) * GRID; z <= view.z + down; z += GRID) {
    const [, top] = at(view, view.x, z)
    ink.globalAlpha = 0.28
    ink.beginPath()
    ink.moveTo(0, top + 0.5)
    ink.lineTo(view.width, top + 0.5)
    ink.stroke()
    ink.globalAlpha = 0.8
    if (z % (2 * GRID) === 0 && top > BELOW_NAMES) ink.fillText(String(z), 4, top - 3)
  }
  ink.restore()
}

/** Golden sparks that rise from a place. Where each is follows from the time alone. */
export function paintParticles(ink: CanvasRenderingContext2D, view: EyeView, look: Look, now: number): void {
  const size = (look.radius * 2 + 1) * view.scale
  const [left, top] = at(view, look.x - look.radius, look.z - look.radius)
  ink.save()
  ink.fillStyle = '#ffd166'
  for (let nth = 0; nth < PARTICLES; nth++) {
    const share = (now / RISES_MS + nth * 0.618) % 1
    const [x, y] = [left + ((nth * 0.377) % 1) * size, top + ((nth * 0.719) % 1) * size - share * 3 * view.scale]
    ink.globalAlpha = (1 - share) * 0.9 * look.strength
    ink.fillRect(x, y, 3, 3)
  }
  ink.restore()
}

/** Light at the edges. */
export function paintGlow(ink: CanvasRenderingContext2D, { width, height }: EyeView, { accent }: EyeLook): void {
  const [x, y] = [width / 2, height / 2]
  const light = ink.createRadialGradient(x, y, Math.min(x, y) * 0.75, x, y, Math.hypot(x, y))
  light.addColorStop(0, `${accent}00`)
  light.addColorStop(1, `${accent}59`)
  ink.fillStyle = light
  ink.fillRect(0, 0, width, height)
}
