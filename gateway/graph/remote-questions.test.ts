import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'graphql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { questionsTo } from './remote-questions.ts'

const document = parse('{ name }')
const question = { document, variables: undefined, signedViewer: '', isQuery: true }

async function startSubgraph(answer: http.RequestListener): Promise<{ server: http.Server; url: string }> {
  const server = http.createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}
const named: http.RequestListener = (_, answer) => void answer.end('{"data":{"name":"it"}}')

describe('questions to a subgraph of several processes', () => {
  it('are all answered while one process is away, however many are asked at once', async () => {
    const away = await startSubgraph(named)
    await new Promise((resolve) => away.server.close(resolve))
    const { url } = await startSubgraph(named)
    using questions = questionsTo([away.url, url])
    const answers = await Promise.all(Array.from({ length: 300 }, () => questions.ask(question)))
    expect(answers.filter(({ errors }) => errors)).toEqual([])
  })

  it('open a connection of their own after one that broke', async () => {
    const connections = new Set<unknown>()
    const broken = new Set<unknown>()
    const { url } = await startSubgraph((request, answer) => {
      connections.add(request.socket)
      if (broken.has(request.socket)) return void request.socket.destroy()
      named(request, answer)
    })
    using questions = questionsTo([url])
    await Promise.all(Array.from({ length: 20 }, () => questions.ask(question)))
    for (const socket of connections) broken.add(socket)
    const before = connections.size
    expect(await questions.ask(question)).toEqual({ data: { name: 'it' } })
    expect(connections.size).toBe(before + 1)
  })

  it('send a mutation once if it may have been executed', async () => {
    let times = 0
    const { url } = await startSubgraph((request) => {
      times++
      request.socket.destroy()
    })
    using questions = questionsTo([url, url])
    expect((await questions.ask({ ...question, isQuery: false })).errors?.[0]?.extensions['code']).toBe('NOT_READY')
    expect(times).toBe(1)
  })
})
