// A strict subset of PromQL over a history, by Prometheus' own grammar. Refuses what it does not know.
import { parser } from '@prometheus-io/lezer-promql'
import { keyOf, type History, type Point, type Series } from './history.ts'
import type { Labels } from './exposition.ts'

export interface Value {
  labels: Labels
  value: number
}
type Result = number | Value[]
type Node = ReturnType<typeof parser.parse>['topNode']

interface Asked {
  query: string
  history: History
  /** Seconds since 1970. */
  at: number
}

/** A sample counts for as long after its scrape. */
const LOOKBACK_S = 300
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** The values of an expression at a moment. @throws for what does not parse, or is not of the subset */
export function evaluate(asked: Asked): Value[] {
  const tree = parser.parse(asked.query)
  tree.iterate({
    enter({ type, from }) {
      if (type.isError) throw new Error(`This does not parse at ${from}: ${asked.query}`)
    },
  })
  const result = valueOf(tree.topNode.firstChild!, asked)
  if (typeof result === 'number') throw new Error(`This is a number, no vector: ${asked.query}`)
  return result
}

/** Seconds of a duration, such as `15m`. */
export function secondsIn(text: string): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (count === undefined) throw new Error(`This is no duration: ${text}`)
  return Number(count) * SECONDS[unit!]!
}

const textOf = ({ query }: Asked, { from, to }: Node) => query.slice(from, to)
const childrenOf = (node: Node): Node[] => {
  const found: Node[] = []
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child)
  return found
}

function valueOf(node: Node, asked: Asked): Result {
  switch (node.name) {
    case 'NumberDurationLiteral':
      return Number(textOf(asked, node))
    case 'ParenExpr':
      return valueOf(node.firstChild!.nextSibling ?? node.firstChild!, asked)
    case 'VectorSelector':
      return instant(node, asked)
    case 'FunctionCall':
      return called(node, asked)
    case 'AggregateExpr':
      return aggregated(node, asked)
    case 'BinaryExpr':
      return combined(node, asked)
    default:
      throw new Error(`The evaluator does not know ${node.name} in: ${asked.query}`)
  }
}

function selected(node: Node, asked: Asked): Series[] {
  const [identifier, ...rest] = childrenOf(node)
  const matchers = rest.flatMap((part) => childrenOf(part)).map((matcher) => matcherOf(matcher, asked))
  return asked.history
    .named(textOf(asked, identifier!))
    .filter(({ labels }) => matchers.every((matches) => matches(labels)))
}

function matcherOf(matcher: Node, asked: Asked): (labels: Labels) => boolean {
  const [name, operator, literal] = childrenOf(matcher).map((part) => textOf(asked, part))
  const wanted = JSON.parse(literal!) as string
  const value = (labels: Labels) => labels[name!] ?? ''
  if (operator === '=') return (labels) => value(labels) === wanted
  if (operator === '!=') return (labels) => value(labels) !== wanted
  const pattern = new RegExp(`^(?:${wanted})$`)
  return (labels) => pattern.test(value(labels)) === (operator === '=~')
}

function instant(node: Node, asked: Asked): Value[] {
  return selected(node, asked).flatMap(({ labels, points }) => {
    const last = points.findLast(([at]) => at <= asked.at)
    return last && last[1] !== null && last[0] > asked.at - LOOKBACK_S ? [{ labels, value: last[1] }] : []
  })
}

function called(node: Node, asked: Asked): Result {
  const [identifier, body] = childrenOf(node)
  const name = textOf(asked, identifier!)
  if (name === 'time') return asked.at
  if (name !== 'rate' && name !== 'increase') throw new Error(`The evaluator does not know ${name}()`)
  const [selector, duration] = childrenOf(body!.getChild('MatrixSelector')!)
  const windowS = secondsIn(textOf(asked, duration!))
  return selected(selector!, asked).flatMap(({ labels, points }) => {
    const value = increase(points, asked.at, windowS)
    return value === null ? [] : [{ labels, value: name === 'rate' ? value / windowS : value }]
  })
}

