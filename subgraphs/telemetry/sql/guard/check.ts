// Checks a parsed statement against the lists of what is allowed, and names every view with its schema.
import { SCHEMA, viewColumns, viewNames } from '../views.ts'
import { MAX_SERIES } from './allowed.ts'
import { checkFunction, checkOperator, checkType, checkValue } from './expressions.ts'
import { functionColumns } from './function-columns.ts'
import { saidOf } from './node-kinds.ts'
import { outputName } from './output-name.ts'
import { nearest, Refusal } from './refusal.ts'
import {
  cteColumns,
  hasColumn,
  innerScope,
  isKnown,
  joinedColumns,
  renamed,
  sourceNamed,
  visibleColumns,
  type Scope,
  type Source,
} from './scope.ts'
import { checkParts, eachInner, kindOf, nodesOf, textsOf, type Body, type TreeNode } from './tree.ts'

type Columns = readonly string[]

const FROM_KINDS: ReadonlySet<string> = new Set(['RangeVar', 'RangeSubselect', 'RangeFunction', 'JoinExpr'])

/**
 * Checks a SELECT and all within it.
 * @param parent the names around it; null at the top
 * @returns its output columns
 * @throws Refusal
 */
export function checkSelect(body: Body, parent: Scope | null): Columns {
  checkParts('SelectStmt', body)
  const scope = innerScope(parent)
  const { withClause, larg, rarg, fromClause, targetList, valuesLists, ...rest } = body
  if (withClause) checkWith(withClause as Body, scope)
  for (const item of nodesOf(fromClause)) addSources(item, scope)
  const columns =
    larg && rarg
      ? bothSides(larg as Body, rarg as Body, scope)
      : valuesLists
        ? valuesColumns(valuesLists, scope)
        : targetColumns(targetList, scope)
  scope.outputs = new Set(columns)
  eachInner('SelectStmt', rest, (node) => checkNode(node, scope))
  return columns
}

function bothSides(larg: Body, rarg: Body, scope: Scope): Columns {
  const columns = checkSelect(larg, scope)
  checkSelect(rarg, scope)
  return columns
}

function valuesColumns(lists: unknown, scope: Scope): Columns {
  for (const list of nodesOf(lists)) checkNode(list, scope)
  return nodesOf(nodesOf(lists)[0]?.['List']?.['items']).map((_, n) => `column${n + 1}`)
}

/** A table of WITH is visible to those after it and to the rest of the statement, but not to itself. */
function checkWith(body: Body, scope: Scope): void {
  checkParts('WithClause', body)
  for (const node of nodesOf(body['ctes'])) {
    const [kind, cte] = kindOf(node)
    checkParts(kind, cte)
    const name = cte['ctename'] as string
    if (viewColumns(name)) throw new Refusal(`WITH ${name} has the name of a view. Choose another name.`)
    const columns = checkQuery(cte['ctequery'] as TreeNode, scope)
    scope.ctes.set(name, renamed(columns, textsOf(cte['aliascolnames'])))
  }
}

function checkQuery(node: TreeNode, scope: Scope | null): Columns {
  const [kind, body] = kindOf(node)
  if (kind !== 'SelectStmt') throw new Refusal(`${saidOf(kind)} is not allowed within a statement: only SELECT is.`)
  return checkSelect(body, scope)
}

/** Adds what an item of FROM has to the scope. Items after it see it only where Postgres lets them. */
function addSources(item: TreeNode, scope: Scope): void {
  const [kind, body] = kindOf(item)
  checkParts(kind, body)
  switch (kind) {
    case 'RangeVar':
      return void scope.sources.push(named(body, tableColumns(body, scope), body['relname'] as string))
    case 'RangeSubselect': {
      // Without LATERAL it does not see what stands beside it.
      const around = body['lateral'] ? scope : { ...scope, sources: [] }
      return void scope.sources.push(named(body, checkQuery(body['subquery'] as TreeNode, around), null))
    }
    case 'RangeFunction':
      return addFunction(item, body, scope)
    case 'JoinExpr':
      return addJoin(body, scope)
    default:
      throw new Refusal(`${kind} is not allowed in FROM.`)
  }
}

