// One plugin's socket: opens, says who it is, comes back by itself when it breaks, obeys commands.
import { WebSocket, type RawData } from 'ws'
import { between, type Rng } from '../world/chance.ts'

/** Where a link leads and how it shows that it may. */
export interface LinkOptions {
  url: string
  secret: string
  /** In the header as the plugin does, or in the address as some proxies need. */
  secretIn: 'header' | 'query'
  rng: Rng
  /** What to say first on every new socket. */
  hello: () => string
  /** A socket that broke is open again. `missed`: frames were dropped meanwhile. */
  onReopened: (missed: boolean) => void
  onMessage: (text: string) => void
}

type Job = { text: string; sent: () => void } | { cut: true }

// A client that cannot send keeps a little and then gives up on it, as the real one does.
const MAX_WAITING = 2000
const FULL_BYTES = 1_000_000
const FIRST_RETRY_MS = 60
const LAST_RETRY_MS = 20_000

/** The server will not have us: another try would be refused too. */
class RefusedError extends Error {}

/** A plugin's socket. */
export class Link {
  framesSent = 0
  bytesSent = 0
  reconnects = 0
  private socket: WebSocket | undefined
  private waiting: Job[] = []
  private pumping = false
  private closed = false
  private missed = false
  private failures = 0
  private asked = 0
  private retry: NodeJS.Timeout | undefined
  private readonly options: LinkOptions

  constructor(options: LinkOptions) {
    this.options = options
  }

  /** Opens for the first time; rejects when that does not work, since then something is set wrong. */
  async open(): Promise<void> {
    await this.connect()
  }

  /** Sends when it can; in order. */
  send(text: string, sent: () => void): void {
    if (!this.isOpen() && this.waiting.length >= MAX_WAITING) {
      this.missed = true
      this.waiting = []
    }
    this.waiting.push({ text, sent })
    void this.pump()
  }

  /** Breaks the socket without a word, once the server has read all before. */
  cut(): void {
    this.waiting.push({ cut: true })
    void this.pump()
  }

  /** There is more to send than the socket takes. */
  isFull(): boolean {
    return this.waiting.length > 0 || (this.socket?.bufferedAmount ?? 0) > FULL_BYTES
  }

  isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN
  }

  /** Waits until the server has read everything sent so far, or the socket broke. */
  async settled(): Promise<void> {
    const { socket } = this
    if (socket?.readyState !== WebSocket.OPEN) return
    // The answer to an earlier question says nothing of what was sent since.
    const mark = String(++this.asked)
    await new Promise<void>((resolve) => {
      const hear = (answer: Buffer) => answer.toString() === mark && done()
      const done = () => {
        socket.off('pong', hear)
        socket.off('close', done)
        resolve()
      }
      socket.on('pong', hear)
      socket.on('close', done)
      socket.ping(mark)
    })
  }

  /** Says goodbye. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.retry)
    const { socket } = this
    if (!socket || socket.readyState === WebSocket.CLOSED) return
    if (socket.readyState === WebSocket.CONNECTING) return socket.terminate()
    await this.settled()
    if (!this.isOpen()) return // it broke while we asked: there is no connection left to say goodbye on
    await new Promise<void>((resolve) => {
      // A server that does not answer a goodbye is left standing.
      const patience = setTimeout(() => socket.terminate(), 2000)
      socket.once('close', () => {
        clearTimeout(patience)
        resolve()
      })
      socket.close(1000)
    })
  }

  private async pump(): Promise<void> {
    if (this.pumping) return
    this.pumping = true
    while (this.waiting.length > 0 && this.isOpen()) {
      const job = this.waiting.shift()!
      if ('cut' in job) {
        await this.settled()
        this.socket?.terminate()
        break
      }
      this.write(job.text)
      job.sent()
    }
    this.pumping = false
  }

  private write(text: string): void {
    this.framesSent++
    this.bytesSent += text.length
    this.socket?.send(text)
  }

  private connect(): Promise<void> {
    const { url, secret, secretIn, hello } = this.options
    const address = new URL(url)
    if (secretIn === 'query') address.searchParams.set('secret', secret)
    const socket = new WebSocket(address, {
      headers: secretIn === 'header' ? { 'X-Plugin-Secret': secret } : {},
      perMessageDeflate: false,
    })
    this.socket = socket
    return new Promise((resolve, reject) => {
      let refusal: Error | undefined
      socket.on('error', (error: Error) => (refusal = explained(error, url)))
      socket.on('message', (data: RawData) => this.options.onMessage(String(data)))
      socket.on('open', () => {
        // A server that refuses us lets us in and closes: who gets an answer is in.
        socket.ping()
        socket.once('pong', () => {
          this.failures = 0
          resolve()
        })
        this.write(hello())
        void this.pump()
      })
      socket.on('close', (code: number) => {
        const why =
          code === 1008
            ? new RefusedError(`${url} refuses the plugin secret: start with the server's own SHARED_SECRET (--secret)`)
            : refusal
        reject(why ?? new Error(`${url} closed the socket (code ${code})`))
        if (!this.closed && !(why instanceof RefusedError)) this.comeBack()
      })
    })
  }

  private comeBack(): void {
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures++) * between(this.options.rng, 0.7, 1.3)
    this.retry = setTimeout(() => {
      this.reconnects++
      this.connect().then(
        () => {
          const { missed } = this
          this.missed = false
          this.options.onReopened(missed)
        },
        // The close that made this fail has planned the next try.
        () => undefined,
      )
    }, wait)
  }
}

function explained(error: Error, url: string): Error {
  if ('code' in error && error.code === 'ECONNREFUSED')
    return new Error(`Nobody listens at ${url}: start the server, or name another with --url`)
  if (/401|403/.test(error.message))
    return new RefusedError(`${url} refuses the plugin secret: start with the server's own SHARED_SECRET (--secret)`)
  return new Error(`${url}: ${error.message}`)
}
