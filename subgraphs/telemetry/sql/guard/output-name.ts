// The name that Postgres gives to an expression of a SELECT list without AS; its rules are in FigureColname of the
// parser.
import { kindOf, nodesOf, textsOf, type Body, type TreeNode } from './tree.ts'

interface Name {
  text: string
  /** A name of a type or of CASE gives way to one that is found within. */
  isWeak: boolean
}

const strong = (text: string | undefined): Name | null => (text === undefined ? null : { text, isWeak: false })

/** The name of an output; null where Postgres calls it `?column?`. */
export const outputName = (node: TreeNode | undefined): string | null => nameIn(node)?.text ?? null

function nameIn(node: TreeNode | undefined): Name | null {
  if (!node) return null
  const [kind, body] = kindOf(node)
  switch (kind) {
    case 'ColumnRef':
      return strong(textsOf(body['fields']).at(-1))
    case 'FuncCall':
      return strong(textsOf(body['funcname']).at(-1))
    case 'A_Indirection':
      return nameIn(body['arg'] as TreeNode)
    case 'TypeCast':
      return insideOr(body['arg'] as TreeNode, textsOf((body['typeName'] as Body)['names']).at(-1)!)
    case 'CaseExpr':
      return insideOr(body['defresult'] as TreeNode | undefined, 'case')
    case 'A_Expr':
      return body['kind'] === 'AEXPR_NULLIF' ? strong('nullif') : null
    case 'SubLink':
      return nameOfSubLink(body)
    case 'SQLValueFunction':
      return strong((body['op'] as string).replace(/^SVFOP_|_N$/g, '').toLowerCase())
    case 'MinMaxExpr':
      return strong(body['op'] === 'IS_LEAST' ? 'least' : 'greatest')
    default:
      return strong(NAMES.get(kind))
  }
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['CoalesceExpr', 'coalesce'],
  ['A_ArrayExpr', 'array'],
  ['RowExpr', 'row'],
  ['GroupingFunc', 'grouping'],
])

function insideOr(node: TreeNode | undefined, otherwise: string): Name {
  const inside = nameIn(node)
  return inside && !inside.isWeak ? inside : { text: otherwise, isWeak: true }
}

function nameOfSubLink(body: Body): Name | null {
  if (body['subLinkType'] === 'EXISTS_SUBLINK') return strong('exists')
  if (body['subLinkType'] === 'ARRAY_SUBLINK') return strong('array')
  if (body['subLinkType'] !== 'EXPR_SUBLINK') return null
  const [, select] = kindOf(body['subselect'] as TreeNode)
  const first = nodesOf(select['targetList'])[0]
  if (!first) return null
  const [, target] = kindOf(first)
  return typeof target['name'] === 'string' ? strong(target['name']) : nameIn(target['val'] as TreeNode)
}
