// Decides whether a statement of a viewer is run, and as which text. It reads nothing but the statement. What it
// refuses beyond Postgres' own rights, and why no layer is trusted alone, is in docs/sql.md.
import { isDeepStrictEqual } from 'node:util'
import { parseSync } from 'libpg-query'
import { checkSelect } from './check.ts'
import { narrow } from './narrow.ts'
import { Refusal } from './refusal.ts'
import { kindOf, nodesOf, type Body, type TreeNode } from './tree.ts'
import { written } from './written.ts'

/** The longest statement, in characters. */
export const MAX_STATEMENT_LENGTH = 10_000
/** The deepest nesting of brackets: the parser and Postgres recurse with it. */
const MAX_BRACKETS = 50
/** The deepest nesting of the tree, at about two levels for each operator in a row. */
const MAX_LEVELS = 600

export type Guarded =
  | {
      ok: true
      /** The statement to run: rebuilt from the checked tree, each view with its schema. */
      sql: string
      /** It explains the statement instead of running it. */
      explains: boolean
    }
  | { ok: false; reason: string }

/**
 * Checks a statement. `loadModule` of libpg-query must have ended before.
 * @returns the text to run, or why it is refused and what is allowed instead
 */
export function guard(statement: string): Guarded {
  try {
    checkText(statement)
    const { select, explains } = onlyStatement(statement)
    checkSelect(select, null)
    const sql = written(select)
    if (!meansTheSame(sql, select))
      throw new Refusal('This statement cannot be rebuilt unchanged from its checked form. Write it in a simpler way.')
    return { ok: true, sql: (NARROWED.test(sql) && narrowedSql(select)) || sql, explains }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.message }
    throw error
  }
}

/** What is in every statement that narrowing changes: others are not written again. */
const NARROWED = /sql_views\.(?:telemetry|vitals)\b[^]*received_at/

/** The statement with conditions that leave packed days unread; null where it cannot be written. */
function narrowedSql(select: Body): string | null {
  const statement = { SelectStmt: structuredClone(select) }
  narrow(statement)
  const sql = written(statement.SelectStmt)
  return meansTheSame(sql, statement.SelectStmt) ? sql : null
}

function checkText(statement: string): void {
  if (statement.length > MAX_STATEMENT_LENGTH)
    throw new Refusal(`A statement has at most ${MAX_STATEMENT_LENGTH} characters.`)
  if (statement.includes('\0') || !statement.isWellFormed())
    throw new Refusal('The statement contains characters that are not allowed: NUL, or halves of a pair.')
  let depth = 0
  for (const letter of statement) {
    if (letter === '(' || letter === '[') depth++
    else if (letter === ')' || letter === ']') depth--
    if (depth > MAX_BRACKETS) throw new Refusal(`Brackets may be nested ${MAX_BRACKETS} deep at most.`)
  }
}

function onlyStatement(text: string): { select: Body; explains: boolean } {
  const tree = parsed(text)
  const statements = nodesOf(tree['stmts'])
  if (statements.length !== 1) throw new Refusal(`Send exactly one statement; this has ${statements.length}.`)
  const node = statements[0]!['stmt'] as unknown as TreeNode
  if (!isWithin(node, MAX_LEVELS)) throw new Refusal('The statement is nested too deeply.')
  const [kind, body] = kindOf(node)
  const explains = kind === 'ExplainStmt'
  const [selectKind, select] = kindOf(explains ? explained(body) : node)
  if (selectKind !== 'SelectStmt')
    throw new Refusal('Only SELECT and EXPLAIN of a SELECT are allowed: statements read the views and change nothing.')
  return { select, explains }
}

/** Whether a tree has at most so many levels; without recursion, which deep trees would end. */
function isWithin(tree: object, levels: number): boolean {
  let level: unknown[] = [tree]
  for (let depth = 0; level.length; depth++) {
    if (depth > levels) return false
    level = level.flatMap((value) => Object.values(value as object).filter((inner) => typeof inner === 'object'))
  }
  return true
}

/** The text is what runs: a fault of what wrote it must not make another statement of it. */
function meansTheSame(sql: string, select: Body): boolean {
  try {
    return isDeepStrictEqual(meaningOf(onlyStatement(sql).select), meaningOf(select))
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** Where something stands in its text. */
const PLACES: ReadonlySet<string> = new Set([
  'location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
])

/** A tree without where its parts stand. */
function meaningOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaningOf)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => !PLACES.has(name))
  return Object.fromEntries(kept.map(([name, inner]) => [name, meaningOf(inner)]))
}

function parsed(text: string): Body {
  try {
    return parseSync(text) as unknown as Body
  } catch (error) {
    throw new Refusal(`This is no SQL that Postgres reads: ${(error as Error).message}.`)
  }
}

function explained(body: Body): TreeNode {
  if (body['options']) throw new Refusal('EXPLAIN is allowed without options: it shows the plan and does not run it.')
  return body['query'] as TreeNode
}
