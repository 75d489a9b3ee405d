import { NEVER } from '../solver/problem.ts'
import type { Status } from '../solver/solve.ts'
import { contested, movesOf, usesOf, type Move } from './contested.ts'
import { Part, type PartAnswer } from './part.ts'

/** How often multipliers are moved by quick estimates, and then by optimal suits. */
const GUESSED = { root: 400, again: 60 }
const STEPS = { root: 8, again: 3 }
const MAX_SHRINKS = 3
const NO_MULTIPLIERS: ReadonlyMap<number, number> = new Map()

/** A node of the search tree: all solutions that forbid some items to each wearer. */
interface Node {
  without: readonly ReadonlySet<number>[]
  multipliers: ReadonlyMap<number, number>
  /** The multipliers of bits, by wearer. */
  bits: readonly Float64Array[]
  bound: number
}

export interface JointSolution {
  status: Status
  /** The suit of each, as placements of its part. */
  answers: readonly PartAnswer[] | null
  value: number
  bound: number
  nodes: number
}

export interface JointAsked {
  isOver: () => boolean
  better: (answers: readonly PartAnswer[], value: number, bound: number) => void
  narrower: (bound: number) => void
}

/**
 * Solves the suits of several wearers, no item twice. A Lagrangian relaxation: items that several wearers want get a
 * multiplier that each pays, so every wearer is solved separately, and the sum with the multipliers added back is an
 * upper bound. Where the gap does not close, it branches: an item wanted twice is forbidden to one wearer, or to all
 * the others (best bound first).
 */
export class JointSearch {
  private parts: readonly Part[]
  private readonly numberOf: ReadonlyMap<string, number>
  private readonly asked: JointAsked
  private readonly own: readonly ReadonlySet<number>[]
  private best: readonly PartAnswer[] | null = null
  private value = NEVER
  private bound = Infinity
  private nodes = 0

  /** @param own items that a wearer may not have in any case: others hold them fast */
  constructor(
    parts: readonly Part[],
    numberOf: ReadonlyMap<string, number>,
    own: readonly ReadonlySet<number>[],
    asked: JointAsked,
  ) {
    this.parts = parts
    this.numberOf = numberOf
    this.own = own
    this.asked = asked
  }

  run(): JointSolution {
    let open: Node[] = this.root()
    while (open.length && !this.asked.isOver()) {
      const node = open.reduce((most, other) => (other.bound > most.bound ? other : most))
      open = open.filter((other) => other !== node)
      this.nodes++
      open.push(...this.visit(node))
      open = open.filter(({ bound }) => bound > this.value)
      this.narrow(open)
    }
    const isProved = open.length === 0
    const status = !isProved ? 'STOPPED' : this.best ? 'OPTIMAL' : 'INFEASIBLE'
    if (isProved) this.bound = this.value
    return { status, answers: this.best, value: this.value, bound: this.bound, nodes: this.nodes }
  }

  /**
   * Solves the wearers one after the other, in each rotation; then what is possible, limited to what could be better.
   */
  private root(): Node[] {
    const { isOver } = this.asked
    const alone = this.each((part, k) => part.best(NO_MULTIPLIERS, this.own[k]!, isOver))
    if (!alone) return []
    for (let turn = 0; turn < this.parts.length && !isOver(); turn++) this.repair(alone, turn)
    const bound = alone.reduce((sum, answer) => sum + answer.bound, 0)
    let node: Node = {
      without: this.own,
      multipliers: NO_MULTIPLIERS,
      bits: this.parts.map((part) => part.bitMultipliers()),
      bound,
    }
    for (let k = 0; k < MAX_SHRINKS && !isOver(); k++) {
      node = this.guess(node, GUESSED.root)
      this.narrow([node])
      if (node.bound <= this.value) return []
      const before = this.parts.reduce((sum, { compiled }) => sum + compiled.candidates.length, 0)
      const most = this.guessOnce(node)
      if (most === -Infinity) return []
      if (this.value <= NEVER / 2) break
      this.parts = this.parts.map((part, k) => {
        const candidates = part.within(part.listsWithout(node.without[k]!), most - this.value)
        return new Part({ ...part.wearer, candidates }, this.numberOf)
      })
      node = { ...node, bits: this.parts.map((part, k) => part.bitMultipliers(node.bits[k])) }
      if (this.parts.reduce((sum, { compiled }) => sum + compiled.candidates.length, 0) > before * 0.9) break
    }
    return [node]
  }

