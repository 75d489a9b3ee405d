import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import type { People } from '../shared/auth/people.ts'
import { faultBody, type ErrorCode } from '../shared/errors.ts'
import { sendJson } from '../shared/serve/door.ts'
import type { Origins } from './sign-in/origin.ts'
import { identifyBesideGraph } from './sign-in/who.ts'

/**
 * The eight hexadecimal digits by which the game's files count pictures, as `Item.iconId` has them: 0x06000000 and
 * up.
 */
const NAME = /^\/icons\/(0[67][0-9A-Fa-f]{6})\.png$/
/** Larger files are no pictures of items. */
const LARGEST_BYTES = 1024 * 1024
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const DAY_S = 86_400

/**
 * The operator's pictures of items, for signed-in viewers: `GET /icons/06001036.png`. `GET /icons/` reports whether
 * there are any. A file may be named in capital or small digits, or by the decimal number.
 * @param folder ICONS_DIR; undefined without pictures
 */
export function icons(folder: string | undefined, people: People, origins: Origins) {
  return async function handle(request: IncomingMessage, response: ServerResponse, where: string): Promise<boolean> {
    if (where !== '/icons' && !where.startsWith('/icons/')) return false
    response.setHeader('x-content-type-options', 'nosniff')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(response, 'WRONG_METHOD', { allow: 'GET, HEAD' })
    const who = await identifyBesideGraph(request, people, origins)
    if ('refused' in who) return refuse(response, who.refused)
    if (where === '/icons/') {
      sendJson(response, 200, { available: folder !== undefined })
      return true
    }
    const digits = NAME.exec(where)?.[1]
    const file = folder !== undefined && digits !== undefined && (await find(folder, digits))
    if (!file) return refuse(response, 'NOT_FOUND')
    await send(file, request, response)
    return true
  }
}

interface Picture {
  path: string
  bytes: number
  etag: string
}

/** A name is made of digits alone, so that it cannot lead out of the folder; what is found must be a picture. */
async function find(folder: string, digits: string): Promise<Picture | null> {
  for (const name of new Set([digits.toUpperCase(), digits.toLowerCase(), String(Number.parseInt(digits, 16))])) {
    const file = path.join(folder, `${name}.png`)
    try {
      const handle = await open(file)
      try {
        const { size, mtimeMs } = await handle.stat()
        const { buffer } = await handle.read(Buffer.alloc(PNG.length), 0, PNG.length, 0)
        if (size > LARGEST_BYTES || !buffer.equals(PNG)) return null
        return { path: file, bytes: size, etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"` }
      } finally {
        await handle.close()
      }
    } catch {
      continue // not there by this name, or not to be read: as good as not there
    }
  }
  return null
}

async function send({ path: file, bytes, etag }: Picture, request: IncomingMessage, response: ServerResponse) {
  const headers = { etag, 'cache-control': `private, max-age=${DAY_S}` }
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end()
  response.writeHead(200, {
    ...headers,
    'content-type': 'image/png',
    'content-length': bytes,
    'content-security-policy': "default-src 'none'",
  })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(file, { end: bytes - 1 })
    .on('error', () => response.destroy())
    .pipe(response)
}

function refuse(response: ServerResponse, code: ErrorCode, headers: Record<string, string> = {}): true {
  const { status, body } = faultBody(code)
  sendJson(response, status, body, headers)
  return true
}
