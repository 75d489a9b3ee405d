// Our endpoint with the fixtures of the conformance suite, on a port of its own, for one caller who needs no token.
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { pino } from 'pino'
import { startMcpHttp } from '../../../../agent/mcp-http/start.ts'
import type { GraphAccess, GraphCaller } from '../../../../shared/serve/graph-access.ts'
import { addFixtures } from './fixtures.ts'

const never = new Promise<never>(() => undefined)
const caller: GraphCaller = {
  principal: 'token 1',
  rights: 'viewer',
  get withoutPerson() {
    return caller
  },
  recordCall: () => undefined,
  execute: () => Promise.resolve({ data: { characters: { nodes: [] } } }),
  executeText: () => never,
  subscribe: () => never,
}
const graph: GraphAccess = {
  callerOf: () => Promise.resolve(caller),
  arrivalOf: () =>
    Promise.resolve({ enter: () => ({ caller: () => caller, leave: () => undefined }), leave: () => undefined }),
  isOurOrigin: ({ headers: { origin } }) => origin === undefined || new URL(origin).hostname === 'localhost',
  originOf: ({ headers: { host } }) => `http://${host}`,
  publicCaller: caller,
  addressOf: () => 'here',
  take: () => Promise.resolve(true),
  allowOrigin: () => false,
}

/** Starts it; `url` is that of the endpoint. */
export async function startFixtures(): Promise<AsyncDisposable & { url: string }> {
  const log = pino({ level: 'silent' })
  const edge = startMcpHttp(
    { graph, version: 'test', schemaTools: false, publicEye: null, log },
    { extend: addFixtures },
  )
  const server = createServer((request, response) => {
    request.headers.authorization ??= 'Bearer none' // the suite has no setting for a token
    void edge.handle(request, response, new URL(request.url ?? '/', 'http://localhost').pathname)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/mcp`,
    async [Symbol.asyncDispose]() {
      await edge[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
