// The same questions asked of plain graphql-js over node:http, with the answers already in memory.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { buildSchema, execute, parse, validate, type DocumentNode } from 'graphql'

const { sdl, rootValue } = JSON.parse(await text(process.stdin)) as { sdl: string; rootValue: Record<string, unknown> }
const schema = buildSchema(sdl)
const documents = new Map<string, DocumentNode>()

/** Parsed and checked once, as every server of its kind does. */
function documentOf(query: string): DocumentNode {
  const known = documents.get(query)
  if (known) return known
  const document = parse(query)
  const [error] = validate(schema, document)
  if (error) throw error
  documents.set(query, document)
  return document
}

const http = createServer((request, response) => {
  void text(request).then(async (body) => {
    const { query, variables } = JSON.parse(body) as { query: string; variables: Record<string, unknown> }
    const result = await execute({ schema, document: documentOf(query), rootValue, variableValues: variables })
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(result))
  })
})
http.listen(0, '127.0.0.1', () => console.log((http.address() as AddressInfo).port))
