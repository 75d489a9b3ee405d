import { OTHER_TYPES, type PluginFrameType } from '../../shared/contract/plugin-frames.ts'
import { contract } from '../frames/registry.ts'

/** Types that one plugin may name: it chooses those of what it shares. */
const MAX_TYPES = 50

/** Counts the frames of one connection by type. Types that this version does not know are counted together. */
export class FrameTypes {
  readonly #types = new Map<string, PluginFrameType>()

  count(type: string, nowMs: number): void {
    const known = contract.has(type) || type.startsWith('share_')
    const name = known && (this.#types.size < MAX_TYPES || this.#types.has(type)) ? type : OTHER_TYPES
    const found = this.#types.get(name)
    if (!found) this.#types.set(name, { type: name, count: 1, firstMs: nowMs, lastMs: nowMs })
    else {
      found.count++
      found.lastMs = nowMs
    }
  }

  /** Another character registered over the same connection. */
  clear(): void {
    this.#types.clear()
  }

  list(): PluginFrameType[] {
    return [...this.#types.values()].map((type) => ({ ...type }))
  }
}
