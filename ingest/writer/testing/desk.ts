// For tests: where frames become rows without a socket before them.
import { contract } from '../../../shared/contract/index.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { handlers } from '../../handlers/handlers.ts'
import type { Publish, Row } from '../../outcome.ts'
import { storeBatch } from '../batch.ts'
import { dimensions } from '../dimensions.ts'
import { StaleMemory } from '../stale-memory.ts'

export type Frame = Record<string, unknown> & { type: string }

export type Desk = ReturnType<typeof desk>

/** Where frames become rows, gathered into batches as a test wants them. */
export function desk(pool: Pool) {
  let known = dimensions()
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
    const store = () => storeBatch(pool, known, rows, null)
    // As the writer does: what somebody else wrote meanwhile is read anew.
    return rows.length ? store().catch((error: unknown) => (error instanceof StaleMemory ? store() : Promise.reject(error))) : [] // prettier-ignore
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
      const poison: Row = { table: 'dead_letters', row: { receivedAt: 'never', ...frame } }
      const stored = await storeBatch(pool, known, [...waiting, poison], null).catch(() => null)
      if (stored) throw new Error('The batch was stored')
    },
    /** We are started again: whatever was in mind is not. */
    restart: () => void (known = dimensions()),
  }
}
