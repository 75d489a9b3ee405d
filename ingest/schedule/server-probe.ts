// Asks an Asheron's Call server whether it is there, as its community's server lists do: a login of the account
// `acservertracker` without a password. Every kind of server answers it, and none makes an account or a log line of it.
import { createSocket } from 'node:dgram'

export interface ProbeAnswer {
  state: 'UP' | 'DOWN' | 'UNKNOWN'
  latencyMs: number | null
}

/** Asks once. DOWN: nothing answers there. UNKNOWN: we could not even ask, which says nothing of the server. */
export type Probe = (host: string, port: number) => Promise<ProbeAnswer>

const PATIENCE_MS = 5_000
const TRACKER = 'acservertracker:jj9h26hcsggc'
const CLIENT_VERSION = '1802'
const LOGIN_REQUEST = 0x0001_0000
const BY_ACCOUNT = 1
const HEADER_BYTES = 20
/** Stands in the checksum's place while it is computed. */
const UNSUMMED = 0xbadd_70dd
/** Any moment will do. */
const MOMENT = 0x58a8_b83e

/** The question: a header of 20 bytes and the login, little endian. */
export function loginPacket(): Buffer {
  const account = text16(TRACKER)
  const after = Buffer.alloc(16)
  after.writeUInt32LE(BY_ACCOUNT, 4)
  after.writeUInt32LE(MOMENT, 12)
  const body = Buffer.concat([text16(CLIENT_VERSION), after, account, Buffer.alloc(8)])
  body.writeUInt32LE(body.length - 12, 8) // what follows
  const header = Buffer.alloc(HEADER_BYTES)
  header.writeUInt32LE(LOGIN_REQUEST, 4)
  header.writeUInt32LE(UNSUMMED, 8)
  header.writeUInt16LE(body.length, 16)
  header.writeUInt32LE((hash32(header) + hash32(body)) >>> 0, 8)
  return Buffer.concat([header, body])
}

/** A text with its length before it, padded to four bytes. */
function text16(text: string): Buffer {
  const bytes = Buffer.alloc(Math.ceil((2 + text.length) / 4) * 4)
  bytes.writeUInt16LE(text.length, 0)
  bytes.write(text, 2, 'latin1')
  return bytes
}

/** The sum the protocol guards its packets with. */
function hash32(bytes: Buffer): number {
  let sum = (bytes.length << 16) >>> 0
  const whole = bytes.length & ~3
  for (let at = 0; at < whole; at += 4) sum = (sum + bytes.readUInt32LE(at)) >>> 0
  for (let at = whole, shift = 24; at < bytes.length; at++, shift -= 8) sum = (sum + (bytes[at]! << shift)) >>> 0
  return sum
}

/** By UDP. A refusal of the port comes back as an error of a connected socket. */
export const probeServer: Probe = (host, port) =>
  new Promise((resolve) => {
    const socket = createSocket({ type: 'udp4' })
    let askedAt = 0
    const end = (state: ProbeAnswer['state'], latencyMs: number | null = null) => {
      clearTimeout(fuse)
      socket.removeAllListeners().on('error', () => undefined) // late refusals
      socket.close()
      resolve({ state, latencyMs })
    }
    const fuse = setTimeout(() => end(askedAt ? 'DOWN' : 'UNKNOWN'), PATIENCE_MS)
    socket.once('message', () => end('UP', Math.round((performance.now() - askedAt) * 10) / 10))
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code === 'ECONNREFUSED' ? 'DOWN' : 'UNKNOWN'))
    socket.once('connect', () => {
      askedAt = performance.now()
      socket.send(loginPacket())
    })
    socket.connect(port, host)
  })
