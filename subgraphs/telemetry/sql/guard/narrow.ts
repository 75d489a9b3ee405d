// Telemetry and vitals of past days lie in blocks, and their rows show when they were received only once they are
// unpacked. So a condition on `received_at` is followed by one on `block_from`, the beginning of the block: it says
// nothing more, and leaves blocks of other hours unread.
import { parseSync } from 'libpg-query'
import { SCHEMA } from '../views.ts'
import { kindOf, nodesOf, textsOf, type Body, type TreeNode } from './tree.ts'

const PACKED: ReadonlySet<string> = new Set(['telemetry', 'vitals'])
const COLUMN = 'received_at'
/** Seen from the other side. */
const TURNED = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
  ['=', '='],
])

/** Adds the conditions to a checked SELECT and to all within it. */
export function narrow(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  const select = (node as TreeNode)['SelectStmt'] ?? (isSelect(node as Body) ? (node as Body) : null)
  if (select) narrowSelect(select)
  for (const inner of Object.values(select ?? node)) narrow(inner)
}

/** The sides of a set operation stand without their kind. */
const isSelect = (body: Body): boolean => 'targetList' in body && 'op' in body

function narrowSelect(select: Body): void {
  const from = nodesOf(select['fromClause'])
  const names = new Set(from.flatMap(packedNames))
  if (names.size === 0) return
  const isAlone = from.length === 1 && from[0]!['RangeVar'] !== undefined
  if (select['whereClause']) select['whereClause'] = narrowed(select['whereClause'] as TreeNode, names, isAlone)
  const visit = (item: TreeNode): void => {
    const join = item['JoinExpr']
    if (!join) return
    if (join['quals']) join['quals'] = narrowed(join['quals'] as TreeNode, names, false)
    visit(join['larg'] as TreeNode)
    visit(join['rarg'] as TreeNode)
  }
  for (const item of from) visit(item)
}

/** Names under which an item of FROM shows packed views with their own columns. */
function packedNames(item: TreeNode): string[] {
  const [kind, body] = kindOf(item)
  const alias = body['alias'] as Body | undefined
  if (alias?.['colnames']) return []
  if (kind === 'JoinExpr')
    return alias ? [] : [...packedNames(body['larg'] as TreeNode), ...packedNames(body['rarg'] as TreeNode)]
  const isPacked = kind === 'RangeVar' && body['schemaname'] === SCHEMA && PACKED.has(body['relname'] as string)
  return isPacked ? [(alias?.['aliasname'] ?? body['relname']) as string] : []
}

function narrowed(condition: TreeNode, names: ReadonlySet<string>, isAlone: boolean): TreeNode {
  const and = condition['BoolExpr']
  if (and?.['boolop'] === 'AND_EXPR') {
    and['args'] = nodesOf(and['args']).flatMap((part) => [part, ...implied(part, names, isAlone)])
    return condition
  }
  const more = implied(condition, names, isAlone)
  return more.length ? { BoolExpr: { boolop: 'AND_EXPR', args: [condition, ...more] } } : condition
}

/** What a condition on the moment of a row says of its block. */
function implied(condition: TreeNode, names: ReadonlySet<string>, isAlone: boolean): TreeNode[] {
  const expression = condition['A_Expr']
  if (!expression) return []
  const [left, right] = [expression['lexpr'], expression['rexpr']] as TreeNode[]
  const table = (side: TreeNode | undefined) => packedTable(side, names, isAlone)
  if (expression['kind'] === 'AEXPR_BETWEEN') {
    const of = table(left)
    const [from, to] = nodesOf(right?.['List']?.['items'])
    return of && from && to ? [...bound(of, '>=', from), ...bound(of, '<=', to)] : []
  }
  if (expression['kind'] !== 'AEXPR_OP') return []
  const operator = textsOf(expression['name'])[0]!
  const [ofLeft, ofRight] = [table(left), table(right)]
  if (ofLeft) return bound(ofLeft, operator, right!)
  return ofRight && TURNED.has(operator) ? bound(ofRight, TURNED.get(operator)!, left!) : []
}

/** The table before the column, as it is written; null for another column. */
function packedTable(side: TreeNode | undefined, names: ReadonlySet<string>, isAlone: boolean): string[] | null {
  const fields = textsOf(side?.['ColumnRef']?.['fields'])
  if (fields.at(-1) !== COLUMN) return null
  return (fields.length === 2 && names.has(fields[0]!)) || (fields.length === 1 && isAlone) ? fields.slice(0, -1) : null
}

function bound(table: readonly string[], operator: string, value: TreeNode): TreeNode[] {
  if (!TURNED.has(operator) || !isConstant(value)) return []
  const least = template(table, "block_from >= date_trunc('hour', (null)::timestamptz)", value)
  const most = template(table, 'block_from <= (null)::timestamptz', value)
  if (operator === '=') return [least, most]
  return operator.startsWith('>') ? [least] : [most]
}

/** Whether a value is the same for every row, and cheap. */
function isConstant(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(
    ([key, inner]) => key !== 'ColumnRef' && key !== 'SubLink' && key !== 'SelectStmt' && isConstant(inner),
  )
}

/** Conditions as the parser gives them, by their text: there are two, and parsing takes longer than all else here. */
const parsed = new Map<string, TreeNode>()

/** A condition as the parser gives it, with a value in the place of its null. */
function template(table: readonly string[], text: string, value: TreeNode): TreeNode {
  let whole = parsed.get(text)
  if (!whole) {
    const tree = parseSync(`select 1 where ${text}`) as unknown as Body
    const select = (nodesOf(tree['stmts'])[0]!['stmt'] as TreeNode)['SelectStmt']!
    parsed.set(text, (whole = select['whereClause'] as TreeNode))
  }
  const condition = structuredClone(whole)
  const column = condition['A_Expr']!['lexpr'] as TreeNode
  column['ColumnRef']!['fields'] = [...table, 'block_from'].map((sval) => ({ String: { sval } }))
  const bound = condition['A_Expr']!['rexpr'] as TreeNode
  const cast = bound['TypeCast'] ?? nodesOf(bound['FuncCall']!['args'])[1]!['TypeCast']!
  cast['arg'] = structuredClone(value)
  return condition
}
