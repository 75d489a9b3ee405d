import type { ToolGraph } from '../tool-graph.ts'
import { McpCharacterChangedDocument } from './character-changed.subscription.gen.ts'

/**
 * Reports characters that have something new to read, at most once a second each. The stream of the graph behind it is
 * open while somebody listens.
 */
export class CharacterUpdates implements Disposable {
  readonly #graph: Pick<ToolGraph, 'follow'>
  readonly #listeners = new Set<(name: string) => void>()
  #stop: (() => void) | null = null

  constructor(graph: Pick<ToolGraph, 'follow'>) {
    this.#graph = graph
  }

  /** Calls `listener` with the name of each such character, until what it returns is called. */
  listen(listener: (name: string) => void): () => void {
    this.#listeners.add(listener)
    this.#stop ??= this.#graph.follow(McpCharacterChangedDocument, {}, ({ telemetryChanged }) => {
      for (const one of this.#listeners) one(telemetryChanged.character.name)
    })
    return () => {
      this.#listeners.delete(listener)
      if (!this.#listeners.size) this[Symbol.dispose]()
    }
  }

  [Symbol.dispose](): void {
    this.#stop?.()
    this.#stop = null
  }
}
