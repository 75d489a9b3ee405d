import { readFileSync, unwatchFile, watchFile } from 'node:fs'

/** The composed supergraph, and word of it when it changes. */
export interface Supergraph {
  text(): string
  /** Calls back when it may have changed; call what it gives to stop. */
  onChange(changed: () => void): () => void
}

/** One that never changes: that of a process which has its subgraphs within. */
export const fixedSupergraph = (text: string): Supergraph => ({ text: () => text, onChange: () => () => undefined })

const LOOK_EVERY_MS = 2_000

/**
 * Reads it from a file, which is checked every two seconds and at SIGHUP: mounted files send no change notifications.
 */
export function supergraphFile(file: string): Supergraph {
  return {
    text: () => readFileSync(file, 'utf8'),
    onChange(changed) {
      watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, changed)
      process.on('SIGHUP', changed)
      return () => {
        unwatchFile(file, changed)
        process.off('SIGHUP', changed)
      }
    },
  }
}
