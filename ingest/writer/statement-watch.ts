import type { Client } from '../../shared/db/pool.ts'

/** A statement and how long the database worked on it. */
export interface Timed {
  statement: string
  ms: number
}

/** A statement as it was given to the connection. It is named only when somebody asks: most are over by then. */
type Statement = string | { name?: string; text?: string }

interface Sent {
  statement: Statement
  sentMs: number
}

interface Answered {
  statement: Statement
  ms: number
}

const MAX_NAME_LENGTH = 60
const CONNECT = 'connect'

/**
 * What the database works on for the batch that is being stored. Statements go out without waiting for answers, and are
 * answered in order: the oldest without an answer is the one in progress, since it was sent or since the answer before.
 */
export class StatementWatch {
  readonly #now: () => number
  #waiting: Sent[] = []
  #begunMs: number | null = null
  #answeredMs = 0
  #slowest: Answered | null = null

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** A batch begins: until its first statement, we wait for a connection. */
  begin(): void {
    this.#begunMs = this.#answeredMs = this.#now()
    this.#slowest = null
    this.#waiting = []
  }

  /** The batch is over; returns how long it took, and its slowest statement. */
  end(): { ms: number; slowest: Timed | null } {
    const ms = this.#begunMs === null ? 0 : this.#now() - this.#begunMs
    const slowest = this.#slowest && timed(this.#slowest)
    this.#begunMs = null
    this.#slowest = null // it holds the rows it was sent with
    this.#waiting = []
    return { ms, slowest }
  }

  /** How long the batch in progress has taken so far, in milliseconds; null without one. */
  runningMs(): number | null {
    return this.#begunMs === null ? null : this.#now() - this.#begunMs
  }

  /** What the database works on now; null while it waits for us. */
  current(): Timed | null {
    if (this.#begunMs === null) return null
    const [oldest] = this.#waiting
    const now = this.#now()
    if (!oldest)
      return this.#answeredMs === this.#begunMs ? timed({ statement: CONNECT, ms: now - this.#begunMs }) : null
    return timed({ statement: oldest.statement, ms: now - Math.max(oldest.sentMs, this.#answeredMs) })
  }

  /** The same connection, with its statements noted here. */
  watched(client: Client): Client {
    const query = (...args: [unknown, unknown?]) => {
      const sent: Sent = { statement: args[0] as Statement, sentMs: this.#now() }
      this.#waiting.push(sent)
      const answer = (client.query as (...args: unknown[]) => Promise<unknown>)(...args)
      const answered = () => this.#answered(sent)
      answer.then(answered, answered)
      return answer
    }
    return Object.create(client, { query: { value: query } }) as Client
  }

  #answered(sent: Sent): void {
    const place = this.#waiting.indexOf(sent)
    if (place < 0) return // of a batch that is over
    const now = this.#now()
    const ms = now - Math.max(sent.sentMs, this.#answeredMs)
    if (!this.#slowest || ms > this.#slowest.ms) this.#slowest = { statement: sent.statement, ms }
    this.#waiting.splice(place, 1)
    this.#answeredMs = now
  }
}

const timed = ({ statement, ms }: Answered): Timed => ({ statement: nameOf(statement), ms: Math.round(ms) })

/** A statement's name, or the beginning of its text: both are constants of ours. */
function nameOf(statement: Statement): string {
  const { name, text } = typeof statement === 'string' ? { name: undefined, text: statement } : statement
  return name ?? (text ?? '').trim().replace(/\s+/g, ' ').slice(0, MAX_NAME_LENGTH)
}
