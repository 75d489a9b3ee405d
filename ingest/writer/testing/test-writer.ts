// For tests: where frames become rows without a socket before them.
import { contract } from '../../frames/registry.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { handlers } from '../../frames/registry.ts'
import { deadLetter, type Publish, type Row } from '../../rows/row.ts'
import { storeBatch } from '../batch.ts'
import { idCache } from '../../rows/id-cache.ts'
import { StaleMemory } from '../../rows/stale-memory.ts'

export type Frame = Record<string, unknown> & { type: string }

export type TestWriter = ReturnType<typeof testWriter>

/** Where frames become rows, gathered into batches as a test wants them. */
export function testWriter(pool: Pool) {
  let ids = idCache()
  let waiting: Row[] = []
  const queue = (ms: number, raw: Frame) => {
    const decoded = contract.get(raw.type)!.decode(JSON.parse(JSON.stringify(raw)) as typeof raw)
    if (!decoded.ok) throw new Error(`${decoded.path} ${decoded.reason}`)
    const around = {
      now: new Date(ms),
      receivedAt: new Date(ms).toISOString(),
      server: 'Coldeve',
      nextId: () => '1',
      raw,
    }
    const outcome = handlers.get(raw.type)!(decoded.frame as never, around)
    if (outcome.kept) waiting.push(...outcome.rows)
  }
  const flush = async (): Promise<Publish[]> => {
    const rows = waiting
    waiting = []
    const store = () => storeBatch(pool, ids, rows, null)
    // As the writer does: what another process wrote meanwhile is read again.
    return rows.length
      ? store().catch((error: unknown) => (error instanceof StaleMemory ? store() : Promise.reject(error)))
      : []
  }
  return {
    queue,
    flush,
    async store(...frame: Parameters<typeof queue>) {
      queue(...frame)
      return flush()
    },
    /** The batch as it stands is refused by the database, and waits to be stored again. */
    async fail() {
      // Of the table written last: everything before it has been written, and is taken back.
      const frame = { type: null, character: null, path: null, reason: '', frame: '' }
      const poison = deadLetter({ receivedAt: 'never', ...frame })
      const stored = await storeBatch(pool, ids, [...waiting, poison], null).catch(() => null)
      if (stored) throw new Error('The batch was stored')
    },
    /** We are started again: whatever was in mind is not. */
    restart: () => void (ids = idCache()),
  }
}
