// The addresses of the original's inventory service that wrote: what comes there is taken as the frame it stands for.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { faultBody, type ErrorCode } from '../../shared/errors.ts'
import { sendJson } from '../../shared/serve/door.ts'
import { noteRoute } from '../../shared/serve/http-metrics.ts'
import { readBody } from '../../shared/serve/read-body.ts'
import { counters } from '../metrics/counters.ts'
import type { Intake } from '../intake/intake.ts'
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
/** Makes the frame out of a body; a removal has none. */
type Made = { needsBody: boolean; frame: (body: Frame) => Frame }

/** Which frame a request stands for; null when it is none of ours. */
function frameOf(method: string | undefined, path: string): Made | null {
  const own = path.replace(/^\/api(?=\/)/, '')
  if (method === 'POST' && own === '/process-inventory')
    return { needsBody: true, frame: (body) => ({ ...body, type: 'full_inventory' }) }
  const [, name, id] = /^\/inventory\/([^/]+)\/item(?:\/(-?\d{1,10}))?$/.exec(own) ?? []
  if (name === undefined || !canDecode(name)) return null
  const delta = { type: 'inventory_delta', character_name: decodeURIComponent(name) }
  if (method === 'POST' && id === undefined)
    return { needsBody: true, frame: (item) => ({ ...delta, action: 'update', item }) }
  if (method === 'DELETE' && id !== undefined)
    return { needsBody: false, frame: () => ({ ...delta, action: 'remove', item_id: Number(id) }) }
  return null
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
      const body = made.needsBody ? await bodyOf(request, mostBytes) : {}
      if (typeof body === 'string') refuse(response, body)
      else take(response, made.frame(body))
    }
    return true
  }

  function take(response: ServerResponse, frame: Frame): void {
    const { refused } = intake.take(Buffer.from(JSON.stringify(frame)), sender)
    if (refused !== undefined) return refuse(response, 'BAD_USER_INPUT', refused)
    intake.notifyWhenDurable(() => sendJson(response, 200, { status: 'ok' }), 1)
  }
}

async function bodyOf(request: IncomingMessage, most: number): Promise<Frame | ErrorCode> {
  const bytes = await readBody(request, most)
  if (!bytes) return 'TOO_LARGE'
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Frame) : 'BAD_USER_INPUT'
  } catch {
    return 'BAD_USER_INPUT' // not JSON
  }
}

function refuse(response: ServerResponse, code: ErrorCode, message?: string): void {
  const { status, body } = faultBody(code, message)
  sendJson(response, status, body)
}
