import type { ExecutionRequest } from '@graphql-tools/utils'
import {
  getNamedType,
  isAbstractType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql'

type Variables = Readonly<Record<string, unknown>>
const CONDITIONS = ['skip', 'include']

/**
 * Variables that conditions of a document go by, if it also asks for interfaces or unions; null for any other
 * document.
 */
function conditionsOf(schema: GraphQLSchema, document: DocumentNode): readonly string[] | null {
  const names = new Set<string>()
  let hasConditions = false
  let hasAbstract = false
  const types = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        const field = types.getFieldDef()
        hasAbstract ||= field ? isAbstractType(getNamedType(field.type)) : false
      },
      Directive(node) {
        if (!CONDITIONS.includes(node.name.value)) return
        hasConditions = true
        const value = node.arguments?.[0]?.value
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value)
      },
    }),
  )
  return hasConditions && hasAbstract ? [...names] : null
}

const isKept = (directives: readonly DirectiveNode[] | undefined, variables: Variables) =>
  (directives ?? []).every(({ name, arguments: args }) => {
    if (!CONDITIONS.includes(name.value)) return true
    const value = args?.[0]?.value
    const given =
      value?.kind === Kind.BOOLEAN ? value.value : variables[(value as { name: { value: string } }).name.value]
    return given === (name.value === 'include')
  })

/**
 * The document without what its conditions leave out, and without conditions; null where an object would have no
 * fields left.
 */
function decided(document: DocumentNode, variables: Variables): DocumentNode | null {
  let hasEmpty = false
  const leave = {
    enter: (node: ASTNode & { directives?: readonly DirectiveNode[] }) =>
      isKept(node.directives, variables) ? undefined : null,
  }
  const result = visit(document, {
    Field: leave,
    FragmentSpread: leave,
    InlineFragment: {
      ...leave,
      leave: (node) => (node.selectionSet.selections.length ? undefined : null),
    },
    Directive: (node) => (CONDITIONS.includes(node.name.value) ? null : undefined),
    SelectionSet: {
      leave(node, _, parent) {
        const isFragment = (parent as ASTNode).kind === Kind.INLINE_FRAGMENT
        if (!node.selections.length && !isFragment) hasEmpty = true
      },
    },
  })
  return hasEmpty ? null : result
}

/** Documents decided, remembered for each one that is kept. */
const MAX_DECIDED_DOCUMENTS = 64

/**
 * Decides `@skip` and `@include` before a document is planned, where it asks for interfaces or unions: there the
 * planner (router-query-planner, as of router-runtime 1.4.23) writes documents that cannot be parsed when it asks for
 * entities.
 * @param schema the public one
 */
export function decidingConditions(schema: GraphQLSchema): (request: ExecutionRequest) => ExecutionRequest {
  const known = new WeakMap<
    DocumentNode,
    { names: readonly string[]; documents: Map<string, DocumentNode | null> } | 'plain'
  >()

  return (request) => {
    const { document } = request
    let found = known.get(document)
    if (!found) {
      const names = conditionsOf(schema, document)
      known.set(document, (found = names ? { names, documents: new Map() } : 'plain'))
    }
    if (found === 'plain') return request
    const variables = withDefaults(request)
    const values = found.names.map((name) => variables[name])
    if (!values.every((value) => typeof value === 'boolean')) return request
    const key = values.join()
    let made = found.documents.get(key)
    if (made === undefined) {
      if (found.documents.size >= MAX_DECIDED_DOCUMENTS) found.documents.clear()
      found.documents.set(key, (made = decided(document, variables)))
    }
    return made ? { ...request, document: made } : request
  }
}

/** Variables of a request, with what the document says of those that are left out. */
function withDefaults({ document, variables }: ExecutionRequest): Variables {
  const defaults = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? (node.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
          defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : [],
        )
      : [],
  )
  return { ...Object.fromEntries(defaults), ...(variables as Variables | undefined) }
}