/** The growth of a counter within a window, extrapolated to its ends as Prometheus does it. */
function increase(points: readonly Point[], at: number, windowS: number): number | null {
  const within = points.filter((point): point is [number, number] => {
    return point[1] !== null && point[0] > at - windowS && point[0] <= at
  })
  if (within.length < 2) return null
  const [first, last] = [within[0]!, within.at(-1)!]
  let grown = last[1] - first[1]
  for (const [nth, [, value]] of within.entries())
    if (nth > 0 && value < within[nth - 1]![1]) grown += within[nth - 1]![1] // it began at 0 again
  const sampledS = last[0] - first[0]
  const most = (sampledS / (within.length - 1)) * 1.1
  const half = sampledS / (within.length - 1) / 2
  const toStart = first[0] - (at - windowS)
  const toEnd = at - last[0]
  const toZero = grown > 0 && first[1] >= 0 ? sampledS * (first[1] / grown) : Infinity
  const covered = sampledS + Math.min(toStart < most ? toStart : half, toZero) + (toEnd < most ? toEnd : half)
  return grown * (covered / sampledS)
}

function aggregated(node: Node, asked: Asked): Value[] {
  const operator = textOf(asked, node.getChild('AggregateOp')!)
  const over = valueOf(node.getChild('FunctionCallBody')!.firstChild!, asked)
  if (typeof over === 'number') throw new Error('A number is not aggregated')
  const modifier = node.getChild('AggregateModifier')
  if (modifier && !modifier.getChild('By')) throw new Error('The evaluator knows only by')
  const names = modifier?.getChild('GroupingLabels')?.getChildren('LabelName') ?? []
  const by = names.map((name) => textOf(asked, name))
  const groups = new Map<string, { labels: Labels; values: number[] }>()
  for (const { labels, value } of over) {
    const own = Object.fromEntries(by.filter((name) => name in labels).map((name) => [name, labels[name]!]))
    const group = groups.get(keyOf(own)) ?? { labels: own, values: [] }
    group.values.push(value)
    groups.set(keyOf(own), group)
  }
  return [...groups.values()].map(({ labels, values }) => ({ labels, value: aggregate(operator, values) }))
}

function aggregate(operator: string, values: readonly number[]): number {
  if (operator === 'sum') return values.reduce((sum, value) => sum + value, 0)
  if (operator === 'max') return Math.max(...values)
  if (operator === 'min') return Math.min(...values)
  throw new Error(`The evaluator does not know ${operator}`)
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
}
const COMPARISON: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
}

function combined(node: Node, asked: Asked): Result {
  const parts = childrenOf(node)
  if (parts.length !== 3) throw new Error(`The evaluator knows no modifiers of operators: ${textOf(asked, node)}`)
  const [left, right] = [valueOf(parts[0]!, asked), valueOf(parts[2]!, asked)]
  const operator = textOf(asked, parts[1]!)
  const arithmetic = ARITHMETIC[operator]
  const compares = COMPARISON[operator]
  if (!arithmetic && !compares) throw new Error(`The evaluator does not know ${operator}`)
  if (typeof left === 'number' && typeof right === 'number') {
    if (!arithmetic) throw new Error('Numbers are not compared')
    return arithmetic(left, right)
  }
  return pairs(left, right).flatMap(({ labels, a, b, kept }) => {
    if (arithmetic) return [{ labels, value: arithmetic(a, b) }]
    return compares!(a, b) ? [{ labels, value: kept }] : []
  })
}

/** Values side by side: of two vectors those with equal labels. `kept` is that of a vector, for comparisons. */
function pairs(left: Result, right: Result): { labels: Labels; a: number; b: number; kept: number }[] {
  if (typeof left === 'number')
    return (right as Value[]).map(({ labels, value }) => ({ labels, a: left, b: value, kept: value }))
  if (typeof right === 'number') return left.map(({ labels, value }) => ({ labels, a: value, b: right, kept: value }))
  const others = new Map(right.map(({ labels, value }) => [keyOf(labels), value]))
  return left.flatMap(({ labels, value }) => {
    const other = others.get(keyOf(labels))
    return other === undefined ? [] : [{ labels, a: value, b: other, kept: value }]
  })
}
