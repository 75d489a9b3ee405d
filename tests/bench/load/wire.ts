// WebSocket by hand, client side, so that the one who sends costs less than the one who is measured.
import { randomBytes } from 'node:crypto'
import net from 'node:net'

/** A text frame of a client, masked with zeros: the payload stays readable, and can be changed in place. */
export function clientFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const header =
    length < 126
      ? Buffer.from([0x81, 0x80 | length])
      : length < 65_536
        ? Buffer.from([0x81, 0x80 | 126, length >> 8, length & 255])
        : Buffer.from([
            0x81,
            0x80 | 127,
            0,
            0,
            0,
            0,
            length >>> 24,
            (length >> 16) & 255,
            (length >> 8) & 255,
            length & 255,
          ])
  return Buffer.concat([header, Buffer.alloc(4), payload])
}

/** Shakes hands; gives the bare socket. `heard` gets every byte that comes after. */
export function openSocket(
  url: string,
  {
    headers = {},
    protocol,
    heard,
  }: { headers?: Record<string, string>; protocol?: string; heard?: (data: Buffer) => void },
): Promise<net.Socket> {
  const { hostname, port, pathname, search } = new URL(url)
  const lines = Object.entries({
    Host: `${hostname}:${port}`,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': randomBytes(16).toString('base64'),
    'Sec-WebSocket-Version': '13',
    ...(protocol ? { 'Sec-WebSocket-Protocol': protocol } : {}),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return new Promise((resolve, reject) => {
    const socket = net.connect(Number(port), hostname, () =>
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`),
    )
    socket.setNoDelay(true)
    socket.on('error', reject)
    let head: Buffer | null = Buffer.alloc(0)
    socket.on('data', (data) => {
      if (!head) return heard?.(data)
      head = Buffer.concat([head, data])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      if (!head.toString('latin1', 0, 15).includes(' 101'))
        return reject(new Error(head.toString('utf8').slice(0, 200)))
      const rest = head.subarray(end + 4)
      head = null
      if (rest.length) heard?.(rest)
      resolve(socket)
    })
  })
}

/**
 * Counts the text messages of a server by their headers alone; gives each one's payload to `read` when there is one.
 */
export function countMessages(counted: { messages: number; bytes: number }, read?: (payload: Buffer) => void) {
  let left: Buffer = Buffer.alloc(0)
  let skip = 0
  return (data: Buffer): void => {
    counted.bytes += data.length
    if (skip >= data.length) {
      skip -= data.length
      return
    }
    let at = skip
    skip = 0
    if (left.length) {
      data = Buffer.concat([left, data.subarray(at)])
      at = 0
      left = Buffer.alloc(0)
    }
    while (at < data.length) {
      const short = data.length - at < 2 ? 0 : data[at + 1]! & 127
      const header = short === 126 ? 4 : short === 127 ? 10 : 2
      if (data.length - at < header) break
      const length =
        short === 126 ? data.readUInt16BE(at + 2) : short === 127 ? Number(data.readBigUInt64BE(at + 2)) : short
      const end = at + header + length
      if (read && end > data.length) break
      if ((data[at]! & 15) === 1) {
        counted.messages++
        read?.(data.subarray(at + header, end))
      }
      at = end
    }
    if (at > data.length) skip = at - data.length
    else left = Buffer.from(data.subarray(at))
  }
}