/** A source under its alias, if it has one. */
function named(body: Body, columns: Columns, name: string | null): Source {
  const alias = body['alias'] as Body | undefined
  if (!alias) return { name, columns }
  checkParts('Alias', alias)
  return { name: alias['aliasname'] as string, columns: renamed(columns, textsOf(alias['colnames'])) }
}

/** The columns of a table of WITH or of a view, which then is named with its schema. */
function tableColumns(body: Body, scope: Scope): Columns {
  const name = body['relname'] as string
  const schema = body['schemaname']
  const cte = schema === undefined ? cteColumns(scope, name) : undefined
  if (cte) return cte
  const columns = schema === undefined || schema === SCHEMA ? viewColumns(name) : undefined
  if (!columns) {
    const typed = schema === undefined ? name : `${schema as string}.${name}`
    const all = viewNames.join(', ')
    throw new Refusal(`There is no view ${typed}. Nearest: ${nearest(name, viewNames)}. All views: ${all}.`)
  }
  body['schemaname'] = SCHEMA
  return columns
}

function addJoin(body: Body, scope: Scope): void {
  const start = scope.sources.length
  addSources(body['larg'] as TreeNode, scope)
  addSources(body['rarg'] as TreeNode, scope)
  const joined = scope.sources.slice(start)
  // ON sees both sides and nothing that stands beside the join.
  if (body['quals']) checkNode(body['quals'] as TreeNode, { ...scope, sources: joined })
  if (body['join_using_alias']) {
    const using = textsOf(body['usingClause'])
    scope.sources.push(named({ alias: body['join_using_alias'] }, using, null))
  }
  if (!body['alias']) return
  // Columns that both sides share are merged, which moves the others: names for them would meet other columns.
  if ((body['alias'] as Body)['colnames'] && (body['usingClause'] || body['isNatural']))
    throw new Refusal('Names for the columns of a join with USING or NATURAL are not allowed: name them in SELECT.')
  scope.sources.splice(start, Infinity, named(body, joinedColumns(joined), null))
}

function addFunction(item: TreeNode, body: Body, scope: Scope): void {
  const calls = nodesOf(body['functions']).map((list) => nodesOf(list['List']?.['items'])[0] ?? {})
  for (const call of calls) {
    const [kind, inner] = kindOf(call)
    if (kind !== 'FuncCall') throw new Refusal('FROM takes views, subqueries and functions.')
    checkCall(inner, scope, true)
  }
  const alias = (body['alias'] as Body | undefined)?.['aliasname'] as string | undefined
  const columns = calls.flatMap((call) => functionColumns(call['FuncCall']!, calls.length === 1 ? alias : undefined))
  const functions = calls.map((call) => textsOf(call['FuncCall']!['funcname']).at(-1)!)
  const source = named(body, body['ordinality'] ? [...columns, 'ordinality'] : columns, functions[0] ?? null)
  if (functions.includes('generate_series')) bound(item, source)
  scope.sources.push(source)
}

/** Turns the function of a FROM item into a subquery of its first rows. */
function bound(item: TreeNode, { name, columns }: Source): void {
  const names = (texts: Columns) => texts.map((sval) => ({ String: { sval } }))
  const inner = { ...item['RangeFunction'], alias: { aliasname: 's', colnames: names(columns) } }
  delete item['RangeFunction']
  item['RangeSubselect'] = {
    lateral: true,
    subquery: {
      SelectStmt: {
        targetList: [{ ResTarget: { val: { ColumnRef: { fields: [{ A_Star: {} }] } } } }],
        fromClause: [{ RangeFunction: inner }],
        limitCount: { A_Const: { ival: { ival: MAX_SERIES } } },
        limitOption: 'LIMIT_OPTION_COUNT',
        op: 'SETOP_NONE',
      },
    },
    alias: { aliasname: name ?? 'generate_series', colnames: names(columns) },
  }
}

