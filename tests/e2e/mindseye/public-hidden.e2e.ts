// The public socket as it is by default: late, and without places. What programs post needs a token, by every method.
import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

type Message = Record<string, unknown> & { type: string }
interface Place {
  x: number
  z: number
}
interface World {
  entities: (Place & { kind: string })[]
}

const DELAY_S = 3
let overlord: TestOverlord
let secret: string
let ws: WebSocket
const received: (Message & { atMs: number })[] = []

beforeAll(async () => {
  overlord = await startOverlord({ env: { WORLD: 'demo', PUBLIC_EYE: 'on', PUBLIC_EYE_DELAY: String(DELAY_S) } })
  const made = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "gateway", scopes: [TRACE] }) { secret } }',
  )
  secret = made.data.createToken.secret
  // An address that a visitor claims counts for nothing without a trusted proxy.
  ws = new WebSocket(overlord.url.replace('http', 'ws') + '/eye/ws', { headers: { 'x-forwarded-for': '10.0.0.1' } })
  ws.on('message', (data: Buffer) =>
    received.push({ ...(JSON.parse(data.toString()) as Message), atMs: performance.now() }),
  )
  await until('the world', () => received.some(({ type, base }) => type === 'world' && base === null), 30_000)
})
afterAll(async () => {
  ws?.terminate()
  await overlord?.[Symbol.asyncDispose]()
})

const post = (body: object) =>
  fetch(`${overlord.url}/trace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  })
const trace = (tool: string) => until(tool, () => received.find((one) => one.type === 'trace' && one['tool'] === tool))

describe('the public socket by default', () => {
  it('sends steps and modes only after the delay', async () => {
    const begun = performance.now()
    await post({ session_id: 'a', player: 'Late', mode: 'sudo', tool: 'world.late', input: { x: 3, z: 4, radius: 2 } })
    const step = await trace('world.late')
    expect(step.atMs - begun).toBeGreaterThanOrEqual(DELAY_S * 1_000)
    // The assistant of the demo may work at the same moment: its mode takes the place of ours at once.
    let postedAt = begun
    const mode = await until('the mode', async () => {
      if (performance.now() - postedAt > 1_000) {
        postedAt = performance.now()
        await post({ session_id: 'a', player: 'Late', mode: 'sudo', tool: 'world.again' })
      }
      return received.find((one) => one.type === 'mode' && one['player'] === 'Late')
    })
    expect(mode.atMs - begun).toBeGreaterThanOrEqual(DELAY_S * 1_000)
  })

  it('moves every place by one distance, and sends no arguments and results', async () => {
    const { data } = await overlord.graph<{ worldSnapshot: World }>(
      '{ worldSnapshot(world: "demo", radius: 48) { entities { kind x z } } }',
    )
    const bot = data.worldSnapshot.entities.find(({ kind }) => kind === 'BOT')!
    const step = await trace('world.late')
    const looked = step['looked_at'] as Place
    const shift = { x: looked.x - 3, z: looked.z - 4 }
    expect(Math.min(Math.abs(shift.x), Math.abs(shift.z))).toBeGreaterThanOrEqual(100_000)
    expect([step['input'], step['result']]).toEqual([null, null])
    const places: Place[] = received.flatMap((one) => [
      ...((one['blocks'] as Place[] | undefined) ?? []),
      ...((one['entities'] as Place[] | undefined) ?? []),
      ...((one['players'] as Place[] | undefined) ?? []),
      ...(one['center'] ? [one['center'] as Place] : []),
      ...(one['looked_at'] ? [one['looked_at'] as Place] : []),
    ])
    const runs = received.flatMap((one) => (one['runs'] as number[] | undefined) ?? [])
    for (let at = 0; at < runs.length; at += 5) places.push({ x: runs[at]!, z: runs[at + 1]! })
    expect(places.length).toBeGreaterThan(500)
    // All are near the moved bot, and none near the real one.
    for (const { x, z } of places)
      expect(Math.max(Math.abs(x - shift.x - bot.x), Math.abs(z - shift.z - bot.z))).toBeLessThan(5_000)
  })

  it('counts by the connection where no proxy is trusted, whatever address a visitor claims', async () => {
    const open = await Promise.all(
      Array.from({ length: 5 }, async (_, nth) => {
        const headers = { 'x-forwarded-for': `10.9.9.${nth}` }
        const one = new WebSocket(overlord.url.replace('http', 'ws') + '/eye/ws', { headers })
        const status = await new Promise<number>((resolve) => {
          one.once('open', () => resolve(101))
          one.once('unexpected-response', (request, response) => {
            resolve(response.statusCode!)
            request.destroy()
          })
          one.once('error', () => resolve(0))
        })
        return { one, status }
      }),
    )
    expect(open.map(({ status }) => status).sort()).toEqual([101, 101, 101, 101, 429])
    for (const { one } of open) one.terminate()
  })
})

/** A request as bytes: fetch refuses some methods. */
const raw = (method: string, path: string, headers: string[] = []) =>
  new Promise<string>((resolve, reject) => {
    const { hostname, port, host } = new URL(overlord.url)
    const socket = connectTcp(Number(port), hostname)
    let answer = ''
    socket.on('data', (data: Buffer) => (answer += data.toString()))
    socket.once('close', () => resolve(answer))
    socket.once('error', reject)
    const head = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: close', 'Content-Length: 2', ...headers]
    socket.write(`${head.join('\r\n')}\r\n\r\n{}`)
  })

describe('the addresses for programs', () => {
  it.each(
    ['/trace', '/command', '/trace/otlp/v1/traces', '/trace?x=1'].flatMap((path) =>
      ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE'].map((method) => [method, path] as const),
    ),
  )('%s %s without a token is refused with 401, and names no method', async (method, path) => {
    const answer = await raw(method, path)
    expect(answer).toMatch(/^HTTP\/1\.1 401 /)
    expect(answer.toLowerCase()).not.toMatch(/\nallow:|access-control-allow/)
  })

  it('refuse a token of another scope, and one that has expired, as soon as it has', async () => {
    const bearer = (token: string) => [`Authorization: Bearer ${token}`, 'Content-Type: application/json']
    expect(await raw('POST', '/command', bearer(secret))).toMatch(/^HTTP\/1\.1 403 /)
    expect(await raw('GET', '/trace', bearer(secret))).toMatch(/^HTTP\/1\.1 405 [^]*\nallow: POST/i)
    const expiresAt = new Date(Date.now() + 3_000).toISOString()
    const made = await overlord.graph<{ createToken: { secret: string } }>(
      `mutation { createToken(input: { name: "short", scopes: [TRACE], expiresAt: "${expiresAt}" }) { secret } }`,
    )
    const short = made.data.createToken.secret
    expect(await raw('POST', '/trace', bearer(short))).toMatch(/^HTTP\/1\.1 400 /)
    await until('it expired', async () => /^HTTP\/1\.1 401 /.test(await raw('POST', '/trace', bearer(short))), 8_000)
    expect(Date.now() - Date.parse(expiresAt)).toBeLessThan(2_000)
  })
})