  /** The upper bound by a node's multipliers; leaves the parts ready for losses. */
  private guessOnce({ without, multipliers, bits }: Node): number {
    const paid = [...multipliers.values()].reduce((sum, multiplier) => sum + multiplier, 0)
    return this.parts.reduce(
      (sum, part, k) => sum + part.relaxed(part.listsWithout(without[k]!), multipliers, bits[k]!),
      paid,
    )
  }

  /** Moves all multipliers of a node, of items and of bits, to lower its bound as far as estimates can show. */
  private guess(node: Node, steps: number): Node {
    const lists = this.parts.map((part, k) => part.listsWithout(node.without[k]!))
    const multipliers = new Map(node.multipliers)
    const bits = node.bits.map((one) => Float64Array.from(one))
    const patience = steps > 100 ? 15 : 4
    let least: Node = node
    let most = Infinity
    let length = 1
    let inVain = 0
    for (let step = 0; step < steps && !this.asked.isOver(); step++) {
      let now = [...multipliers.values()].reduce((sum, multiplier) => sum + multiplier, 0)
      let norm = 0
      const uses = new Map<number, number>()
      for (const [k, part] of this.parts.entries()) {
        now += part.relaxed(lists[k]!, multipliers, bits[k]!)
        if (now === -Infinity) return { ...node, bound: now }
        for (const item of part.wanted()) uses.set(item, (uses.get(item) ?? 0) + 1)
        norm += part.norm(bits[k]!)
      }
      if (now < most) {
        most = now
        inVain = 0
        least = {
          ...node,
          bound: Math.min(node.bound, most),
          multipliers: new Map(multipliers),
          bits: bits.map((one) => Float64Array.from(one)),
        }
      } else if (++inVain >= patience) {
        length *= 0.6
        inVain = 0
      }
      const moves = movesOf(uses, multipliers)
      norm += moves.reduce((sum, [, violation]) => sum + violation * violation, 0)
      if (most <= this.value || !norm) break
      const stride = (length * this.far(now)) / norm
      this.parts.forEach((part, k) => part.shift(bits[k]!, stride))
      this.move(multipliers, moves, stride)
    }
    return least
  }

  private far(most: number): number {
    return Math.max(this.best ? most - this.value : Math.abs(most) * 0.05, 1)
  }

  private narrow(open: readonly Node[]): void {
    const bound = open.reduce((most, node) => Math.max(most, node.bound), this.value)
    if (bound >= this.bound) return
    this.bound = bound
    this.asked.narrower(bound)
  }

