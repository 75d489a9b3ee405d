import type { RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { execute, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql'

/**
 * Answers questions by plain graphql-js over node:http: each document is parsed and checked once, as by every server of
 * its kind.
 */
export function plainGraph(schema: GraphQLSchema, rootValue: unknown): RequestListener {
  const documents = new Map<string, DocumentNode>()
  const documentOf = (query: string): DocumentNode => {
    const known = documents.get(query)
    if (known) return known
    const document = parse(query)
    const [error] = validate(schema, document)
    if (error) throw error
    documents.set(query, document)
    return document
  }
  return (request, response) => {
    void text(request).then(async (body) => {
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> }
      const result = await execute({ schema, document: documentOf(query), rootValue, variableValues: variables })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(result))
    })
  }
}
