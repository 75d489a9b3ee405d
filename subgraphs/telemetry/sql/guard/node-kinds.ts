// Which nodes of a parsed statement are allowed, and what each of them may have. Everything else is refused: a kind or
// a part that is not in this table needs no rule against it.

/**
 * `scalar`: a value. `node`: a node with its kind as the only key, or a list of such. Otherwise the kind of the node.
 */
type Part = 'scalar' | 'node' | (string & {})
type Parts = Readonly<Record<string, Part>>

const at: Parts = { location: 'scalar' }

/** By kind, the parts it may have. */
const KINDS: Readonly<Record<string, Parts>> = {
  SelectStmt: {
    distinctClause: 'node',
    targetList: 'node',
    fromClause: 'node',
    whereClause: 'node',
    groupClause: 'node',
    groupDistinct: 'scalar',
    havingClause: 'node',
    windowClause: 'node',
    valuesLists: 'node',
    sortClause: 'node',
    limitOffset: 'node',
    limitCount: 'node',
    limitOption: 'scalar',
    op: 'scalar',
    all: 'scalar',
    larg: 'SelectStmt',
    rarg: 'SelectStmt',
    withClause: 'WithClause',
  },
  WithClause: { ctes: 'node', ...at },
  CommonTableExpr: { ctename: 'scalar', aliascolnames: 'node', ctematerialized: 'scalar', ctequery: 'node', ...at },
  RangeVar: {
    schemaname: 'scalar',
    relname: 'scalar',
    inh: 'scalar',
    relpersistence: 'scalar',
    alias: 'Alias',
    ...at,
  },
  Alias: { aliasname: 'scalar', colnames: 'node' },
  RangeSubselect: { lateral: 'scalar', subquery: 'node', alias: 'Alias' },
  RangeFunction: {
    lateral: 'scalar',
    ordinality: 'scalar',
    is_rowsfrom: 'scalar',
    functions: 'node',
    alias: 'Alias',
  },
  JoinExpr: {
    jointype: 'scalar',
    isNatural: 'scalar',
    larg: 'node',
    rarg: 'node',
    usingClause: 'node',
    join_using_alias: 'Alias',
    quals: 'node',
    alias: 'Alias',
  },
  ResTarget: { name: 'scalar', val: 'node', ...at },
  ColumnRef: { fields: 'node', ...at },
  A_Star: {},
  String: { sval: 'scalar' },
  A_Const: { ival: 'scalar', fval: 'scalar', boolval: 'scalar', sval: 'scalar', isnull: 'scalar', ...at },
  A_Expr: {
    kind: 'scalar',
    name: 'node',
    lexpr: 'node',
    rexpr: 'node',
    rexpr_list_start: 'scalar',
    rexpr_list_end: 'scalar',
    ...at,
  },
  BoolExpr: { boolop: 'scalar', args: 'node', ...at },
  NullTest: { arg: 'node', nulltesttype: 'scalar', ...at },
  BooleanTest: { arg: 'node', booltesttype: 'scalar', ...at },
  TypeCast: { arg: 'node', typeName: 'TypeName', ...at },
  TypeName: { names: 'node', typmods: 'node', typemod: 'scalar', arrayBounds: 'node', ...at },
  Integer: { ival: 'scalar' },
  FuncCall: {
    funcname: 'node',
    args: 'node',
    agg_order: 'node',
    agg_filter: 'node',
    over: 'WindowDef',
    agg_within_group: 'scalar',
    agg_star: 'scalar',
    agg_distinct: 'scalar',
    funcformat: 'scalar',
    ...at,
  },
  NamedArgExpr: { arg: 'node', name: 'scalar', argnumber: 'scalar', ...at },
  WindowDef: {
    name: 'scalar',
    refname: 'scalar',
    partitionClause: 'node',
    orderClause: 'node',
    frameOptions: 'scalar',
    startOffset: 'node',
    endOffset: 'node',
    ...at,
  },
  SortBy: { node: 'node', sortby_dir: 'scalar', sortby_nulls: 'scalar', ...at },
  SubLink: { subLinkType: 'scalar', testexpr: 'node', operName: 'node', subselect: 'node', ...at },
  CaseExpr: { arg: 'node', args: 'node', defresult: 'node', ...at },
  CaseWhen: { expr: 'node', result: 'node', ...at },
  CoalesceExpr: { args: 'node', ...at },
  MinMaxExpr: { op: 'scalar', args: 'node', ...at },
  SQLValueFunction: { op: 'scalar', typmod: 'scalar', ...at },
  A_ArrayExpr: { elements: 'node', list_start: 'scalar', list_end: 'scalar', ...at },
  A_Indirection: { arg: 'node', indirection: 'node' },
  A_Indices: { is_slice: 'scalar', lidx: 'node', uidx: 'node' },
  RowExpr: { args: 'node', row_format: 'scalar', ...at },
  GroupingSet: { kind: 'scalar', content: 'node', ...at },
  GroupingFunc: { args: 'node', ...at },
  List: { items: 'node' },
}

/** The parts that a node of this kind may have; undefined for a kind that is not allowed. */
export const partsOf = (kind: string): Parts | undefined => (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined)

/** What people call a kind or part that is refused; others are named as Postgres names them. */
const SAID: Readonly<Record<string, string>> = {
  InsertStmt: 'INSERT',
  UpdateStmt: 'UPDATE',
  DeleteStmt: 'DELETE',
  MergeStmt: 'MERGE',
  'SelectStmt.intoClause': 'INTO',
  'SelectStmt.lockingClause': 'a row lock (FOR UPDATE, FOR SHARE)',
  'WithClause.recursive': 'WITH RECURSIVE',
  RangeTableSample: 'TABLESAMPLE',
  RangeTableFunc: 'XMLTABLE',
  XmlExpr: 'an XML function',
  XmlSerialize: 'an XML function',
  ParamRef: 'a parameter such as $1',
  CollateClause: 'COLLATE',
  'RangeVar.catalogname': 'a name of another database',
  'RangeFunction.coldeflist': 'a column definition list',
  'SortBy.useOp': 'ORDER BY … USING',
  'TypeName.pct_type': '%TYPE',
  CurrentOfExpr: 'CURRENT OF',
}

export const saidOf = (name: string): string => SAID[name] ?? name.replace(/Stmt$/, '').replace(/^A_/, '')
