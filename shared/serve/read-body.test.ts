import { createServer, request, Agent } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { readBody } from './read-body.ts'

it('leaves the connection usable after a body that was too large, however much of it was still to come', async () => {
  const server = createServer((asked, answer) => {
    void readBody(asked, 10_000).then((fits) => answer.writeHead(fits ? 200 : 413).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  await using _server = { [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) }
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { port } = server.address() as AddressInfo
  const post = (bytes: number) =>
    new Promise<number>((resolve, reject) => {
      const sent = request({ port, agent, method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode!))
      })
      sent.on('error', reject).end(Buffer.alloc(bytes))
    })
  expect([await post(3_000_000), await post(10), await post(300_000), await post(10)]).toEqual([413, 200, 413, 200])
  agent.destroy()
})

it('rejects when the sender leaves before the end, and when it has left already', async () => {
  const body = new Promise<[unknown, unknown]>((resolve) => {
    const server = createServer((asked) => {
      void readBody(asked, 10_000)
        .catch((error: unknown) => error)
        .then(async (first) => {
          server.close()
          resolve([first, await readBody(asked, 10_000).catch((error: unknown) => error)])
        })
    }).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      const sent = request({ port, method: 'POST', headers: { 'content-length': '100' } }).on('error', () => undefined)
      sent.write('half', () => sent.destroy())
    })
  })
  expect(await body).toEqual([expect.any(Error), expect.any(Error)])
})
