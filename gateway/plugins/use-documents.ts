import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import type { Documents } from '../documents/documents.ts'
import type { GraphContext } from '../context.ts'

/** Takes documents by their hash, refuses those that the viewer may not send, and parses our own once. */
export function useDocuments(documents: Documents): GatewayPlugin<GraphContext> {
  return {
    onParams({ params, setParams, context }) {
      const { viewer, isDocumentKnown } = context as unknown as GraphContext
      if (isDocumentKnown) return
      const query = documents.textOf(params, viewer)
      if (query !== undefined) setParams({ ...params, query })
    },
    onParse({ params: { source }, setParsedDocument }) {
      const document = documents.parsed(String(source))
      if (document) setParsedDocument(document)
    },
  }
}
