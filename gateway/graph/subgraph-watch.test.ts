import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { until } from '../../shared/testing/until.ts'
import { watchSubgraphs } from './subgraph-watch.ts'

async function answering(status: number | null): Promise<{ url: string; server: Server } & AsyncDisposable> {
  const server = createServer((_, response) => void (status !== null && response.writeHead(status).end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const end = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  return { url, server, [Symbol.asyncDispose]: end }
}

it('[OPS10] a subgraph is there while one of its processes answers, and its end is logged once', async () => {
  const lines: { msg: string; subgraph: string }[] = []
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) })
  await using hangs = await answering(null)
  await using balancer = await answering(502)
  const first = await answering(401)
  const second = await answering(401)
  const addresses = { a: [first.url, second.url], b: [hangs.url], c: [balancer.url] }
  await using watch = watchSubgraphs(addresses, log, 10)
  await until('those that do not answer', () => watch.missing().length === 2)
  expect(watch.missing()).toEqual(['b', 'c'])
  await first[Symbol.asyncDispose]()
  await second[Symbol.asyncDispose]()
  await until('the end of both processes', () => watch.missing().includes('a'))
  expect(lines.map(({ subgraph }) => subgraph).sort()).toEqual(['a', 'b', 'c'])
}, 20_000)
