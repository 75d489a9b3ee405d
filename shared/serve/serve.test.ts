import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, vi } from 'vitest'
import type { Log } from '../log.ts'
import { until } from '../testing/until.ts'
import type { Door } from './door.ts'
import { readBody } from './read-body.ts'
import { serve } from './serve.ts'

/** A server with one door, and what it logged as an error. */
async function serveDoor(handle: Door['handle']) {
  const error = vi.fn()
  const debug = vi.fn()
  const log = { error, debug, warn: vi.fn(), info: vi.fn() } as unknown as Log
  const door = {
    name: 'door',
    handle,
    upgrade: () => false,
    waitsFor: () => Promise.resolve(null),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  } as unknown as Door
  const served = await serve({ name: 'test', host: '127.0.0.1', port: 0, doors: [door], log, mayMeasure: () => false })
  return { served, error, debug }
}

it('a client that leaves while its request is read is no fault of the server', async () => {
  const { served, error, debug } = await serveDoor(async (request) => {
    await readBody(request, 1_000)
    return true
  })
  await using _ = served
  const socket = connect(served.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\nhalf of i')
  socket.destroySoon()
  await until('its end', () => debug.mock.calls.length > 0 || error.mock.calls.length > 0)
  expect(error).not.toHaveBeenCalled()
})

it('a client that leaves before what it sent is read is no fault of the server', async () => {
  let isWhole = () => false
  const { served, error, debug } = await serveDoor(async (request) => {
    isWhole = () => request.complete
    // What came has not been read yet.
    await new Promise((_, reject) => request.once('error', reject))
    return true
  })
  await using _ = served
  const socket = connect(served.port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\n\r\nok')
  await until('the request', () => isWhole())
  socket.resetAndDestroy()
  await until('its end', () => debug.mock.calls.length > 0 || error.mock.calls.length > 0)
  expect(error).not.toHaveBeenCalled()
})

it('a door that fails is logged as an error, and answered', async () => {
  const { served, error } = await serveDoor(() => Promise.reject(new Error('broken')))
  await using _ = served
  expect((await fetch(`http://127.0.0.1:${served.port}/`)).status).toBe(503)
  expect(error).toHaveBeenCalledOnce()
})
