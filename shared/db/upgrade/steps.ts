// The text of a migration in steps. A new database runs it whole, in one transaction. A database with rows in it is
// brought up to date step by step, so that nothing which writes has to wait for long.

/** A part of a migration that is done, and recorded as done, by itself. */
export type Step =
  /** One transaction. */
  | { kind: 'transaction'; sql: string }
  /** One block that commits on its way, and that may run again after it was interrupted. */
  | { kind: 'commits'; sql: string }
  /** Indexes that are made while others write. `needs` is the extension without which they are left out. */
  | { kind: 'indexes'; sql: string; needs: string | null }
  /** Statements for each daily partition of a table of the last `days`. Its name replaces `:day`. */
  | { kind: 'days'; sql: string; table: string; days: number }

const HEAD = /^-- step: (.+)$/m
const INDEXES = /^indexes while others write(?:, with (\w+))?$/
const DAYS = /^each of the last (\d+) days of (\w+)$/

/**
 * Splits the text of a migration at its lines `-- step: …`.
 * @throws on a step of an unknown kind
 */
export function stepsOf(text: string): Step[] {
  const [first = '', ...rest] = text.split(HEAD)
  const steps: Step[] = hasStatement(first) ? [{ kind: 'transaction', sql: first }] : []
  for (let i = 0; i < rest.length; i += 2) steps.push(stepOf(rest[i]!, rest[i + 1]!))
  return steps
}

function stepOf(name: string, sql: string): Step {
  if (name === 'one transaction') return { kind: 'transaction', sql }
  if (name === 'commits on its way') return { kind: 'commits', sql }
  const indexes = INDEXES.exec(name)
  if (indexes) return { kind: 'indexes', sql, needs: indexes[1] ?? null }
  const days = DAYS.exec(name)
  if (days) return { kind: 'days', sql, days: Number(days[1]), table: days[2]! }
  throw new Error(`There is no such step of a migration: ${name}`)
}

const hasStatement = (text: string): boolean => /\S/.test(text.replaceAll(/--.*$/gm, ''))

/** An index as a step of indexes creates it. */
export interface IndexText {
  name: string
  table: string
  /** What follows the table: method, columns, condition. */
  rest: string
}

/**
 * The statements of a step of indexes.
 * @throws on any statement but `create index NAME on TABLE …`
 */
export function indexesOf(sql: string): IndexText[] {
  const statements = sql
    .replaceAll(/--.*$/gm, '')
    .split(';')
    .map((text) => text.trim())
    .filter(Boolean)
  return statements.map((text) => {
    const found = /^create index (\w+) on (\w+)\s+([^]+)$/.exec(text)
    if (!found) throw new Error(`A step of indexes has another statement: ${text}`)
    return { name: found[1]!, table: found[2]!, rest: found[3]! }
  })
}
