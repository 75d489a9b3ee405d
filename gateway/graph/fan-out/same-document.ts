import {
  Kind,
  print,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/**
 * Whether the planner's request to one subgraph is the whole request, field by field and in the same order. Then
 * the subgraph's answer is the whole answer and needs no merging.
 */
export function isSameDocument(asked: DocumentNode, planned: DocumentNode): boolean {
  const one = shapeOf(asked)
  return one !== null && one === shapeOf(planned)
}

/** Every field with its arguments, fragments written out where they are spread; null where that says too little. */
function shapeOf(document: DocumentNode): string | null {
  const fragments = new Map<string, FragmentDefinitionNode>()
  let operation: OperationDefinitionNode | null = null
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node)
    else if (node.kind === Kind.OPERATION_DEFINITION && !operation) operation = node
    else return null
  }
  return operation && write(operation.selectionSet, fragments)
}

function write(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): string | null {
  const keys = new Set<string>()
  const fields: string[] = []
  const into = ({ selections }: SelectionSetNode): boolean => {
    for (const node of selections) {
      if (node.directives?.length) return false
      if (node.kind !== Kind.FIELD) {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node
        if (!fragment || fragment.directives?.length || !into(fragment.selectionSet)) return false
        continue
      }
      const key = node.alias?.value ?? node.name.value
      if (keys.has(key)) return false // two selections of one field: the planner merges them, we do not
      keys.add(key)
      const inner = node.selectionSet ? write(node.selectionSet, fragments) : ''
      if (inner === null) return false
      fields.push(`${key}:${node.name.value}(${(node.arguments ?? []).map(print).sort().join()})${inner}`)
    }
    return true
  }
  return into(set) ? `{${fields.join(' ')}}` : null
}
