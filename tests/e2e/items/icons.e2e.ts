import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { request } from 'node:http'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { PICTURE } from './picture.ts'

let overlord: TestOverlord
let folder: string
beforeAll(async () => {
  folder = await tempFolder('icons')
  const icons = path.join(folder, 'icons')
  mkdirSync(path.join(icons, '06000005.png'), { recursive: true })
  writeFileSync(path.join(folder, '06000009.png'), PICTURE)
  writeFileSync(path.join(icons, '06001036.png'), PICTURE)
  writeFileSync(path.join(icons, '0600127e.png'), PICTURE)
  writeFileSync(path.join(icons, String(0x06001280) + '.png'), PICTURE)
  writeFileSync(path.join(icons, '06000001.png'), '<script>alert(1)</script>')
  writeFileSync(path.join(icons, '06000002.png'), Buffer.concat([PICTURE, Buffer.alloc(2_000_000)]))
  writeFileSync(path.join(icons, 'notes.txt'), 'the operator’s own')
  overlord = await startOverlord({ env: { ICONS_DIR: icons } })
})
afterAll(async () => {
  await overlord?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** The path as it is: `fetch` would tidy it up. */
const get = (path: string, headers: Record<string, string> = { cookie: overlord.cookie }, method = 'GET') =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>((resolve, reject) => {
    const { hostname, port } = new URL(overlord.url)
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject).end()
  })

describe('the operator’s pictures', () => {
  it('are for signed-in viewers, by session or token', async () => {
    expect((await get('/icons/06001036.png', {})).status).toBe(401)
    expect((await get('/icons/', {})).status).toBe(401)
    expect((await get('/icons/06001036.png', { authorization: `Bearer ${overlord.token}` })).status).toBe(200)
  })
  it('are sent as pictures and nothing else, to be kept for a day', async () => {
    const { status, headers, body } = await get('/icons/06001036.png')
    expect(status).toBe(200)
    expect(body.equals(PICTURE)).toBe(true)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=86400',
      'content-length': String(PICTURE.length),
    })
    const again = await get('/icons/06001036.png', {
      cookie: overlord.cookie,
      'if-none-match': String(headers['etag']),
    })
    expect([again.status, again.body.length]).toEqual([304, 0])
    const head = await get('/icons/06001036.png', { cookie: overlord.cookie }, 'HEAD')
    expect([head.status, head.body.length]).toEqual([200, 0])
  })
  it('may be named in capital digits, in small ones, or by the decimal number', async () => {
    for (const name of ['0600127E', '0600127e', '06001280']) expect((await get(`/icons/${name}.png`)).status).toBe(200)
  })
  it.each([
    '/icons/../06000009.png',
    '/icons/..%2f06000009.png',
    '/icons/%2e%2e/06000009.png',
    '/icons//06001036.png',
    '/icons/./06001036.png',
    '/icons/06001036.png/',
    '/icons/06001036.png%00.txt',
    '/icons/06001036.PNG',
    '/icons/notes.txt',
    '/icons/6001036.png',
    '/icons/00000001.png',
    '/icons/06000005.png',
    '/icons/06000001.png',
    '/icons/06000002.png',
    '/icons/06ffffff.png',
  ])('are found by their number alone: nothing lies at %s', async (where) => {
    const { status, headers, body } = await get(where)
    expect([404, 400]).toContain(status)
    expect(headers['content-type']).toContain('json')
    expect(body.toString()).not.toContain('operator')
  })
  it('are only looked at', async () => {
    const { status, headers } = await get('/icons/06001036.png', { cookie: overlord.cookie }, 'POST')
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
  })
  it('are said to be there, or not to be', async () => {
    expect(JSON.parse((await get('/icons/')).body.toString())).toEqual({ available: true })
    await using bare = await startOverlord()
    const answer = await fetch(`${bare.url}/icons/`, { headers: { cookie: bare.cookie } })
    expect(await answer.json()).toEqual({ available: false })
    expect((await fetch(`${bare.url}/icons/06001036.png`, { headers: { cookie: bare.cookie } })).status).toBe(404)
  })
  it('need a folder that is there: the start says so', () => {
    const script = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'overlord.js')
    const env = { PATH: process.env['PATH'], ICONS_DIR: path.join(folder, 'nowhere') }
    const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8', timeout: 30_000 })
    expect(status).toBe(1)
    expect(stderr).toContain('ICONS_DIR: must be a folder that is there')
  })
})
