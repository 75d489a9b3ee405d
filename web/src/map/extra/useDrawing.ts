import type { MapRenderer } from '../renderer.ts'
import { freeMiddle, toEw, toNs, toX, toY } from '../view.ts'
import { MAX_CORNERS, useGuildMarks } from './guild-marks.ts'

const PAN = 40
/** A tap so near to the first corner, or again on the last, closes the area. */
const CLOSE_PX = 10

const ARROWS = new Map([
  ['ArrowLeft', [1, 0]],
  ['ArrowRight', [-1, 0]],
  ['ArrowUp', [0, 1]],
  ['ArrowDown', [0, -1]],
] as const)

/** Draws the corners of an area by taps, or by keys in the middle of what the windows leave free. */
export function useDrawing(renderer: MapRenderer) {
  const guild = useGuildMarks()
  const view = () => ({ ...renderer.camera, w: renderer.w, h: renderer.h })

  function add(ew: number, ns: number) {
    const corners = guild.corners ?? []
    if (corners.length < MAX_CORNERS) guild.corners = [...corners, { ew, ns }]
  }
  function addMiddle() {
    const { ew, ns } = freeMiddle(renderer.camera, renderer.free)
    add(ew, ns)
  }
  const undo = () => (guild.corners = (guild.corners ?? []).slice(0, -1))
  function finish() {
    if (guild.corners && guild.corners.length >= 3) guild.begin('POLYGON', guild.corners)
  }

  /** True while an area is drawn: the tap is a corner. */
  function onTap(x: number, y: number): boolean {
    if (!guild.corners) return false
    const isAt = (corner = { ew: Infinity, ns: Infinity }) =>
      Math.hypot(toX(view(), corner.ew) - x, toY(view(), corner.ns) - y) <= CLOSE_PX
    const isLast = isAt(guild.corners.at(-1))
    if (guild.corners.length >= 3 && (isAt(guild.corners[0]) || isLast)) finish()
    else if (!isLast) add(toEw(view(), x), toNs(view(), y))
    return true
  }

  function onKey(event: KeyboardEvent) {
    if (!guild.corners || event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = ARROWS.get(event.key as 'ArrowLeft')
    const act = {
      Enter: finish,
      Escape: () => guild.open(null),
      Backspace: undo,
      ' ': addMiddle,
    }[event.key]
    if (arrow) renderer.panBy(arrow[0] * PAN, arrow[1] * PAN)
    else if (act) act()
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  return { addMiddle, undo, finish, onTap, onKey }
}
