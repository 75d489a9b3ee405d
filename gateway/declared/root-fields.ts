import {
  getOperationAST,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** The root fields an operation asks for, those in fragments included; none where there is no such operation. */
export function rootFieldsOf(document: DocumentNode, operationName: string | null | undefined): FieldNode[] {
  const operation = getOperationAST(document, operationName)
  return operation ? fieldsIn(operation.selectionSet, fragmentsOf(document)) : []
}

/** The name of a field's value in the answer. */
export const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value

const fragmentsOf = (document: DocumentNode) =>
  new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )

/** Each fragment is read once, so that one which spreads itself ends too. */
function fieldsIn({ selections }: SelectionSetNode, fragments: Map<string, FragmentDefinitionNode>): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return [node]
    if (node.kind === Kind.INLINE_FRAGMENT) return fieldsIn(node.selectionSet, fragments)
    const fragment = fragments.get(node.name.value)
    fragments.delete(node.name.value)
    return fragment ? fieldsIn(fragment.selectionSet, fragments) : []
  })
}
