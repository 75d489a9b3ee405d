import type { Viewer } from '../../shared/auth/viewer.ts'

/** Documents that other clients registered by their hash, and how many characters they have together. */
interface Limits {
  readonly perViewer: { readonly documents: number; readonly characters: number }
  readonly overall: { readonly documents: number; readonly characters: number }
}

/** Longer documents are sent each time. */
const MAX_LENGTH = 32 * 1024

const LIMITS: Limits = {
  perViewer: { documents: 200, characters: 512 * 1024 },
  overall: { documents: 2_000, characters: 8 * 1024 * 1024 },
}

interface Entry {
  text: string
  owner: string
}

/** Entries in the order of their last use. */
class RecentlyUsed {
  readonly entries = new Map<string, Entry>()
  characters = 0

  add(hash: string, entry: Entry): void {
    if (!this.entries.delete(hash)) this.characters += entry.text.length
    this.entries.set(hash, entry)
  }

  remove(hash: string): void {
    const entry = this.entries.get(hash)
    if (entry && this.entries.delete(hash)) this.characters -= entry.text.length
  }

  /** The entry used longest ago, while there are more than the limits allow. */
  surplus({ documents, characters }: Limits['overall']): string | null {
    if (this.entries.size <= documents && this.characters <= characters) return null
    return this.entries.keys().next().value ?? null
  }
}

/**
 * Documents that clients registered with their hash (automatic persisted queries). Each viewer may keep so many, and
 * all together so many: the ones used longest ago make room, a viewer's own first. One that was dropped is sent again.
 */
export class RegisteredDocuments {
  readonly #limits: Limits
  readonly #all = new RecentlyUsed()
  readonly #byOwner = new Map<string, RecentlyUsed>()

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits
  }

  get size(): number {
    return this.#all.entries.size
  }

  /** The document of a hash, which counts as used now. */
  get(hash: string): string | undefined {
    const entry = this.#all.entries.get(hash)
    if (!entry) return undefined
    this.#all.add(hash, entry)
    this.#byOwner.get(entry.owner)?.add(hash, entry)
    return entry.text
  }

  /** Keeps a document whose hash was checked. */
  add(hash: string, text: string, { kind, id }: Pick<Viewer, 'kind' | 'id'>): void {
    if (text.length > MAX_LENGTH || this.get(hash) !== undefined) return
    const owner = `${kind} ${id}`
    const own = this.#byOwner.get(owner) ?? new RecentlyUsed()
    this.#byOwner.set(owner, own)
    own.add(hash, { text, owner })
    this.#all.add(hash, { text, owner })
    for (let old = own.surplus(this.#limits.perViewer); old; old = own.surplus(this.#limits.perViewer)) this.#drop(old)
    const { overall } = this.#limits
    for (let old = this.#all.surplus(overall); old; old = this.#all.surplus(overall)) this.#drop(old)
  }

  #drop(hash: string): void {
    const entry = this.#all.entries.get(hash)
    if (!entry) return
    this.#all.remove(hash)
    const own = this.#byOwner.get(entry.owner)
    own?.remove(hash)
    if (own && !own.entries.size) this.#byOwner.delete(entry.owner)
  }
}
