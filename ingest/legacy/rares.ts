import { transaction, type Client, type Pool } from '../../shared/db/pool.ts'
import { readFrame } from '../frames/read-frame.ts'
import type { RareRow } from '../frames/rare/rows.ts'
import { idCache } from '../rows/id-cache.ts'
import { writeRares } from '../frames/rare/writer.ts'
import { momentOf, oldRows, textOf, type OldRow } from './original.ts'
import type { Report } from './report.ts'

/** The find as the plugin would send it today, read as any frame is. */
function rareOf(row: OldRow, server: string): RareRow | null {
  const at = momentOf(row, 'timestamp', 'at', 'created_at')
  if (at === null) return null
  const frame = {
    type: 'rare',
    character_name: textOf(row, 'character_name'),
    name: textOf(row, 'name', 'rare_name', 'item_name'),
    timestamp: at,
    ew: row['ew'],
    ns: row['ns'],
    z: row['z'],
  }
  const result = readFrame(JSON.stringify(frame), { now: new Date(at), receivedAt: at, server, nextId: () => '0' })
  if (result.kind !== 'kept') return null
  return (result.rows.find(({ table }) => table === 'rares')?.row as RareRow | undefined) ?? null
}

/** LEG2: finds, each once, with the tier that our table of rares gives them. */
export async function importRares(from: Client, pool: Pool, server: string, report: Report): Promise<void> {
  const ids = idCache()
  const events = 'select to_jsonb(e) as row from rare_events e order by e.timestamp'
  for await (const rows of oldRows(from, events)) {
    const finds = rows.map((row) => rareOf(row, server)).filter((row) => row !== null)
    report.left('rares without a name, a finder or a moment', rows.length - finds.length)
    if (!finds.length) continue
    try {
      const stored = await transaction(pool, async (client) => {
        await ids.prepare(
          client,
          finds.map((row) => ({ table: 'rares', row })),
        )
        return writeRares(client, finds, ids)
      })
      if (stored.length) report.brought('rares', stored.length)
      report.left('rares that were here already', finds.length - stored.length)
    } catch (error) {
      ids.forget()
      throw error
    }
  }
}
