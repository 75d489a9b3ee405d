// Keeps the first frames of each type on disk, to study what plugins really send. Off unless INGEST_CAPTURE is set.
import { createHash } from 'node:crypto'
import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import { contract } from '../frames/registry.ts'
import type { Log } from '../../shared/log.ts'
import { privateFolder } from '../../shared/private-paths.ts'

/** That we do not know; there is always room for those that we do. */
const MAX_TYPES = 200
const MAX_BYTES = 64 * 1024 * 1024
const MAX_FRAME_BYTES = 1024 * 1024
/** Where frames go that are no frames. */
export const BAD = '_bad'

export interface Capture {
  /** Notes a frame; `type` as it came, null when it was none. Costs a look into a map once a type is full. */
  take(type: string | null, text: string): void
  /** Settles once everything noted is written. */
  written(): Promise<void>
}

/**
 * Keeps the first `n` frames of each type in `folder/<type>.jsonl`, a frame a line. Limits: 200 unknown types, 64 MiB
 * in all, 1 MiB a frame. Counts start at 0 with each process; existing files are appended to.
 */
export function capture(folder: string, n: number, log?: Log): Capture {
  const counts = new Map<string, number>()
  let unknown = 0
  let bytes = 0
  let failed = false
  let writing: Promise<unknown> = Promise.resolve()

  function write(name: string, line: string): void {
    writing = writing
      .then(async () => {
        privateFolder(folder, (text) => log?.warn(text))
        await appendFile(path.join(folder, `${name}.jsonl`), line, { mode: 0o600 })
      })
      .catch((error: unknown) => {
        if (!failed) log?.warn({ error }, 'frames cannot be captured')
        failed = true
      })
  }

  return {
    take(type, text) {
      const key = type === null ? BAD : type.length > 64 ? safeName(type) : type
      const count = counts.get(key) ?? 0
      if (count >= n || failed) return
      if (count === 0 && !contract.has(key)) {
        if (unknown >= MAX_TYPES) return
        unknown++
      }
      const size = Buffer.byteLength(text)
      if (size > MAX_FRAME_BYTES || bytes + size > MAX_BYTES) return
      counts.set(key, count + 1)
      bytes += size
      write(type === null ? BAD : safeName(type), `${text.replaceAll(/[\r\n]+/g, ' ')}\n`)
    },
    written: () => writing.then(() => undefined),
  }
}

/** The type as a file name. Other characters than letters and digits are removed, and a hash keeps such names apart. */
export function safeName(type: string): string {
  if (/^[a-z][a-z0-9_]{3,47}$/.test(type)) return type
  const plain = type
    .slice(0, 32)
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `x-${plain}-${createHash('sha256').update(type).digest('hex').slice(0, 12)}`
}
