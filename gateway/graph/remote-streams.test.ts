import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { useServer } from 'graphql-ws/use/ws'
import { expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { until } from '../../shared/testing/until.ts'
import { streamsOf } from './remote-streams.ts'

it('[PPL4] the viewer of an open stream is renewed, from the one signed last, until the stream ends', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(sockets, 'listening')
  const renewals: unknown[] = []
  let open = 0
  sockets.on('connection', (socket) => {
    open++
    socket.on('close', () => open--)
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload?: unknown }
      if (type === 'ping') renewals.push(payload)
    })
  })
  const ending = useServer(
    {
      schema: makeExecutableSchema({
        typeDefs: 'type Query { a: Int } type Subscription { n: Int }',
        resolvers: {
          Subscription: {
            n: {
              async *subscribe() {
                yield { n: 1 }
                await new Promise(() => undefined)
              },
            },
          },
        },
      }),
    },
    sockets as never,
  )
  const url = `http://127.0.0.1:${(sockets.address() as AddressInfo).port}`
  const streams = streamsOf([url], (signedViewer) => `${signedViewer}+`, 5)
  const events = await streams.follow({ query: 'subscription { n }' }, { signedViewer: 'signed', phase: 'whole' })
  expect(await events.next()).toEqual({ value: { data: { n: 1 } }, done: false })
  await until('three renewals', () => renewals.length >= 3)
  expect(renewals.slice(0, 3)).toEqual(['signed+', 'signed++', 'signed+++'].map((signedViewer) => ({ signedViewer })))
  await events.return!()
  await streams[Symbol.asyncDispose]()
  await until('the socket to close', () => open === 0)
  await ending.dispose()
  sockets.close()
})
