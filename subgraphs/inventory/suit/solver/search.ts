import { BODY_PLACES, MAX_PIECES, NEVER, NO_LIMIT, PLACES, waysOf, type Problem } from './problem.ts'
import { constantTerm, minimizeBound } from './multipliers.ts'
import type { Lists, Relaxation } from './relaxation.ts'
import { openMask } from './tally.ts'

const STEPS_A_NODE = 12

export interface Bounds {
  /** The value of the incumbent, or just below the value asked for; only suits worth more are searched for. */
  best(): number
  /** Receives a suit with valid places and items. */
  found(chosen: readonly number[]): void
  /** Whether to stop, with or without a proof. */
  isOver(): boolean
  /** The remaining upper bound, published as the branches of the root are completed. */
  atMost(bound: number): void
}

/** A node of the search tree: all suits that start with what was chosen. */
export interface Node {
  lists: Lists
  open: Int8Array
  first: number
  second: number
  /** The worth of what was chosen, without sets. */
  base: number
  multipliers: Float64Array
}

/**
 * Depth-first branch and bound: branches on the place with the fewest choices, tries each in the order of its bound,
 * and prunes those that cannot beat the incumbent.
 */
export class Search {
  /** Nodes visited. */
  nodes = 0
  private readonly problem: Problem
  private readonly relaxation: Relaxation
  private readonly bounds: Bounds
  private readonly has: Uint8Array
  private readonly used = new Set<number>()
  private readonly chosen: number[] = []
  private readonly waysOf: ReadonlyMap<number, readonly number[]>
  private readonly owners = new Map<number, number>()
  /** How many more pieces each limit allows. */
  private readonly left: Int32Array

  constructor(problem: Problem, relaxation: Relaxation, bounds: Bounds) {
    this.problem = problem
    this.relaxation = relaxation
    this.bounds = bounds
    this.has = new Uint8Array(relaxation.multipliers)
    this.left = Int32Array.from(relaxation.limits, ({ most }) => most)
    this.waysOf = waysOf(problem)
  }

  /** The root: all suits. */
  begin(lists: Lists, multipliers: Float64Array): Node {
    return { lists, open: Int8Array.from(this.problem.capacity), first: 0, second: 0, base: 0, multipliers }
  }

  /** The bits and items that the current suit has, and what the limits still allow. */
  get worn(): { has: Uint8Array; left: Int32Array } {
    return { has: this.has, left: this.left }
  }

  /** The upper bound of a node with its multipliers; leaves the relaxation ready for `lossOf`. */
  bound({ lists, open, first, second, base, multipliers }: Node): number {
    this.relaxation.applyMultipliers(lists, open, multipliers, this.has)
    return (
      base +
      this.relaxation.solve(lists, open, first, second) +
      constantTerm(this.problem, { ...this.worn, multipliers })
    )
  }

  /** Looks at all of a node. Gives what a suit that was not looked at could be worth; -Infinity when all were. */
  visit(node: Node, depth = 0): number {
    const { problem, relaxation, bounds } = this
    const { open, first, second, base } = node
    this.nodes++
    const isEnd = open.every((room) => room === 0)
    if (isEnd) {
      const gain = problem.setGain[first * (MAX_PIECES + 1) + second]!
      if (gain > NEVER / 2 && base + gain > bounds.best()) bounds.found(this.chosen)
      return -Infinity
    }
    const multipliers = Float64Array.from(node.multipliers)
    const enough = bounds.best() - base
    const target = bounds.best() > NEVER / 2 ? enough : null
    const { isOver } = bounds
    const least = minimizeBound(problem, relaxation, {
      ...node,
      ...this.worn,
      multipliers,
      enough,
      target,
      steps: STEPS_A_NODE,
      isOver,
    })
    if (base + least <= bounds.best()) return -Infinity
    if (bounds.isOver()) return base + least
    const most = this.bound({ ...node, multipliers }) // once more, so that losses are of the best multipliers
    if (most <= bounds.best()) return -Infinity
    this.tryTaken()
    if (most <= bounds.best()) return -Infinity

    const lists = this.worthwhile(node, most)
    const { place, ways, losses, lossOfNone } = this.choices(lists, open)
    for (let k = 0; k < ways.length; k++) {
      const p = ways[k]!
      if (most - losses[k]! <= bounds.best()) break
      if (depth === 0) bounds.atMost(most - Math.min(losses[k]!, lossOfNone))
      if (!this.fits(p, open)) continue
      const undo = this.take(p)
      const left = this.visit(this.after({ ...node, multipliers }, lists, p, ways.slice(0, k)), depth + 1)
      undo()
      if (bounds.isOver()) return Math.max(left, most - Math.min(losses[k + 1] ?? Infinity, lossOfNone))
    }
    if (most - lossOfNone <= bounds.best()) return -Infinity
    if (depth === 0) bounds.atMost(most - lossOfNone)
    const closed = Int8Array.from(open)
    closed[place] = 0
    const without = lists.map((list, at) =>
      at === place ? [] : at < BODY_PLACES ? list.filter((p) => !((problem.mask[p]! >> place) & 1)) : list,
    )
    return this.visit({ ...node, lists: without, open: closed, multipliers }, depth + 1)
  }

