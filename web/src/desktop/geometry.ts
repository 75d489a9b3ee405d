// Where windows may be. Pure: the pointer, the keys and the saved layout all end here.

export interface Rect {
  x: number
  y: number
  w: number
  h: number
}

/** The part of the page windows live in. */
export interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

/** A line shown while a window holds to it. */
export type Guide = { axis: 'x' | 'y'; at: number }

export const MIN_W = 240
export const MIN_H = 140
export const GAP = 8
const SNAP = 8

const between = (value: number, low: number, high: number) => Math.min(Math.max(value, low), Math.max(low, high))

/** Whole and inside: a window that cannot be reached is a lost window. */
export function clampRect(rect: Rect, bounds: Bounds): Rect {
  const w = between(rect.w, MIN_W, bounds.right - bounds.left)
  const h = between(rect.h, MIN_H, bounds.bottom - bounds.top)
  return { w, h, x: between(rect.x, bounds.left, bounds.right - w), y: between(rect.y, bounds.top, bounds.bottom - h) }
}

interface Pull {
  to: number
  line: number
}

/** The nearest pull within reach; ties go to the first, so page edges win over siblings. */
function nearest(value: number, pulls: readonly Pull[]): Pull | null {
  let best: Pull | null = null
  let least = SNAP + 0.001
  for (const pull of pulls) {
    const distance = Math.abs(pull.to - value)
    if (distance < least) [best, least] = [pull, distance]
  }
  return best
}

/** Edges and siblings pull a moving window within 8 px: side by side with a gap, or flush with one another. */
export function snapMove(rect: Rect, siblings: readonly Rect[], bounds: Bounds): { rect: Rect; guides: Guide[] } {
  const xs: Pull[] = [
    { to: bounds.left, line: bounds.left },
    { to: bounds.right - rect.w, line: bounds.right },
  ]
  const ys: Pull[] = [
    { to: bounds.top, line: bounds.top },
    { to: bounds.bottom - rect.h, line: bounds.bottom },
  ]
  for (const other of siblings) {
    const right = other.x + other.w
    const bottom = other.y + other.h
    xs.push(
      { to: other.x, line: other.x },
      { to: right + GAP, line: right },
      { to: other.x - rect.w - GAP, line: other.x },
      { to: right - rect.w, line: right },
    )
    ys.push(
      { to: other.y, line: other.y },
      { to: bottom + GAP, line: bottom },
      { to: other.y - rect.h - GAP, line: other.y },
      { to: bottom - rect.h, line: bottom },
    )
  }
  const x = nearest(rect.x, xs)
  const y = nearest(rect.y, ys)
  const guides: Guide[] = []
  if (x) guides.push({ axis: 'x', at: x.line })
  if (y) guides.push({ axis: 'y', at: y.line })
  return { rect: clampRect({ ...rect, x: x?.to ?? rect.x, y: y?.to ?? rect.y }, bounds), guides }
}

export type Edge = 'n' | 's' | 'e' | 'w' | 'ne' | 'nw' | 'se' | 'sw'
export const edges: readonly Edge[] = ['n', 's', 'e', 'w', 'ne', 'nw', 'se', 'sw']

/** Pulls one edge or corner by so much; the opposite side stays where it is. */
export function resizeRect(from: Rect, edge: Edge, dx: number, dy: number, bounds: Bounds): Rect {
  let { x, y, w, h } = from
  if (edge.includes('e')) w = between(from.w + dx, MIN_W, bounds.right - from.x)
  if (edge.includes('s')) h = between(from.h + dy, MIN_H, bounds.bottom - from.y)
  if (edge.includes('w')) {
    x = between(from.x + dx, bounds.left, from.x + from.w - MIN_W)
    w = from.x + from.w - x
  }
  if (edge.includes('n')) {
    y = between(from.y + dy, bounds.top, from.y + from.h - MIN_H)
    h = from.y + from.h - y
  }
  return { x, y, w, h }
}

/** Edges pulled by hand hold to the page and to siblings as moving windows do. */
export function snapResize(
  from: Rect,
  edge: Edge,
  dx: number,
  dy: number,
  siblings: readonly Rect[],
  bounds: Bounds,
): { rect: Rect; guides: Guide[] } {
  const raw = resizeRect(from, edge, dx, dy, bounds)
  const guides: Guide[] = []
  const pull = (axis: 'x' | 'y', value: number): number => {
    const [near, far] = axis === 'x' ? ([bounds.left, bounds.right] as const) : ([bounds.top, bounds.bottom] as const)
    const pulls: Pull[] = [
      { to: near, line: near },
      { to: far, line: far },
    ]
    for (const other of siblings) {
      const start = axis === 'x' ? other.x : other.y
      const end = start + (axis === 'x' ? other.w : other.h)
      pulls.push(
        { to: start, line: start },
        { to: end, line: end },
        { to: start - GAP, line: start },
        { to: end + GAP, line: end },
      )
    }
    const found = nearest(value, pulls)
    if (found) guides.push({ axis, at: found.line })
    return found ? found.to - value : 0
  }
  const moveX = edge.includes('e') ? pull('x', raw.x + raw.w) : edge.includes('w') ? pull('x', raw.x) : 0
  const moveY = edge.includes('s') ? pull('y', raw.y + raw.h) : edge.includes('n') ? pull('y', raw.y) : 0
  return { rect: resizeRect(from, edge, dx + moveX, dy + moveY, bounds), guides }
}

/** The page changed its size: a window that hugged the right or lower edge goes on hugging it. */
export function refit(rect: Rect, before: Bounds, after: Bounds): Rect {
  const hugsRight = Math.abs(before.right - (rect.x + rect.w)) <= GAP && rect.x > before.left + GAP
  const hugsTop = Math.abs(before.top - rect.y) <= GAP
  const hugsBottom = Math.abs(before.bottom - (rect.y + rect.h)) <= GAP
  const moved = { ...rect }
  if (hugsTop) {
    // The bar of the page came, went or grew: what stood below it keeps its lower edge.
    moved.y += after.top - before.top
    moved.h -= after.top - before.top
  }
  if (hugsRight) moved.x += after.right - before.right
  if (hugsBottom) {
    // A column window keeps its top and grows or shrinks; a short one goes along.
    if (rect.h > (before.bottom - before.top) / 2) moved.h += after.bottom - before.bottom
    else moved.y += after.bottom - before.bottom
  }
  return clampRect(moved, after)
}
