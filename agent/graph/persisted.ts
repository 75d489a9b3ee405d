import { Kind, print, type DocumentNode } from 'graphql'
import { documentHashes } from './generated/document-hashes.ts'

/** What names a document in a request: its hash, or its text where the gateway is of another build. */
export interface Named {
  query: string
  operationName: string
  extensions?: { persistedQuery: { version: 1; sha256Hash: string } }
}

/** Documents that the gateway said it does not know; their text is sent from then on. */
const foreign = new Set<string>()

/** The name of a document's operation. Every document of ours has one. */
function operationName(document: DocumentNode): string {
  for (const part of document.definitions)
    if (part.kind === Kind.OPERATION_DEFINITION && part.name) return part.name.value
  throw new Error('A document of the agent has no name.')
}

/** How to name a document. */
export function named(document: DocumentNode): Named {
  const name = operationName(document)
  const sha256Hash = documentHashes[name]
  return sha256Hash === undefined || foreign.has(name)
    ? { query: print(document), operationName: name }
    : { query: '', operationName: name, extensions: { persistedQuery: { version: 1, sha256Hash } } }
}

/** Whether the gateway just refused the hash of a document; its text is sent from then on. */
export function wasForeign(document: DocumentNode, code: string): boolean {
  const name = operationName(document)
  if (code !== 'PERSISTED_QUERY_NOT_FOUND' || foreign.has(name)) return false
  foreign.add(name)
  return true
}