  /** Lowers the bound of a node by moving multipliers; gives what is left of it, as two nodes, or none. */
  private visit(given: Node): Node[] {
    const isRoot = this.nodes === 1
    const node = isRoot ? given : this.guess(given, GUESSED.again)
    if (node.bound <= this.value) return []
    if (this.asked.isOver()) return [node]
    const multipliers = this.needed(node)
    let { bound } = node
    let bestMultipliers: ReadonlyMap<number, number> = new Map(multipliers)
    let wanted: readonly PartAnswer[] | null = null
    let length = 0.5
    for (let step = 0; step < (isRoot ? STEPS.root : STEPS.again); step++) {
      const answers = this.each((part, k) => part.best(multipliers, node.without[k]!, this.asked.isOver))
      if (!answers) return [] // somebody cannot be dressed so
      const most =
        answers.reduce((sum, answer) => sum + answer.bound, 0) +
        [...multipliers.values()].reduce((sum, multiplier) => sum + multiplier, 0)
      if (most < bound || !wanted) {
        bound = Math.min(bound, most)
        bestMultipliers = new Map(multipliers)
        wanted = answers
        if (isRoot) this.narrow([{ ...node, bound }])
      } else length *= 0.6
      if (bound <= this.value) return []
      if (this.asked.isOver()) return [{ ...node, bound }]
      const uses = usesOf(answers)
      if ([...uses.values()].every((count) => count < 2)) this.offer(answers)
      else if (step === 0 || isRoot) this.repair(answers, this.nodes + step)
      if (bound <= this.value) return []
      const moves = movesOf(uses, multipliers)
      if (!moves.length) break
      this.move(
        multipliers,
        moves,
        (length * this.far(most)) / moves.reduce((sum, [, violation]) => sum + violation * violation, 0),
      )
    }
    const { item, wearer } = contested(wanted!, bestMultipliers)
    // nothing wanted twice, nothing priced in vain: what was offered is the best of the node
    if (item === null) return []
    const rest = { bits: node.bits, multipliers: bestMultipliers, bound }
    return [
      { ...rest, without: node.without.map((items, k) => (k === wearer ? new Set([...items, item]) : items)) },
      { ...rest, without: node.without.map((items, k) => (k === wearer ? items : new Set([...items, item]))) },
    ]
  }

  /** The multipliers of items that several may have; those of others are of no use. */
  private needed({ multipliers, without }: Pick<Node, 'multipliers' | 'without'>): Map<number, number> {
    const isShared = (item: number) =>
      this.parts.filter((part, k) => part.holds(item) && !without[k]!.has(item)).length > 1
    return new Map([...multipliers].filter(([item]) => isShared(item)))
  }

  private move(multipliers: Map<number, number>, moves: readonly Move[], stride: number): void {
    const highest = Math.min(...this.parts.map(({ maxMultiplier }) => maxMultiplier))
    for (const [item, violation] of moves) {
      const multiplier = Math.round((multipliers.get(item) ?? 0) + violation * Math.max(stride, 1))
      if (multiplier <= 0) multipliers.delete(item)
      else multipliers.set(item, Math.min(multiplier, highest))
    }
  }

  /** Gives each wearer in turn what is recommended and still free; then solves each again beside the others. */
  private repair(answers: readonly PartAnswer[], turn: number): void {
    const { isOver } = this.asked
    const order = answers.map((_, k) => (k + turn) % answers.length)
    const now: (PartAnswer | null)[] = answers.map(() => null)
    const others = (k: number) =>
      new Set([...this.own[k]!, ...now.flatMap((answer, other) => (answer && other !== k ? answer.items : []))])
    for (const k of order) {
      const taken = others(k)
      const same = answers[k]!
      now[k] =
        same.chosen && !same.items.some((item) => taken.has(item))
          ? same
          : this.parts[k]!.best(NO_MULTIPLIERS, taken, isOver)
      if (!now[k]?.chosen || isOver()) return
    }
    for (let isBetter = true; isBetter && !isOver();) {
      isBetter = false
      for (const k of order) {
        const answer = this.parts[k]!.best(NO_MULTIPLIERS, others(k), isOver)
        if (!answer?.chosen || answer.worth <= now[k]!.worth) continue
        now[k] = answer
        isBetter = true
      }
    }
    this.offer(now as PartAnswer[])
  }

  private offer(answers: readonly PartAnswer[]): void {
    if (answers.some(({ chosen }) => !chosen)) return
    const value = answers.reduce((sum, { worth }) => sum + worth, 0)
    if (value <= this.value) return
    this.value = value
    this.best = answers
    this.asked.better(answers, value, Math.max(this.bound, value))
  }

  private each(ask: (part: Part, k: number) => PartAnswer | null): PartAnswer[] | null {
    const answers: PartAnswer[] = []
    for (const [k, part] of this.parts.entries()) {
      const answer = ask(part, k)
      if (!answer) return null
      answers.push(answer)
    }
    return answers
  }
}
