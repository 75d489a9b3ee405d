import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface EquipmentRow {
  character: string
  /** Counts up with every change of any character's equipment. */
  changeId: string
  clientAt: string
  receivedAt: string
  raw: Record<string, unknown>
}

const SELECT = `
  select c.name as character, e.change_id::text as "changeId", e.at as "clientAt", e.received_at as "receivedAt",
    e.raw from equipment e join characters c on c.id = e.character_id`

export function equipmentLoader(pool: Pool) {
  return new DataLoader<string, EquipmentRow | null>(async (names) => {
    const byName = new Map((await equipmentOf(pool, names)).map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

/** What the named characters (or all) wear. */
export async function equipmentOf(pool: Pool, names: readonly string[] | null): Promise<EquipmentRow[]> {
  const { rows } = await pool.query<EquipmentRow>(
    `${SELECT} where $1::text[] is null or c.name = any($1) order by c.name`,
    [names],
  )
  return rows
}

/** What the named characters (or all) wear, in the order of the last changes, for streams that resume. */
export const storedEquipment = (pool: Pool, names: readonly string[] | null) =>
  storedFacts<EquipmentRow>(
    pool,
    { table: 'equipment', id: 'change_id' },
    {
      areStates: true,
      idOf: ({ changeId }) => changeId,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<EquipmentRow>(
          `${SELECT} where ($1::text[] is null or c.name = any($1)) and e.change_id > $2 and e.change_id <= $3
           order by e.change_id limit $4`,
          [names, after, upTo, limit],
        )
        return rows
      },
    },
  )
