// One frame as the spool keeps it: what came, when, and what was decided of it before it could be stored.
//
//   u32 length of what follows the header · u32 crc32 of all that follows it · f64 receipt, ms · u64 id or 0
//   u8 kind · u8 length of the server's name · the server's name · the body
//
// All numbers are little endian.
import { crc32 } from 'node:zlib'

/** `frame`: as the plugin sent it. `letter`: a dead letter, as JSON. */
export type RecordKind = 'frame' | 'letter'
const KINDS: readonly RecordKind[] = ['frame', 'letter']

export interface SpoolRecord {
  kind: RecordKind
  receivedMs: number
  /** The id it was published with, if it was. */
  id: string | null
  /** The game server its socket named; empty when it named none. */
  server: string
  body: Buffer
}

const HEADER_BYTES = 26
const AFTER_CRC = 8

/** Bytes a record takes. */
export const recordBytes = (record: SpoolRecord): number =>
  HEADER_BYTES + Buffer.byteLength(record.server) + record.body.length

/** Writes a record, but for its checksum, which `seal` adds. Gives where the next one goes. */
export function writeRecord(into: Buffer, at: number, { kind, receivedMs, id, server, body }: SpoolRecord): number {
  const serverBytes = server === '' ? 0 : into.write(server, at + HEADER_BYTES)
  const end = at + HEADER_BYTES + serverBytes + body.length
  into.writeUInt32LE(end - at - HEADER_BYTES, at)
  into.writeDoubleLE(receivedMs, at + 8)
  into.writeBigUInt64LE(id === null ? 0n : BigInt(id), at + 16)
  into[at + 24] = KINDS.indexOf(kind)
  into[at + 25] = serverBytes
  into.set(body, at + HEADER_BYTES + serverBytes)
  return end
}

/** Adds the checksums of all records between `from` and `to`; done once a group, outside the way of the frames. */
export function seal(buffer: Buffer, from: number, to: number): void {
  for (let at = from; at < to;) {
    const end = at + HEADER_BYTES + buffer.readUInt32LE(at)
    buffer.writeUInt32LE(crc32(buffer.subarray(at + AFTER_CRC, end)), at + 4)
    at = end
  }
}

/** A record found at `at`; how many bytes it needs when the buffer ends before it does; null when it is none. */
export function readRecord(buffer: Buffer, at: number): { record: SpoolRecord; end: number } | number | null {
  if (at + HEADER_BYTES > buffer.length) return HEADER_BYTES
  const length = buffer.readUInt32LE(at)
  const end = at + HEADER_BYTES + length
  const kind = KINDS[buffer[at + 24]!]
  const serverBytes = buffer[at + 25]!
  // A length of nothing is a hole the file system left: no record is that short.
  if (length === 0 || length > MAX_BYTES || !kind || serverBytes > length) return null
  if (end > buffer.length) return end - at
  if (crc32(buffer.subarray(at + AFTER_CRC, end)) !== buffer.readUInt32LE(at + 4)) return null
  const id = buffer.readBigUInt64LE(at + 16)
  const body = at + HEADER_BYTES + serverBytes
  return {
    record: {
      kind,
      receivedMs: buffer.readDoubleLE(at + 8),
      id: id === 0n ? null : id.toString(),
      server: serverBytes === 0 ? '' : buffer.toString('utf8', at + HEADER_BYTES, body),
      body: buffer.subarray(body, end),
    },
    end,
  }
}

/** No frame is larger: the socket refuses it. A greater length is damage. */
const MAX_BYTES = 64 * 1024 * 1024
