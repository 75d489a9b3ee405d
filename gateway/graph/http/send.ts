// Sends one answer over HTTP: within the byte limit, compressed where that pays, and counted until it is read.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { ExecutionResult } from 'graphql'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { fault, isErrorCode, statusOf } from '../../../shared/errors.ts'
import { isLargerThan, MAX_ANSWER_BYTES } from '../../../shared/serve/answer-size.ts'
import { countError, countErrors } from '../../plugins/operation-counters.ts'
import type { UnreadAnswers } from '../unread.ts'
import { UNREAD_MS } from '../unread.ts'
import type { JsonType } from './media-type.ts'
import type { Refusal } from './operation.ts'

/** Smaller answers are sent as they are: compressing them costs more than it saves. */
const MIN_COMPRESSED_BYTES = 8 * 1024
const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

/** The answer to an operation, or an error in place of one that is too large. */
export function withinSize(result: ExecutionResult): ExecutionResult {
  return isLargerThan(result.data, MAX_ANSWER_BYTES) ? { errors: [tooLarge()] } : result
}

const tooLarge = () =>
  fault('TOO_LARGE', `This answer would have more than the ${MAX_ANSWER_BYTES} bytes that are served at once.`)

/** Sends the answer to an operation. */
export async function sendAnswer(
  { request, response, viewer, unread }: Recipient,
  type: JsonType,
  result: ExecutionResult,
): Promise<void> {
  if (unread.isFull(viewer)) return refuse(response, type, { code: 'TOO_MUCH_UNREAD' })
  const fitting = withinSize(result)
  let text = textOf(fitting)
  let status = statusFor(type, fitting)
  if (text.length * 4 > MAX_ANSWER_BYTES && Buffer.byteLength(text) > MAX_ANSWER_BYTES) {
    text = textOf({ errors: [tooLarge()] })
    status = statusFor(type, { errors: [tooLarge()] })
  }
  countErrors(fitting.errors)
  const headers: Record<string, string> = { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' }
  if (text.length < MIN_COMPRESSED_BYTES) {
    headers['content-length'] = String(Buffer.byteLength(text))
    response.writeHead(status, headers).end(text)
  } else {
    const { encoding, body } = await compressed(text, request.headers['accept-encoding'])
    if (encoding) headers['content-encoding'] = encoding
    headers['content-length'] = String(body.length)
    response.appendHeader('vary', 'accept-encoding')
    response.writeHead(status, headers).end(body)
  }
  countUnread(response, viewer, unread)
}

/** Where an answer goes: the request, its response and its viewer. */
export interface Recipient {
  request: IncomingMessage
  response: ServerResponse
  viewer: Viewer
  unread: UnreadAnswers
}

function countUnread(response: ServerResponse, viewer: Viewer, unread: UnreadAnswers): void {
  const bytes = response.writableLength + (response.socket?.writableLength ?? 0)
  if (!bytes || response.destroyed) return
  response.once('close', unread.add(viewer, bytes))
  response.setTimeout(UNREAD_MS, () => response.destroy())
}

/** `errors` first, as people read it; the cost where it was requested. */
const textOf = ({ data, errors, extensions }: ExecutionResult): string =>
  JSON.stringify({ ...(errors && { errors }), ...(data !== undefined && { data }), ...(extensions && { extensions }) })

/** Refusals have their own status only in the newer type: clients of the older one read no body that is not 200. */
function statusFor(type: JsonType, { data, errors }: ExecutionResult): number {
  if (type === 'application/json' || data !== undefined || !errors?.length) return 200
  const code = errors[0]!.extensions['code']
  return typeof code === 'string' && isErrorCode(code) ? statusOf(code) : 400
}

async function compressed(text: string, accepted = ''): Promise<{ encoding: string | null; body: Buffer }> {
  const body = Buffer.from(text)
  if (takes(accepted, 'br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: body.length }
    return { encoding: 'br', body: await brotli(body, { params }) }
  }
  if (takes(accepted, 'gzip')) return { encoding: 'gzip', body: await deflate(body, { level: 5 }) }
  return { encoding: null, body }
}

const takes = (accepted: string, encoding: string): boolean =>
  accepted.split(',').some((entry) => {
    const [name, ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
    return name === encoding && !parameters.some((part) => /^q=0(\.0*)?$/.test(part))
  })

/** Refuses a request, in the shape GraphQL clients read, with the status of its code. */
export function refuse(
  response: ServerResponse,
  type: JsonType | null,
  { code, message, headers = {} }: Refusal,
): void {
  countError(code)
  const { message: text, extensions } = fault(code, message)
  const body = JSON.stringify({ errors: [{ message: text, extensions }] })
  response
    .writeHead(statusOf(code), {
      'content-type': `${type ?? 'application/json'}; charset=utf-8`,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      ...(statusOf(code) === 401 && { 'www-authenticate': 'Bearer' }),
      ...headers,
    })
    .end(body)
}
