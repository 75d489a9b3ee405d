import { wellFormed } from './json-value.ts'

/** Limit of names reported per frame, of each kind; further names of a frame that invents them add nothing. */
const MAX_NAMES = 50
const MAX_LENGTH = 64

/**
 * What was left out of a frame, by the path of its field: in `session/monsters/*` the star stands for names that a
 * sender chose. Each path is reported once per frame.
 */
export class Left {
  // Created only when there is something to report, which is rare.
  #dropped: Set<string> | undefined
  #unknown: Set<string> | undefined

  /** A field we know that could not be understood. */
  drop(path: string): void {
    this.#dropped ??= new Set()
    if (this.#dropped.size < MAX_NAMES) this.#dropped.add(path)
  }
  /** A field we do not know, within the one at `path`; empty for the frame itself. */
  unknown(path: string, name: string): void {
    this.#unknown ??= new Set()
    if (this.#unknown.size >= MAX_NAMES) return
    const short = wellFormed(name.slice(0, MAX_LENGTH))
    this.#unknown.add(path === '' ? short : `${path}/${short}`)
  }

  get dropped(): readonly string[] {
    return this.#dropped ? [...this.#dropped] : NONE
  }
  get unknownNames(): readonly string[] {
    return this.#unknown ? [...this.#unknown] : NONE
  }
}

const NONE: readonly string[] = []