/** The output columns of a SELECT list, each of its expressions checked. */
function targetColumns(list: unknown, scope: Scope): Columns {
  const parts = nodesOf(list).map((node) => {
    const [kind, target] = kindOf(node)
    checkParts(kind, target)
    const value = target['val'] as TreeNode
    checkNode(value, scope)
    const fields = nodesOf(value['ColumnRef']?.['fields'])
    if (fields.at(-1)?.['A_Star']) {
      const of = textsOf(fields)[0]
      return { columns: of === undefined ? joinedColumns(scope.sources) : (sourceNamed(scope, of)?.columns ?? []) }
    }
    return { columns: [(target['name'] as string | undefined) ?? outputName(value) ?? '?column?'] }
  })
  return joinedColumns(parts)
}

/** Checks an expression and all within it. @throws Refusal */
function checkNode(node: TreeNode, scope: Scope): void {
  const [kind, body] = kindOf(node)
  if (kind === 'SelectStmt') return void checkSelect(body, scope)
  if (FROM_KINDS.has(kind)) throw new Refusal('Views are allowed only in FROM.')
  checkParts(kind, body)
  if (kind === 'FuncCall') return checkCall(body, scope, false)
  if (kind === 'ColumnRef') return checkColumn(body, scope)
  if (kind === 'A_Expr' && !(body['kind'] as string).includes('BETWEEN')) checkOperator(textsOf(body['name']))
  if (kind === 'SubLink' && body['operName']) checkOperator(textsOf(body['operName']))
  if (kind === 'TypeName') checkType(body)
  if (kind === 'SQLValueFunction') checkValue(body)
  if (kind === 'A_Indirection' && nodesOf(body['indirection']).some((part) => !part['A_Indices']))
    throw new Refusal('(…).name is not allowed, since it may call a function: use columns of a subquery in FROM.')
  eachInner(kind, body, (inner) => checkNode(inner, scope))
}

function checkCall(body: Body, scope: Scope, isInFrom: boolean): void {
  checkParts('FuncCall', body)
  checkFunction(body, isInFrom)
  eachInner('FuncCall', body, (inner) => checkNode(inner, scope))
}

/** `a.b` is a call of the function b where a has no such column: so it must have one. */
function checkColumn(body: Body, scope: Scope): void {
  const fields = nodesOf(body['fields'])
  const names = textsOf(fields)
  if (fields.length > 2 || (fields.length > 1 && names.length === 0))
    throw new Refusal(`${names.join('.')} is not allowed: name columns as column or as table.column.`)
  if (fields.at(-1)?.['A_Star']) {
    if (names.length && !sourceNamed(scope, names[0]!)) throw unknownSource(names[0]!, scope)
    return
  }
  const [first, second] = names as [string, string | undefined]
  if (second === undefined) {
    if (!isKnown(scope, first)) throw unknownColumn(first, visibleColumns(scope))
    return
  }
  const source = sourceNamed(scope, first)
  if (!source) throw unknownSource(first, scope)
  if (!hasColumn(source, second)) throw unknownColumn(`${first}.${second}`, source.columns)
}

function unknownColumn(name: string, columns: Columns): Refusal {
  const said = columns.length ? ` Nearest: ${nearest(name.split('.').at(-1)!, columns)}.` : ''
  return new Refusal(`There is no column ${name} here.${said}`)
}

function unknownSource(name: string, scope: Scope): Refusal {
  const there: string[] = []
  for (let at: Scope | null = scope; at; at = at.parent)
    there.push(...at.sources.flatMap((source) => source.name ?? []))
  return new Refusal(`There is no ${name} in FROM here.${there.length ? ` There is: ${there.join(', ')}.` : ''}`)
}
