// Tests that characters made, with the rolls that repeated their failed dice.
import type { Part } from '../rules/breakdown.ts'
import type { Roll } from '../rules/roll.ts'
import type { Reads } from '../session/store.ts'

/** A test with everything that was rolled for it. */
export interface PastTest {
  characterId: string
  purpose: string
  parts: Part[]
  /** The test, then each repetition of what failed before it: one at least. */
  rolls: Roll[]
}

/** The newest test of each character of a session. */
export async function newestTests(client: Reads, sessionId: string): Promise<PastTest[]> {
  const { rows } = await client.query<PastTest>(
    `select c.id as "characterId", t.purpose, t.parts,
       (select json_agg(r.roll order by r.at, r.number) from (
         select roll, at, split_part(id, '.', 2)::bigint as number from gm_rolls
         where id = t.id or reroll_of = t.id) r) as rolls
     from gm_characters c, lateral (
       select id, purpose, parts from gm_rolls
       where character_id = c.id and reroll_of is null
       order by at desc, split_part(id, '.', 2)::bigint desc limit 1) t
     where c.session_id = $1`,
    [sessionId],
  )
  return rows
}
