// Which names a part of a statement sees: tables of its WITH clauses, and what its FROM clauses have.

import { Refusal } from './refusal.ts'

/** What a FROM clause adds: a name, and its columns in their order. */
export interface Source {
  name: string | null
  columns: readonly string[]
}

/** Columns of one list, as Postgres limits them. Lists of lists would double with every level. */
const MAX_COLUMNS = 1_664

/** All columns of several sources. @throws Refusal where they are too many */
export function joinedColumns(sources: readonly Pick<Source, 'columns'>[]): readonly string[] {
  let count = 0
  for (const { columns } of sources) count += columns.length
  if (count > MAX_COLUMNS) throw new Refusal(`A SELECT or a named join has at most ${MAX_COLUMNS} columns.`)
  return sources.flatMap(({ columns }) => columns)
}

/** By list of columns, which many sources may share. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>()

export function hasColumn({ columns }: Source, name: string): boolean {
  let set = sets.get(columns)
  if (!set) sets.set(columns, (set = new Set(columns)))
  return set.has(name)
}

/** The names at one place of a statement; `parent` has those around it. */
export interface Scope {
  parent: Scope | null
  sources: Source[]
  /** Tables of WITH, by name, with their columns. */
  ctes: Map<string, readonly string[]>
  /** Names that the SELECT list gives, which ORDER BY and GROUP BY may use. */
  outputs: Set<string>
}

export const innerScope = (parent: Scope | null): Scope => ({
  parent,
  sources: [],
  ctes: new Map(),
  outputs: new Set(),
})

/** The columns of a table of WITH; undefined if none of that name is visible here. */
export function cteColumns(scope: Scope | null, name: string): readonly string[] | undefined {
  for (let at = scope; at; at = at.parent) {
    const found = at.ctes.get(name)
    if (found) return found
  }
  return undefined
}

/** The nearest source of that name. Of two with one name in one FROM, Postgres refuses the statement itself. */
export function sourceNamed(scope: Scope | null, name: string): Source | undefined {
  for (let at = scope; at; at = at.parent) {
    const found = at.sources.find((source) => source.name === name)
    if (found) return found
  }
  return undefined
}

/** Whether a name alone is a column, a source as a whole, or an output. */
export function isKnown(scope: Scope | null, name: string): boolean {
  for (let at = scope; at; at = at.parent)
    if (at.outputs.has(name) || at.sources.some((source) => source.name === name || hasColumn(source, name)))
      return true
  return false
}

/** Every column that is visible here. */
export function visibleColumns(scope: Scope | null): string[] {
  const found: string[] = []
  for (let at = scope; at; at = at.parent) for (const { columns } of at.sources) found.push(...columns)
  return found
}

/** Columns under the names that an alias gives to the first of them. */
export const renamed = (columns: readonly string[], names: readonly string[]): readonly string[] =>
  names.length ? [...names, ...columns.slice(names.length)] : columns
