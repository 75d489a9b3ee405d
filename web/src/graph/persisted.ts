import { Kind, type DocumentNode } from 'graphql'

/** Stands for a document that the server knows: sent as `extensions` in the text's place. */
export interface ByHash {
  persistedQuery: { version: 1; sha256Hash: string }
}

/**
 * Documents that the server said it does not know: it is of another build than this page. Their text is sent from then
 * on.
 */
const foreign = new Set<string>()

/** The name of a document's operation. */
export function operationName(document: DocumentNode): string | undefined {
  for (const part of document.definitions) if (part.kind === Kind.OPERATION_DEFINITION) return part.name?.value
  return undefined
}

/** What to send in place of a document's text: the hash our codegen put on it. Null when it must be the text. */
export function byHash(document: DocumentNode): ByHash | null {
  const { hash: sha256Hash } = document as DocumentNode & { hash?: string }
  return sha256Hash === undefined || foreign.has(sha256Hash) ? null : { persistedQuery: { version: 1, sha256Hash } }
}

/** Whether the server just said that it does not know a document by its hash. From then on its text is sent. */
export function wasForeign(document: DocumentNode, faults: readonly unknown[]): boolean {
  const isMiss = faults.some(
    (fault) => (fault as { extensions?: Record<string, unknown> })?.extensions?.code === 'PERSISTED_QUERY_NOT_FOUND',
  )
  const sent = byHash(document)
  if (!isMiss || !sent) return false
  foreign.add(sent.persistedQuery.sha256Hash)
  return true
}
