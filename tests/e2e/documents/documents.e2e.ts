import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const manifest = JSON.parse(
  readFileSync(path.join(import.meta.dirname, '..', '..', '..', 'gateway', 'generated', 'documents.json'), 'utf8'),
) as Record<string, string>
const hashOf = (operation: string) =>
  Object.keys(manifest).find((hash) => new RegExp(`(query|subscription) ${operation}\\b`).test(manifest[hash]!))!
const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } })
const unknown = createHash('sha256').update('{ me { id } }').digest('hex')

interface Message {
  id: string
  type: string
  payload: { data?: unknown; errors?: unknown } & { extensions?: { code: string } }[]
}

/** A socket of graphql-ws by hand: ids and payloads are the test's. */
async function speak(overlord: TestOverlord) {
  const socket = new WebSocket(`${overlord.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
  const received: Message[] = []
  socket.on('message', (bytes: Buffer) => received.push(JSON.parse(bytes.toString()) as Message))
  await new Promise((resolve) => socket.once('open', resolve))
  socket.send(JSON.stringify({ type: 'connection_init', payload: { token: overlord.token } }))
  await until('to be let in', () => received.some(({ type }) => type === 'connection_ack'))
  return {
    received,
    isOpen: () => socket.readyState === WebSocket.OPEN,
    subscribe: (id: string, payload: object) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: '', ...payload } })),
    answers: (id: string) => received.filter((message) => message.id === id),
    [Symbol.dispose]: () => socket.terminate(),
  }
}

describe('documents of our own pages', () => {
  let overlord: TestOverlord
  beforeAll(async () => void (overlord = await startOverlord({ env: { FREE_DOCUMENTS: 'admin' } })))
  afterAll(() => overlord[Symbol.asyncDispose]())

  const post = async (body: object) => {
    const answer = await fetch(`${overlord.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${overlord.token}` },
      body: JSON.stringify(body),
    })
    const { data, errors } = (await answer.json()) as { data?: unknown; errors?: { extensions: { code: string } }[] }
    return { data, codes: errors?.map(({ extensions }) => extensions.code) }
  }

  it('[DOC1] are asked for by their hash over HTTP; an unknown hash has its own code', async () => {
    expect(await post(byHash(hashOf('ShellViewer')))).toEqual({
      data: { me: { name: 'test', role: 'VIEWER', needsPassword: false, viewLinkHours: null } },
      codes: undefined,
    })
    expect((await post({ query: '', ...byHash(unknown) })).codes).toEqual(['PERSISTED_QUERY_NOT_FOUND'])
    expect((await post({ query: '{ me { name } }', ...byHash(unknown) })).codes).toEqual(['BAD_USER_INPUT'])
  })

  it('[DOC1] and over the WebSocket, where a refusal ends no stream beside it', async () => {
    using socket = await speak(overlord)
    socket.subscribe('live', byHash(hashOf('MapVitals')))
    socket.subscribe('viewer', byHash(hashOf('ShellViewer')))
    socket.subscribe('unknown', byHash(unknown))
    socket.subscribe('free', { query: '{ me { name } }' })
    socket.subscribe('nothing', {})
    for (const [id, code] of [
      ['unknown', 'PERSISTED_QUERY_NOT_FOUND'],
      ['free', 'FORBIDDEN'],
    ] as const) {
      const [answer] = await until(`${id} to be refused`, () => socket.answers(id).length > 0 && socket.answers(id))
      expect([answer!.type, answer!.payload.map(({ extensions }) => extensions?.code)]).toEqual(['error', [code]])
    }
    await until('the viewer', () => socket.answers('viewer').some(({ type }) => type === 'next'))
    await until('nothing to be refused', () => socket.answers('nothing').length > 0)
    await using plugin = await overlord.plugin('Larsson')
    plugin.send({ type: 'vitals', character_name: 'Larsson', health_percentage: 50 })
    await until('the vitals', () =>
      socket.answers('live').some(({ payload }) => JSON.stringify(payload).includes('Larsson')),
    )
    expect(socket.isOpen()).toBe(true)
  })

  it('[DOC2] are all that roles below FREE_DOCUMENTS may send; the original’s addresses continue', async () => {
    expect((await post({ query: '{ me { name } }' })).codes).toEqual(['FORBIDDEN'])
    expect((await post({ query: manifest[hashOf('ShellViewer')] })).codes).toBe(undefined)
    expect((await overlord.graph<{ me: { name: string } }>('{ me { name } }')).data.me.name).toBe('admin')
    const live = await fetch(`${overlord.url}/live`, { headers: { authorization: `Bearer ${overlord.token}` } })
    expect(live.status).toBe(200)
  })

  it('[SUB7] streams called by the same id are made into bytes once for all their readers', async () => {
    const figure = async (name: string) => {
      const text = await (
        await fetch(`${overlord.url}/metrics`, { headers: { authorization: `Bearer ${overlord.token}` } })
      ).text()
      return Number(new RegExp(`^overlord_graph_stream_${name} (\\d+)`, 'm').exec(text)![1])
    }
    const sockets = await Promise.all(Array.from({ length: 10 }, () => speak(overlord)))
    await using plugin = await overlord.plugin('Sharer')
    plugin.send({ type: 'vitals', character_name: 'Sharer', health_percentage: 1 })
    for (const socket of sockets) socket.subscribe('same', byHash(hashOf('MapVitals')))
    const hear = (what: string) =>
      Promise.all(sockets.map((socket) => until(what, () => JSON.stringify(socket.answers('same')).includes(what))))
    await hear('"healthPercent":1')
    const [made, sent] = [await figure('frames_made_total'), await figure('frames_sent_total')]
    for (let n = 2; n <= 21; n++) {
      plugin.send({ type: 'vitals', character_name: 'Sharer', health_percentage: n })
      await hear(`"healthPercent":${n}`)
    }
    expect(await figure('readers')).toBe(10)
    expect(((await figure('frames_sent_total')) - sent) / ((await figure('frames_made_total')) - made)).toBe(10)
    for (const socket of sockets) socket[Symbol.dispose]()
  })
})
