import type { IncomingMessage } from 'node:http'

/**
 * A body as received; null once it is larger than `most` bytes. A caller that gets null can still answer, and the
 * connection stays of use: the rest is thrown away as it comes, else the next request on it would never be read.
 */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) break
    chunks.push(chunk)
  }
  if (size > most) {
    request.on('data', () => undefined).resume()
    return null
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
}
