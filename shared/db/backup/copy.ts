// COPY over a pg connection, as streams with back-pressure. The driver leaves it to its users.
import { Readable, type Writable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { Socket } from 'node:net'
import type { Client } from '../pool.ts'

interface Connection {
  stream: Socket
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): boolean
  endCopyFrom(): void
  sendCopyFail(message: string): void
}

/** What the driver calls of a query of ours. */
interface Submitted {
  submit(connection: Connection): void
  handleCopyInResponse?(connection: Connection): void
  handleCopyData?(message: { chunk: Buffer }, connection: Connection): void
  handleCommandComplete(message: { text: string }): void
  handleReadyForQuery(): void
  handleError(error: Error): void
}

const submit = (client: Client, query: Submitted) => void client.query(query as never)
const rowsOf = (text: string) => Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0)

/** The rows of `copy … to stdout` as bytes; `rows` settles with their number once all were read. */
export function copyOut(client: Client, text: string): { bytes: Readable; rows: Promise<number> } {
  let held: Connection | undefined
  let count = 0
  const bytes = new Readable({ read: () => void held?.stream.resume() })
  submit(client, {
    submit(connection) {
      held = connection
      connection.query(text)
    },
    handleCopyData({ chunk }, connection) {
      // The driver parses within one buffer of its own and writes over what it gave us: it must be copied.
      if (!bytes.push(Buffer.from(chunk))) connection.stream.pause()
    },
    handleCommandComplete: (message) => void (count = rowsOf(message.text)),
    handleReadyForQuery: () => void bytes.push(null),
    handleError: (error) => void bytes.destroy(error),
  })
  const rows = finished(bytes, { writable: false }).then(() => count)
  rows.catch(() => undefined) // the stream reports it as well
  return { bytes, rows }
}

/** Runs `copy … from stdin` with these bytes; gives how many rows the database took. */
export function copyIn(client: Client, text: string, bytes: AsyncIterable<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0
    let failure: Error | undefined
    submit(client, {
      submit: (connection) => connection.query(text),
      handleCopyInResponse(connection) {
        send(connection, bytes, () => failure !== undefined).catch((error: Error) => {
          failure ??= error
          connection.sendCopyFail(error.message.slice(0, 200))
        })
      },
      handleCommandComplete: (message) => void (count = rowsOf(message.text)),
      handleReadyForQuery: () => (failure ? reject(failure) : resolve(count)),
      handleError: (error) => reject((failure ??= error)),
    })
  })
}

async function send(connection: Connection, bytes: AsyncIterable<Buffer>, hasFailed: () => boolean): Promise<void> {
  const { stream } = connection
  for await (const chunk of bytes) {
    if (hasFailed()) return
    connection.sendCopyFromChunk(chunk)
    if (stream.writableNeedDrain) await drained(stream)
  }
  if (!hasFailed()) connection.endCopyFrom()
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (error?: Error) => {
      stream.off('drain', end).off('close', lost).off('error', end)
      if (error instanceof Error) reject(error)
      else resolve()
    }
    const lost = () => end(new Error('The connection to the database was lost.'))
    stream.once('drain', end).once('close', lost).once('error', end)
  })
}
