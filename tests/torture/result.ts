import type { Pool } from '../../shared/db/pool.ts'
import { itemId, kindOf, type Kind, type Player } from './player.ts'

export interface RunResult {
  sent: number
  acknowledged: number
  stored: number
  /** Acknowledged and not in the database. */
  lost: number
  /** In the database more than once. */
  doubled: number
  /** Stored in another order than sent. */
  disordered: number
  /** Set aside though nothing was wrong with them. */
  setAside: number
  examples: string[]
}

const QUERIES: Record<Kind, string> = {
  chat: `select substring(text from 8)::int as n from chat where character_id = $1 order by id`,
  telemetry: `select kills as n from telemetry where character_id = $1 order by received_at, kills`,
  vitals: `select health as n from vitals where character_id = $1 order by received_at, health`,
  inventory: `select (int_values ->> '5')::int as n from items where character_id = $1 order by 1`,
  rare: `select substring(name from 8)::int as n from rares where character_id = $1 order by id`,
}

/** Counts what the database holds against what was sent and acknowledged, frame by frame. */
export async function evaluateRun(pool: Pool, players: readonly Player[]): Promise<RunResult> {
  const result: RunResult = {
    sent: 0,
    acknowledged: 0,
    stored: 0,
    lost: 0,
    doubled: 0,
    disordered: 0,
    setAside: 0,
    examples: [],
  }
  const addExample = (example: string) => result.examples.length < 20 && result.examples.push(example)
  const { rows: ids } = await pool.query<{ id: number; name: string }>('select id, name from characters')
  const idOf = new Map(ids.map(({ id, name }) => [name, id]))
  for (const player of players) {
    result.sent += player.sent()
    result.acknowledged += player.acknowledged.size
    const found = new Map<number, number>()
    for (const [kind, query] of Object.entries(QUERIES) as [Kind, string][]) {
      const { rows } = await pool.query<{ n: number }>(query, [idOf.get(player.name) ?? 0])
      let last = 0
      for (const { n } of rows) {
        found.set(n, (found.get(n) ?? 0) + 1)
        if (kindOf(n) !== kind || n > player.sent()) addExample(`${player.name} ${kind} ${n} was never sent`)
        if (n < last) {
          result.disordered++
          addExample(`${player.name} ${kind} ${n} after ${last}`)
        }
        last = n
      }
    }
    result.stored += found.size
    for (const [n, times] of found)
      if (times > 1) {
        result.doubled++
        addExample(`${player.name} ${n} is stored ${times} times`)
      }
    for (const n of player.acknowledged)
      if (!found.has(n)) {
        result.lost++
        addExample(`${player.name} ${kindOf(n)} ${n} was acknowledged and is not stored`)
      }
    void itemId
  }
  const { rows } = await pool.query<{ count: number }>('select count(*) from dead_letters')
  result.setAside = rows[0]!.count
  return result
}
