// Which names a part of a statement sees: tables of its WITH clauses, and what its FROM clauses have.

/** What a FROM clause adds: a name, and its columns in their order. */
export interface Source {
  name: string | null
  columns: readonly string[]
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
    if (at.outputs.has(name) || at.sources.some((source) => source.name === name || source.columns.includes(name)))
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
