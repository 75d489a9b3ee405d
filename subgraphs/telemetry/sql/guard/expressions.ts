// Checks of single parts of a statement: functions, operators, types.
import {
  FUNCTIONS,
  LENGTH_ARGUMENT,
  MAX_LENGTH_ARGUMENT,
  MAX_SERIES,
  ONLY_IN_FROM,
  OPERATORS,
  TYPES,
  VALUES,
} from './allowed.ts'
import { nearest, Refusal } from './refusal.ts'
import { constantOf, nodesOf, textsOf, type Body } from './tree.ts'

/** The name without pg_catalog, in which everything allowed is; null for a name of another schema. */
function unqualified(names: readonly string[]): string | null {
  if (names.length === 1) return names[0]!
  return names.length === 2 && names[0] === 'pg_catalog' ? names[1]! : null
}

/** @param isInFrom it stands in a FROM clause, where its rows can be bounded */
export function checkFunction(body: Body, isInFrom: boolean): void {
  const names = textsOf(body['funcname'])
  const name = unqualified(names)
  if (name === null || !FUNCTIONS.has(name))
    throw new Refusal(
      `The function ${names.join('.')} is not allowed. ` +
        `Similar ones that are: ${nearest(names.at(-1) ?? '', FUNCTIONS)}.`,
    )
  if (ONLY_IN_FROM.has(name)) checkSeries(name, body, isInFrom)
  const position = Object.hasOwn(LENGTH_ARGUMENT, name) ? LENGTH_ARGUMENT[name] : undefined
  if (position === undefined) return
  const length = constantOf(nodesOf(body['args'])[position])
  if (length === null || length > MAX_LENGTH_ARGUMENT)
    throw new Refusal(`${name} needs a length that is written as a number, at most ${MAX_LENGTH_ARGUMENT}.`)
  // Of a computed text, which may be a repeated one: three in a row would make a gigabyte.
  if (name === 'repeat' && nodesOf(body['args'])[0]?.['A_Const']?.['sval'] === undefined)
    throw new Refusal("repeat needs a text that is written as such: repeat('-', 20).")
}

function checkSeries(name: string, body: Body, isInFrom: boolean): void {
  if (!isInFrom) throw new Refusal(`${name} is allowed only in FROM, such as: FROM ${name}(1, 10) AS n.`)
  const [from, to, step] = nodesOf(body['args']).map(constantOf)
  if (from == null || to == null || step === null) return // its rows are counted while it runs
  if (Math.abs(to - from) / Math.max(1, Math.abs(step ?? 1)) >= MAX_SERIES)
    throw new Refusal(`${name} is allowed for at most ${MAX_SERIES} values.`)
}

/** @param names the operator as the parser gives it, such as `=` or `OPERATOR(pg_catalog.=)` */
export function checkOperator(names: readonly string[]): void {
  const name = unqualified(names)
  if (name === null || !OPERATORS.has(name))
    throw new Refusal(`The operator ${names.join('.')} is not allowed. These are: ${[...OPERATORS].join(' ')}`)
}

/** The largest modifier of a type, such as the length of varchar(n). */
const MAX_MODIFIER = 1_000

export function checkType(body: Body): void {
  const names = textsOf(body['names'])
  const name = unqualified(names)
  if (name === null || !TYPES.has(name))
    throw new Refusal(`The type ${names.join('.')} is not allowed. These are: ${[...TYPES].join(', ')}.`)
  if (name === 'interval') return // the modifier of an interval is a set of units
  for (const modifier of nodesOf(body['typmods'])) {
    const size = constantOf(modifier)
    if (size === null || Math.abs(size) > MAX_MODIFIER)
      throw new Refusal(`The size of a type must be a number of at most ${MAX_MODIFIER}.`)
  }
}

export function checkValue(body: Body): void {
  if (!VALUES.has(body['op'] as string))
    throw new Refusal(`${(body['op'] as string).replace('SVFOP_', '').toLowerCase()} is not allowed.`)
}
