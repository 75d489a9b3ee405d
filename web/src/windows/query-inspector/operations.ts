import { byText } from '../../language/language.ts'
import { Kind, print, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import type { Sent } from '../../graph/sent.ts'
import { playgroundUrl } from '../../ui/playground-url.ts'

/** An operation of the page, as the inspector shows it. */
export interface Operation extends Sent {
  name: string
  kind: OperationDefinitionNode['operation']
  /** Folder of the window it is of; none for what the page or several windows send. */
  folder: string | undefined
  document: DocumentNode
}

/** What was sent, the operation sent last first. */
export const operationsOf = (sent: ReadonlyMap<DocumentNode, Sent>): Operation[] =>
  [...sent]
    .flatMap(([document, one]) => {
      const operation = document.definitions.find((part) => part.kind === Kind.OPERATION_DEFINITION)
      const { window: folder } = document as DocumentNode & { window?: string }
      return operation?.name
        ? [{ ...one, name: operation.name.value, kind: operation.operation, folder, document }]
        : []
    })
    .sort((a, b) => b.at - a.at || byText(a.name, b.name))

/** The text of an operation with the fragments it uses. */
export const textOf = ({ document }: Operation): string => print(document)

/** Its variables as JSON; empty without any. Those of mutations are not kept: they may be secret. */
export function variablesOf({ variables }: Operation): string {
  const isEmpty = typeof variables !== 'object' || variables === null || Object.keys(variables).length === 0
  return isEmpty ? '' : JSON.stringify(variables, null, 2)
}

/** Address of the playground with an operation in a tab. */
export const addressOf = (operation: Operation): string => playgroundUrl(textOf(operation), variablesOf(operation))
