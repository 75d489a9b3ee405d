// Where the names of players and bots stand, so that all can be read.

/** A name to be placed beside its mark. Lengths are pixels. */
export interface Named {
  name: string
  left: number
  top: number
  width: number
  /** The side that its name stands on where there is room. */
  side: 'above' | 'below'
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** Height of a line, from its baseline up and down. */
const [UP, DOWN] = [10, 4]
const LINE = UP + DOWN
/** How far a mark reaches from its place, and a name stands from it. */
const MARK = 8
const ABOVE = -12
const BELOW = 19
const BESIDE = 13
/** How many lines a name may stand away from its mark, in a crowd. */
const FARTHEST = 8

const markOf = ({ left, top }: Named): Box => ({
  left: left - MARK,
  top: top - MARK,
  right: left + MARK,
  bottom: top + MARK,
})
const boxOf = (left: number, top: number, width: number): Box => ({
  left: left - width / 2,
  top: top - UP,
  right: left + width / 2,
  bottom: top + DOWN,
})
const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

/** The places that a name may have, best first: the middle of its baseline. */
function* placesOf({ left, top, width, side }: Named): Generator<[number, number]> {
  const [first, second] = side === 'above' ? [ABOVE, BELOW] : [BELOW, ABOVE]
  yield [left, top + first]
  yield [left, top + second]
  yield [left + BESIDE + width / 2, top + DOWN]
  yield [left - BESIDE - width / 2, top + DOWN]
  for (let line = 1; line <= FARTHEST; line++) {
    yield [left, top + ABOVE - line * LINE]
    yield [left, top + BELOW + line * LINE]
  }
}

/** Gives each name a place where it covers no other name and no mark; in a crowd that is too large, its first one. */
export function placeNames(all: readonly Named[]): { name: string; left: number; top: number }[] {
  const marks = all.map(markOf)
  const taken: Box[] = []
  return all.map((one) => {
    const isFree = ([left, top]: [number, number]): boolean => {
      const box = boxOf(left, top, one.width)
      return ![...marks, ...taken].some((other) => meet(box, other))
    }
    const places = [...placesOf(one)]
    const [left, top] = places.find(isFree) ?? places[0]!
    taken.push(boxOf(left, top, one.width))
    return { name: one.name, left, top }
  })
}
