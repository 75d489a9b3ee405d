// Where the graph is nullable although a subgraph's schema is not: an error or an absent subgraph must take nothing
// along that others answer.
import {
  Kind,
  visit,
  type DocumentNode,
  type FieldDefinitionNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql'

type ObjectNode = ObjectTypeDefinitionNode | ObjectTypeExtensionNode

/** Roots whose fields are answered beside each other. Of a subscription there is one at a time. */
const ROOTS = new Set(['Query', 'Mutation'])
/** Entities that several subgraphs have fields of; composition checks the list. */
const SHARED_ENTITIES = new Set(['Character'])

/**
 * The same schema with nullable fields of `Query`, of `Mutation`, and of shared entities but for their keys and for
 * what each subgraph answers itself (`@shareable`). What the schema itself says is whether the subgraph ever answers
 * null without an error.
 */
export function withNullableBorders(schema: DocumentNode): DocumentNode {
  const visitObject = (node: ObjectNode): ObjectNode => {
    const name = node.name.value
    if (!node.fields || (!ROOTS.has(name) && !SHARED_ENTITIES.has(name))) return node
    const keys = new Set(keyFieldsOf(node))
    const fields = node.fields.map((field) => (keys.has(field.name.value) || isShared(field) ? field : nullable(field)))
    return { ...node, fields }
  }
  return visit(schema, { ObjectTypeDefinition: visitObject, ObjectTypeExtension: visitObject })
}

/** @throws if entities of several schemas are not known to be shared, or are not any more */
export function checkSharedEntities(schemas: readonly DocumentNode[]): void {
  const homes = new Map<string, number>()
  for (const schema of schemas)
    for (const name of new Set(entitiesOf(schema))) homes.set(name, (homes.get(name) ?? 0) + 1)
  const shared = [...homes].filter(([, count]) => count > 1).map(([name]) => name)
  if (shared.sort().join() !== [...SHARED_ENTITIES].sort().join())
    throw new Error(`SHARED_ENTITIES must be what several subgraphs have fields of: ${shared.join(', ')}.`)
}

const isObject = (node: { kind: Kind }): node is ObjectNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION

const entitiesOf = (schema: DocumentNode): string[] =>
  schema.definitions
    .filter(isObject)
    .filter((node) => keyFieldsOf(node).length)
    .map((node) => node.name.value)

const isShared = ({ directives = [] }: FieldDefinitionNode): boolean =>
  directives.some(({ name }) => name.value === 'shareable')

const nullable = (field: FieldDefinitionNode): FieldDefinitionNode =>
  field.type.kind === Kind.NON_NULL_TYPE ? { ...field, type: field.type.type } : field

const keyFieldsOf = (node: ObjectNode): string[] =>
  (node.directives ?? [])
    .filter(({ name }) => name.value === 'key')
    .flatMap(({ arguments: given }) => {
      const fields = given?.find(({ name }) => name.value === 'fields')?.value
      return fields?.kind === Kind.STRING ? (fields.value.match(/\w+/g) ?? []) : []
    })
