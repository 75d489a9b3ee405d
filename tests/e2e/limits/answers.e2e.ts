import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const MB = 1024 * 1024
const LAYOUTS = 20
const SAVE = `mutation ($name: String!, $layout: JSON!) {
  saveLayout(input: { name: $name, layout: $layout }) { layout { name } }
}`
const aliases = (count: number) =>
  `{ ${Array.from({ length: count }, (_, n) => `a${n}: layouts { layout }`).join(' ')} }`

let overlord: TestOverlord
let greedy: TestPerson
let other: TestPerson
beforeAll(async () => {
  overlord = await startOverlord()
  greedy = await aPerson(overlord, 'Greedy')
  other = await aPerson(overlord, 'Other')
  for (let n = 0; n < LAYOUTS; n++) {
    const { errors } = await greedy.graph(SAVE, { name: `layout ${n}`, layout: { text: 'x'.repeat(60_000) } })
    expect(errors).toBeUndefined()
  }
})
afterAll(async () => {
  for (const person of [greedy, other]) await person[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

/** The most memory that the process had so far, in bytes. */
function peak(): number {
  const pid = readFileSync(path.join(overlord.dataDir, 'overlord.pid'), 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024
}
const gauge = async (name: string) =>
  Number(
    new RegExp(`^${name} (\\d+)`, 'm').exec(
      await (await fetch(`${overlord.url}/metrics`, { headers: { cookie: overlord.cookie } })).text(),
    )?.[1],
  )

describe('[LIM5] an answer that would be too large', () => {
  it('is refused while it is built: many at once do not fill the memory', async () => {
    await greedy.graph(aliases(5))
    const before = peak()
    const answers = await Promise.all(Array.from({ length: 20 }, () => greedy.graph(aliases(99))))
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions?.code)
    expect(codes.filter((code) => code !== 'TOO_LARGE' && code !== 'TOO_MUCH_UNREAD')).toEqual([])
    expect((peak() - before) / MB).toBeLessThan(600)
    expect(await gauge('overlord_graph_read_bytes')).toBe(0)
    expect((await other.graph('{ layouts { name } }')).data).toEqual({ layouts: [] })
    expect((await greedy.graph(aliases(5))).errors).toBeUndefined()
  })
})

describe('[LIM3] readers that take nothing', () => {
  const sockets: Socket[] = []
  afterAll(() => sockets.forEach((socket) => socket.destroy()))

  it('get answers up to a limit, and others are answered meanwhile', async () => {
    const before = peak()
    const body = JSON.stringify({ query: aliases(10) })
    const head = [
      'POST /graphql HTTP/1.1',
      'host: localhost',
      'content-type: application/json',
      'accept-encoding: identity',
      `cookie: ${greedy.cookie}`,
      `content-length: ${body.length}`,
    ].join('\r\n')
    for (let n = 0; n < 60; n++) {
      const socket = connect(Number(new URL(overlord.url).port), 'localhost').pause()
      socket.on('error', () => undefined)
      socket.write(`${head}\r\n\r\n${body}`)
      sockets.push(socket)
    }
    await until(
      'the limit to be reached',
      async () => (await greedy.code('{ me { name } }')) === 'TOO_MUCH_UNREAD',
      30_000,
    )
    expect(await gauge('overlord_graph_unread_bytes')).toBeLessThan(300 * MB)
    expect((peak() - before) / MB).toBeLessThan(600)
    expect((await other.graph('{ me { name } }')).errors).toBeUndefined()
    sockets.forEach((socket) => socket.destroy())
    await until('what waited to be dropped', async () => (await gauge('overlord_graph_unread_bytes')) === 0)
    expect(await greedy.code('{ me { name } }')).toBeNull()
  })
})
