import { Gauge } from 'prom-client'
import type { Viewer } from '../../shared/auth/viewer.ts'

/** Bytes that may wait for the readers of one person or token, and for all readers together. */
export const UNREAD_LIMITS = { perViewer: 32 * 1024 * 1024, overall: 256 * 1024 * 1024 } as const
/** How long an answer may wait without its reader taking anything of it, in milliseconds. */
export const UNREAD_MS = 30_000

let waiting = 0
new Gauge({
  name: 'overlord_graph_unread_bytes',
  help: 'Bytes of answers that their readers have not taken yet',
  collect() {
    this.set(waiting)
  },
})

/**
 * Counts the bytes of answers that wait to be read, so that readers who take nothing cannot fill the memory: beyond a
 * limit, no further answer is made for them.
 */
export class UnreadAnswers {
  readonly #limits: { readonly perViewer: number; readonly overall: number }
  readonly #byViewer = new Map<string, number>()
  #overall = 0

  constructor(limits: { readonly perViewer: number; readonly overall: number } = UNREAD_LIMITS) {
    this.#limits = limits
  }

  /** Whether a viewer, or everybody together, has too much to read already. */
  isFull(viewer: Pick<Viewer, 'kind' | 'id'>): boolean {
    if (this.#overall === 0) return false
    return this.#overall >= this.#limits.overall || (this.#byViewer.get(nameOf(viewer)) ?? 0) >= this.#limits.perViewer
  }

  /** Counts bytes that wait for a viewer, until the returned function is called. */
  add(viewer: Pick<Viewer, 'kind' | 'id'>, bytes: number): () => void {
    const name = nameOf(viewer)
    this.#change(name, bytes)
    let isRead = false
    return () => {
      if (isRead) return
      isRead = true
      this.#change(name, -bytes)
    }
  }

  #change(name: string, bytes: number): void {
    const now = (this.#byViewer.get(name) ?? 0) + bytes
    if (now > 0) this.#byViewer.set(name, now)
    else this.#byViewer.delete(name)
    this.#overall += bytes
    waiting += bytes
  }
}

const nameOf = ({ kind, id }: Pick<Viewer, 'kind' | 'id'>) => `${kind} ${id}`
