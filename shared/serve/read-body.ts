import type { IncomingMessage } from 'node:http'

/**
 * A body as received; null once it is larger than `most` bytes. A caller that gets null can still answer, and the
 * connection stays of use: the rest is thrown away as it comes, else the next request on it would never be read.
 * Rejects when the sender leaves before the end. By listeners: an async iterator takes several times as long, for each
 * request.
 */
export function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = []
    let size = 0
    const end = () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
    const close = () => {
      if (!request.readableEnded) reject(request.errored ?? new Error('The request ended before its body.'))
    }
    if (request.readableEnded) return end()
    if (request.destroyed) return close()
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= most) return void chunks.push(chunk)
      chunks = []
      resolve(null)
    })
    request.once('end', end).once('error', reject).once('close', close)
  })
}
