import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** Rows a list is taken to have that says nothing of how many. */
const PLAIN_LIST = 10
/** So many points in lists side by side cost as much as a field: numbers are cheap, objects are not. */
const POINTS_A_FIELD = 10
/** A document may spread fragments within each other many times; beyond this it is refused anyway. */
const ENOUGH = 1e12

type Variables = Readonly<Record<string, unknown>>

/**
 * How many fields an operation answers at most: each counts once for every row of the lists around it. A list has
 * `first` rows where it takes that argument.
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable, defaultValue }) => [
      variable.name.value,
      defaultValue?.kind === Kind.INT ? Number(defaultValue.value) : undefined,
    ]),
  )
  const given = { ...defaults, ...variables }
  const measured = new Map<string, number>()

  const ofFragment = (name: string): number => {
    const known = measured.get(name)
    if (known !== undefined) return known
    measured.set(name, 0) // a ring counts nothing here; another rule refuses it
    const fragment = fragments.get(name)
    const type = fragment && schema.getType(fragment.typeCondition.name.value)
    const cost = fragment && type ? ofSet(fragment.selectionSet, type) : 0
    measured.set(name, cost)
    return cost
  }
  const ofSet = (set: SelectionSetNode, type: GraphQLNamedType): number => {
    let sum = 0
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) sum += ofFragment(node.name.value)
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        const on = node.typeCondition ? schema.getType(node.typeCondition.name.value) : type
        sum += on ? ofSet(node.selectionSet, on) : 0
      } else sum += ofField(node, type)
    }
    return Math.min(sum, ENOUGH)
  }
  const ofField = (node: FieldNode, parent: GraphQLNamedType): number => {
    const field = isObjectType(parent) ? parent.getFields()[node.name.value] : undefined
    // what the schema says of itself is measured by its size
    if (!field) return node.name.value.startsWith('__') ? 0 : 1
    const type = getNamedType(field.type)
    const inner = node.selectionSet ? ofSet(node.selectionSet, type) : 0
    return 1 + inner * rowsOf(node, field, parent)
  }
  const rowsOf = (node: FieldNode, field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType): number => {
    const first = numberOf(node, field, 'first', given)
    if (first !== null) return first
    const points = numberOf(node, field, 'points', given)
    const perPoint = points === null ? 1 : Math.max(1, points / POINTS_A_FIELD)
    return perPoint * (isList(field.type) && !parent.name.endsWith('Connection') ? PLAIN_LIST : 1)
  }
  const root = schema.getRootType(operation.operation)
  return root ? ofSet(operation.selectionSet, root) : 0
}

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type))

/**
 * What an argument of this name says; null where the field takes none. Nonsense costs nothing: the executor refuses
 * it.
 */
function numberOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  name: string,
  given: Variables,
): number | null {
  const taken = field.args.find((argument) => argument.name === name)
  if (!taken) return null
  const value = node.arguments?.find((argument) => argument.name.value === name)?.value
  const asked =
    value?.kind === Kind.INT ? Number(value.value) : value?.kind === Kind.VARIABLE ? given[value.name.value] : undefined
  const number = asked ?? taken.defaultValue ?? PLAIN_LIST
  return typeof number === 'number' ? Math.max(1, number) : 1
}
