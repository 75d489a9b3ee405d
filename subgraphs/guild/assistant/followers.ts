import type { Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'

const EVERY_MS = 5_000

/** Sessions of the assistant that somebody follows through this process. The database knows when that was last so. */
export class Followers implements AsyncDisposable {
  readonly #pool: Pool
  readonly #log: Log
  readonly #counts = new Map<string, number>()
  readonly #timer: NodeJS.Timeout
  #writing: Promise<void> = Promise.resolve()

  constructor(pool: Pool, log: Log) {
    this.#pool = pool
    this.#log = log
    this.#timer = setInterval(() => this.#write([...this.#counts.keys()]), EVERY_MS).unref()
  }

  /** Begins to follow a session. Ends it by what it returns, at the first call. */
  add(sessionId: string): () => void {
    this.#counts.set(sessionId, (this.#counts.get(sessionId) ?? 0) + 1)
    this.#write([sessionId])
    let following = true
    return () => {
      if (!following) return
      following = false
      const left = this.#counts.get(sessionId)! - 1
      if (left) this.#counts.set(sessionId, left)
      else this.#counts.delete(sessionId)
      this.#write([sessionId])
    }
  }

  #write(ids: readonly string[]): void {
    if (!ids.length) return
    this.#writing = this.#writing
      .then(async () => {
        await this.#pool.query('update assistant_sessions set watched_at = now() where id = any($1::uuid[])', [ids])
      })
      .catch((error: unknown) => this.#log.warn({ error }, 'could not store who follows the assistant'))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }
}
