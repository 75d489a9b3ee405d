import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface SheetRow {
  character: string
  /** Counts up with every change of any sheet. */
  changeId: string
  clientAt: string
  receivedAt: string
  level: number | null
  race: string | null
  gender: string | null
  birth: string | null
  totalXp: number | null
  unassignedXp: number | null
  skillCredits: number | null
  luminanceEarned: number | null
  luminanceTotal: number | null
  deaths: number | null
  burdenUnits: number | null
  encumbranceCapacity: number | null
  raw: Record<string, unknown>
}

export function sheetLoader(pool: Pool) {
  return new DataLoader<string, SheetRow | null>(async (names) => {
    const byName = new Map((await sheetsOf(pool, names)).map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

const SELECT = `
    select c.name as character, s.change_id::text as "changeId", s.at as "clientAt", s.received_at as "receivedAt",
      s.level, s.race, s.gender, s.birth, s.total_xp as "totalXp", s.unassigned_xp as "unassignedXp",
       s.skill_credits as "skillCredits", s.luminance_earned as "luminanceEarned",
         s.luminance_total as "luminanceTotal", s.deaths,
       s.burden_units as "burdenUnits", s.encumbrance_capacity as "encumbranceCapacity", s.raw
     from character_sheets s join characters c on c.id = s.character_id`

/** The newest sheets of the named characters. */
export async function sheetsOf(pool: Pool, names: readonly string[]): Promise<SheetRow[]> {
  const { rows } = await pool.query<SheetRow>(`${SELECT} where c.name = any($1)`, [names])
  return rows
}

/** Sheets of the named characters, or of all, in the order of their last changes, for streams that resume. */
export const storedSheets = (pool: Pool, names: readonly string[] | null) =>
  storedFacts<SheetRow>(
    pool,
    { table: 'character_sheets', id: 'change_id' },
    {
      areStates: true,
      idOf: ({ changeId }) => changeId,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<SheetRow>(
          `${SELECT} where ($1::text[] is null or c.name = any($1)) and s.change_id > $2 and s.change_id <= $3
           order by s.change_id limit $4`,
          [names, after, upTo, limit],
        )
        return rows
      },
    },
  )