  /** The place with the fewest choices, the choices by what is lost with them, least first. */
  private choices(lists: Lists, open: Int8Array) {
    let place = -1
    for (let at = 0; at < PLACES; at++)
      if (open[at] && (place < 0 || lists[at]!.length < lists[place]!.length)) place = at
    const { relaxation } = this
    const ordered = lists[place]!.map((p) => [relaxation.lossOf(p, place), p] as const).sort(
      (a, b) => a[0] - b[0] || a[1] - b[1],
    )
    return {
      place,
      ways: ordered.map(([, p]) => p),
      losses: ordered.map(([loss]) => loss),
      lossOfNone: relaxation.lossOfNone(place),
    }
  }

  /** What is left of the lists once everything is gone that cannot be in a better suit. */
  worthwhile({ lists, open }: Node, most: number): Lists {
    const { relaxation } = this
    const best = this.bounds.best()
    relaxation.lookBack()
    return lists.map((list, place) =>
      open[place] ? list.filter((p) => most - relaxation.lossOf(p, place) > best) : [],
    )
  }

  /** Where the bound took no item twice, that is a suit. */
  private tryTaken(): void {
    const { problem, relaxation, bounds } = this
    const items = new Set(this.used)
    for (const p of relaxation.taken) {
      if (items.has(problem.item[p]!)) return
      items.add(problem.item[p]!)
    }
    bounds.found([...this.chosen, ...relaxation.taken])
  }

  private fits(p: number, open: Int8Array): boolean {
    const { item, owner, mostOwners } = this.problem
    if (this.used.has(item[p]!)) return false
    if (this.problem.places[p]!.some((place) => !open[place])) return false
    const holder = owner[item[p]!]!
    if (mostOwners < NO_LIMIT && !this.owners.has(holder) && this.owners.size >= mostOwners) return false
    return this.relaxation.limits.every(({ counts }, k) => !counts[p] || this.left[k]! > 0)
  }

  /** Wears a placement; gives how to take it off again. */
  private take(p: number): () => void {
    const { item, bitsFrom, bits, owner } = this.problem
    const { limits, itemMultiplierOf } = this.relaxation
    const fresh: number[] = []
    for (let i = bitsFrom[p]!; i < bitsFrom[p + 1]!; i++)
      if (!this.has[bits[i]!]) {
        this.has[bits[i]!] = 1
        fresh.push(bits[i]!)
      }
    const multiplier = itemMultiplierOf[p]!
    if (multiplier >= 0) this.has[multiplier] = 1
    const holder = owner[item[p]!]!
    this.chosen.push(p)
    this.used.add(item[p]!)
    this.owners.set(holder, (this.owners.get(holder) ?? 0) + 1)
    limits.forEach(({ counts }, k) => (this.left[k]! -= counts[p]!))
    this.added = fresh.reduce((sum, bit) => sum + this.problem.worth[bit]!, this.problem.score[p]!)
    return () => {
      limits.forEach(({ counts }, k) => (this.left[k]! += counts[p]!))
      const left = this.owners.get(holder)! - 1
      if (left) this.owners.set(holder, left)
      else this.owners.delete(holder)
      this.used.delete(item[p]!)
      this.chosen.pop()
      for (const bit of fresh) this.has[bit] = 0
      if (multiplier >= 0) this.has[multiplier] = 0
    }
  }
  /** What the placement taken last added. */
  private added = 0

  /** The part of all suits that wears `p` too. `done`: choices for the same place that were looked at before it. */
  private after(node: Node, lists: Lists, p: number, done: readonly number[]): Node {
    const { problem } = this
    const { item, places, mask, set, owner, mostOwners } = problem
    const open = Int8Array.from(node.open)
    for (const place of places[p]!) open[place]!--
    const gone = new Set<number>(this.waysOf.get(item[p]!))
    for (const way of done) gone.add(way)
    const crossesOwners = mostOwners < NO_LIMIT && this.owners.size >= mostOwners
    const full = this.relaxation.limits.filter((_, k) => this.left[k]! <= 0)
    const room = openMask(open)
    const left = lists.map((list, place) => {
      if (!open[place]) return []
      return list.filter(
        (way) =>
          !gone.has(way) &&
          (place >= BODY_PLACES || (mask[way]! & ~room) === 0) &&
          !(crossesOwners && !this.owners.has(owner[item[way]!]!)) &&
          !full.some(({ counts }) => counts[way]),
      )
    })
    return {
      lists: left,
      open,
      first: node.first + (set[p] === 1 ? 1 : 0),
      second: node.second + (set[p] === 2 ? 1 : 0),
      base: node.base + this.added,
      multipliers: node.multipliers,
    }
  }
}
