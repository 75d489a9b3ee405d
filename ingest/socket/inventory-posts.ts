// The addresses of the original's inventory service that wrote: what comes there is taken as the frame it stands for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { faultBody, type ErrorCode } from '../../shared/errors.ts'
import { sendJson } from '../../shared/serve/door.ts'
import { noteRoute } from '../../shared/serve/http-metrics.ts'
import { readBody } from '../../shared/serve/read-body.ts'
import { counters } from '../metrics/counters.ts'
import type { Intake } from '../intake/intake.ts'
import { LARGE_BYTES } from '../large/large-frames.ts'
import { Bucket } from './bucket.ts'

export interface InventoryPostsOptions {
  intake: Intake
  /** Whether the request shows the plugins' secret. */
  isWelcome(request: IncomingMessage): boolean
  /** What may come this way a second on average. */
  framesPerSecond: number
  mostBytes: number
}

type Frame = Record<string, unknown>
/** Makes the frame out of a body; a removal has none. A large body becomes one as text, without being parsed. */
type Made = { needsBody: boolean; frame: (body: Frame) => Frame; large?: (body: Buffer) => Buffer }

/** Which frame a request stands for; null when it is none of ours. */
function frameOf(method: string | undefined, path: string): Made | null {
  const own = path.replace(/^\/api(?=\/)/, '')
  if (method === 'POST' && own === '/process-inventory')
    return { needsBody: true, frame: (body) => ({ ...body, type: 'full_inventory' }), large: asInventory }
  const [, name, id] = /^\/inventory\/([^/]+)\/item(?:\/(-?\d{1,10}))?$/.exec(own) ?? []
  if (name === undefined || !canDecode(name)) return null
  const delta = { type: 'inventory_delta', character_name: decodeURIComponent(name) }
  if (method === 'POST' && id === undefined)
    return { needsBody: true, frame: (item) => ({ ...delta, action: 'update', item }) }
  if (method === 'DELETE' && id !== undefined)
    return { needsBody: false, frame: () => ({ ...delta, action: 'remove', item_id: Number(id) }) }
  return null
}

/** The same as adding the type to the object: of two values of one name JSON takes the last. */
function asInventory(body: Buffer): Buffer {
  const end = body.lastIndexOf('}')
  return end < 0
    ? body
    : Buffer.concat([body.subarray(0, end), Buffer.from(',"type":"full_inventory"'), body.subarray(end)])
}

function canDecode(text: string): boolean {
  try {
    return decodeURIComponent(text) !== ''
  } catch {
    return false
  }
}

/** Answers once what came is on disk. */
export function inventoryPosts({ intake, isWelcome, framesPerSecond, mostBytes }: InventoryPostsOptions) {
  const letters = new Bucket(1, 20)
  const frames = new Bucket(framesPerSecond, framesPerSecond)
  const sender = { server: '', mayComplain: () => letters.take(performance.now()) }

  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const made = frameOf(request.method, path)
    if (!made) return false
    noteRoute(response, 'ingest', 'frames')
    if (!isWelcome(request)) {
      counters.dropped.inc({ reason: 'wrong_secret' })
      refuse(response, 'BAD_TOKEN', 'The header X-Plugin-Secret is missing or wrong.')
    } else if (intake.full()) refuse(response, 'NOT_READY')
    else if (!frames.take(performance.now())) refuse(response, 'TOO_MANY_TRIES')
    else {
      const frame = await frameFrom(request, made)
      if (typeof frame === 'string') refuse(response, frame)
      else await take(response, frame)
    }
    return true
  }

  async function frameFrom(request: IncomingMessage, { needsBody, frame, large }: Made): Promise<Buffer | ErrorCode> {
    if (!needsBody) return Buffer.from(JSON.stringify(frame({})))
    const bytes = await readBody(request, large ? mostBytes : LARGE_BYTES)
    if (!bytes) return 'TOO_LARGE'
    if (large && bytes.length > LARGE_BYTES) return large(bytes)
    const body = parseObject(bytes)
    return body ? Buffer.from(JSON.stringify(frame(body))) : 'BAD_USER_INPUT'
  }

  async function take(response: ServerResponse, frame: Buffer): Promise<void> {
    const { refused } = await intake.take(frame, sender)
    if (refused !== undefined) return refuse(response, 'BAD_USER_INPUT', refused)
    intake.notifyWhenDurable(() => sendJson(response, 200, { status: 'ok' }), 1)
  }
}

function parseObject(bytes: Buffer): Frame | null {
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Frame) : null
  } catch {
    return null // not JSON
  }
}

function refuse(response: ServerResponse, code: ErrorCode, message?: string): void {
  const { status, body } = faultBody(code, message)
  sendJson(response, status, body)
}
