// A backup file: lines of JSON with the tables' bytes between them.
//
//   OVERLORD BACKUP 1
//   {"at", "migrations": […], "tables": […]}           the head
//   {"table", "columns": […], "days": […] | null}      for each table, followed by
//     pieces: 4 bytes of length (big endian), that many bytes; a length of 0 ends them.
//     Together they are one gzip stream of what `COPY … TO STDOUT` gave (text format).
//   {"rows"}                                           how many rows those were
//   {"end": true, "sequences": {…}}                    a file without it is not whole
import { open, type FileHandle } from 'node:fs/promises'

export const MAGIC = 'OVERLORD BACKUP 1'

export interface Head {
  at: string
  migrations: string[]
  tables: string[]
}
export interface TableHead {
  table: string
  columns: string[]
  /** Days the table has a partition for, `20260620`; null when it is not laid out by day. */
  days: string[] | null
}
export interface Tail {
  end: true
  /** `table.column`: the last number its identity gave. */
  sequences: Record<string, number>
}

const MAX_LINE_LENGTH = 1024 * 1024
const MAX_PIECE_LENGTH = 16 * 1024 * 1024
const READ_BYTES = 256 * 1024

/** Writes a container front to back. */
export function containerWriter(file: FileHandle) {
  return {
    line: (value: unknown) => file.appendFile(`${typeof value === 'string' ? value : JSON.stringify(value)}\n`),
    async pieces(bytes: AsyncIterable<Buffer>, onBytes: (count: number) => void): Promise<void> {
      const length = Buffer.alloc(4)
      for await (const piece of bytes) {
        if (!piece.length) continue
        length.writeUInt32BE(piece.length)
        await file.writev([length, piece])
        onBytes(piece.length)
      }
      length.writeUInt32BE(0)
      await file.write(length)
    },
  }
}

/** Reads a container front to back, in bounded memory. */
export async function openContainer(path: string) {
  const file = await open(path, 'r')
  let buffer = Buffer.alloc(0)

  async function more(): Promise<void> {
    const { buffer: read, bytesRead } = await file.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES)
    if (!bytesRead) throw new Error('The backup file ends too early: it is not whole.')
    buffer = Buffer.concat([buffer, read.subarray(0, bytesRead)])
  }
  async function take(count: number): Promise<Buffer> {
    while (buffer.length < count) await more()
    const taken = buffer.subarray(0, count)
    buffer = buffer.subarray(count)
    return taken
  }
  async function line(): Promise<string> {
    for (;;) {
      const end = buffer.indexOf(10)
      if (end >= 0) return (await take(end + 1)).toString('utf8', 0, end)
      if (buffer.length > MAX_LINE_LENGTH) throw new Error('This is no backup file of Overlord.')
      await more()
    }
  }
  return {
    line,
    async json<T>(): Promise<T> {
      const text = await line()
      try {
        return JSON.parse(text) as T
      } catch (cause) {
        throw new Error('The backup file is damaged.', { cause })
      }
    },
    async *pieces(): AsyncGenerator<Buffer> {
      for (;;) {
        const length = (await take(4)).readUInt32BE()
        if (length === 0) return
        if (length > MAX_PIECE_LENGTH) throw new Error('The backup file is damaged.')
        yield await take(length)
      }
    },
    [Symbol.asyncDispose]: () => file.close(),
  }
}
