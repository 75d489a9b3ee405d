// A parsed statement as libpg-query gives it: a node is an object with its kind as the only key.
import { Refusal } from './refusal.ts'
import { partsOf, saidOf } from './node-kinds.ts'

export type Body = Record<string, unknown>
export type TreeNode = Record<string, Body>

/** The kind of a node, and what it has. */
export function kindOf(node: TreeNode): [string, Body] {
  const [entry] = Object.entries(node)
  return entry ?? ['', {}]
}

/** A list of nodes; empty where there is none. */
export const nodesOf = (list: unknown): TreeNode[] => (list ?? []) as TreeNode[]

/** The texts of a list of names; anything that is no text, such as `*`, is left out. */
export const textsOf = (list: unknown): string[] =>
  nodesOf(list).flatMap((node) => (node['String'] ? [(node['String']['sval'] as string | undefined) ?? ''] : []))

/** A whole number that is written as such; null for everything else. */
export function constantOf(node: TreeNode | undefined): number | null {
  const value = node?.['A_Const']?.['ival'] as { ival?: number } | undefined
  return value ? (value.ival ?? 0) : null // the parser leaves a zero out
}

/** Refuses a node of another kind than those of the table, and one with a part that is not in it. @throws Refusal */
export function checkParts(kind: string, body: Body): void {
  const parts = partsOf(kind)
  if (!parts) throw new Refusal(`${saidOf(kind)} is not allowed: one SELECT over the views, without side effects, is.`)
  for (const part of Object.keys(body))
    if (!Object.hasOwn(parts, part)) throw new Refusal(`${saidOf(`${kind}.${part}`)} is not allowed in a statement.`)
}

/** Calls `visit` for every node directly within another one. */
export function eachInner(kind: string, body: Body, visit: (node: TreeNode) => void): void {
  const parts = partsOf(kind)!
  const visitAll = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) visitAll(entry)
    else if (Object.keys(value as object).length) visit(value as TreeNode)
  }
  for (const [part, value] of Object.entries(body)) {
    const what = parts[part]!
    if (what === 'node') visitAll(value)
    else if (what !== 'scalar') visit({ [what]: value as Body })
  }
}
