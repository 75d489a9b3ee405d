// Greedy declutter: the most important label is placed first and keeps its room; a label that finds none is left out.

/** left, top, right, bottom */
export type Box = readonly [number, number, number, number]

export interface LabelWish {
  id: string
  /** Centre of what is labelled, half its own size, and the label's size; all in pixels. */
  x: number
  y: number
  radius: number
  width: number
  height: number
  /** Higher is placed first. Ties keep the order given. */
  rank: number
  /** Preferred sides, best first. */
  sides: readonly LabelSide[]
  /** Placed at its best side even where no room is. */
  must?: boolean
}

export type LabelSide = 'right' | 'left' | 'above' | 'below'
export interface PlacedLabel {
  id: string
  /** Top left corner. */
  x: number
  y: number
  side: LabelSide
}

const GAP = 3
const CELL = 64

function labelBox({ x, y, radius, width, height }: LabelWish, side: LabelSide): Box {
  if (side === 'right') return [x + radius + GAP, y - height / 2, x + radius + GAP + width, y + height / 2]
  if (side === 'left') return [x - radius - GAP - width, y - height / 2, x - radius - GAP, y + height / 2]
  if (side === 'above') return [x - width / 2, y - radius - GAP - height, x + width / 2, y - radius - GAP]
  return [x - width / 2, y + radius + GAP, x + width / 2, y + radius + GAP + height]
}

/**
 * `taken` are places nothing may cover (dots, towns). `before` are the sides of the last picture:
 * a label stays where it was as long as it can, else names would hop about while the map moves.
 * A label that would leave `bounds` is not placed: half a name is useless.
 */
export function declutter(
  wishes: readonly LabelWish[],
  taken: readonly Box[],
  before: ReadonlyMap<string, LabelSide>,
  bounds: Box,
): PlacedLabel[] {
  const room = new Room(bounds)
  for (const box of taken) room.add(box)
  const placed: PlacedLabel[] = []
  const order = wishes.map((_, i) => i).sort((a, b) => wishes[b]!.rank - wishes[a]!.rank || a - b)
  for (const i of order) {
    const wish = wishes[i]!
    const last = before.get(wish.id)
    const sides = last ? [last, ...wish.sides.filter((side) => side !== last)] : wish.sides
    const side = sides.find((one) => room.isFree(labelBox(wish, one))) ?? (wish.must ? sides[0] : undefined)
    if (!side) continue
    const box = labelBox(wish, side)
    room.add(box)
    placed.push({ id: wish.id, x: box[0], y: box[1], side })
  }
  return placed
}

/** Boxes by coarse cells: 500 labels against 500 dots must not cost a quarter million comparisons. */
class Room {
  private readonly cells = new Map<number, Box[]>()
  private readonly bounds: Box

  constructor(bounds: Box) {
    this.bounds = bounds
  }

  add(box: Box) {
    for (const key of keysOf(box)) {
      const list = this.cells.get(key)
      if (list) list.push(box)
      else this.cells.set(key, [box])
    }
  }

  isFree(box: Box): boolean {
    if (!inside(box, this.bounds)) return false
    for (const key of keysOf(box)) {
      for (const other of this.cells.get(key) ?? []) if (overlap(box, other)) return false
    }
    return true
  }
}

const inside = (box: Box, bounds: Box) =>
  box[0] >= bounds[0] && box[1] >= bounds[1] && box[2] <= bounds[2] && box[3] <= bounds[3]

export const overlap = (a: Box, b: Box) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]

function* keysOf([left, top, right, bottom]: Box) {
  for (let cx = Math.floor(left / CELL); cx <= Math.floor(right / CELL); cx++) {
    for (let cy = Math.floor(top / CELL); cy <= Math.floor(bottom / CELL); cy++) yield cx * 100_003 + cy
  }
}
