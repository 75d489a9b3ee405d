import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { Documents } from '../documents/documents.ts'
import { graphRuntime } from '../graph/runtime.ts'
import { fixedSupergraph } from '../graph/supergraph.ts'

const viewer: Viewer = {
  kind: 'user',
  id: '1',
  name: 'a',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
}
const typeDefs = parse('type Query { name(first: Int): String }')
const OURS = '{ known: nothing }'

let graph: Awaited<ReturnType<typeof graphRuntime>>
beforeAll(async () => {
  const { supergraphSdl } = composeServices([{ name: 'one', url: 'http://one.invalid', typeDefs }])
  const subgraph = {
    name: 'one',
    schema: buildSubgraphSchema({ typeDefs }),
    contextFor: () => ({}),
    waitsFor: () => Promise.resolve(null),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  graph = await graphRuntime({
    supergraph: fixedSupergraph(supergraphSdl!),
    subgraphs: { inProcess: [subgraph] },
    documents: new Documents({ ours: OURS }, 'viewer'),
    introspection: 'viewer',
    operationSeconds: 30,
    signedViewerOf: () => '',
    renewViewer: (signedViewer) => signedViewer,
    log: pino({ level: 'silent' }),
  })
})
afterAll(() => graph.runtime[Symbol.asyncDispose]())

/** As `/graphql` does: by the fast path, then by the complete one. */
async function refusalOf(query: string) {
  expect(await graph.fastPath.answer({ query }, viewer).catch(() => null)).toBeNull()
  const body = JSON.stringify({ query })
  const headers = { 'content-type': 'application/json', 'x-overlord': '1', accept: 'application/graphql-response+json' }
  const answer = await graph.runtime.fetch('http://here.invalid/graphql', { method: 'POST', headers, body }, {
    viewer,
  } as never)
  expect(answer.status).toBe(400)
  const { errors } = (await answer.json()) as {
    errors: { extensions: { code: string; hint: string; trace: string } }[]
  }
  return errors.map(({ extensions }) => extensions)
}

describe('[ERR1] a document that was refused before', () => {
  it.each([
    ['no GraphQL', '{ name(', 'GRAPHQL_PARSE_FAILED'],
    ['not of the schema', '{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['one of ours that is not of this schema', OURS, 'GRAPHQL_VALIDATION_FAILED'],
    ['too deep', `{ ${'a { '.repeat(20)} b ${'}'.repeat(20)} }`, 'BAD_USER_INPUT'],
  ])('is refused each time with a trace of its own: %s', async (_, query, code) => {
    const traces = new Set<string>()
    for (let times = 1; times <= 3; times++) {
      const refusals = await refusalOf(query)
      const [refusal] = refusals.filter((one) => one.code === code)
      expect(refusal, JSON.stringify(refusals)).toMatchObject({ code, hint: expect.any(String) as string })
      for (const { trace } of refusals) traces.add(trace)
      expect(refusal!.trace).toMatch(/^[0-9a-f]{16}$/)
      expect(traces.size).toBe(refusals.length * times)
    }
  })
})
