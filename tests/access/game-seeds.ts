// Game sessions with a row of every kind.
import type { Pool } from '../../shared/db/pool.ts'

/** A sheet without anything on it. */
const SHEET = {
  name: 'Sample',
  streetName: null,
  archetype: 'x',
  attributes: { body: 3, quickness: 3, strength: 3, charisma: 3, intelligence: 3, willpower: 3 },
  augmentations: {},
  reactionBonus: 0,
  initiativeDice: 1,
  magic: 0,
  powerFoci: 0,
  hackingPool: 0,
  controlPool: 0,
  skills: [],
  vision: 'normal',
  weapons: [],
  armour: [],
  spells: [],
  karmaEarned: 0,
}
const POOLS = { combat: 0, magic: 0, hacking: 0, control: 0, karma: 0 }
const STATE = { physical: 0, stun: 0, ammo: {}, poolsSpent: POOLS, sustained: [] }

const ROLL = { kind: 'sum', dice: 1, targetNumber: null, faces: [[3]], totals: [3], successes: 0, result: 3 }
const COMBATANT = { name: 'Sample', adjustedReaction: 3, naturalReaction: 3, roll: ROLL, injury: 0, isAble: true }
/** A fight in which the character is next. */
const INITIATIVE = {
  turn: 1,
  phase: null,
  acting: [],
  combatants: [{ ...COMBATANT, passesTaken: 0, isDelayed: false }],
}

const DARK = { normal: 1, 'low-light-cyber': 1, 'low-light': 1, 'thermographic-cyber': 1, thermographic: 1 }
const REPLACED = { 'full-darkness': { modifiers: DARK, source: 'x', certainty: 'core' } }

/** A game session that a person leads: a character, a turn that ended with a roll, one under way, and an event. */
export async function seedGame(pool: Pool, user: string): Promise<string> {
  const { rows } = await pool.query<{ id: string; character: string }>(
    `with s as (insert into gm_sessions (owner_id, title, next_secret, initiative, visibility)
       values ($1, 'x', $2, $5, $6) returning id),
     m as (insert into gm_members (session_id, user_id, role) select id, $1, 'GM' from s)
     insert into gm_characters (session_id, name, player_id, sheet, state)
       select id, 'Sample', $1, $3, $4 from s returning session_id::text as id, id::text as character`,
    [
      user,
      'a'.repeat(64),
      JSON.stringify(SHEET),
      JSON.stringify(STATE),
      JSON.stringify(INITIATIVE),
      JSON.stringify(REPLACED),
    ],
  )
  const { id, character } = rows[0]!
  const turn = async (isOver: boolean) => {
    const made = await pool.query<{ id: string }>(
      `insert into gm_turns (id, session_id, user_id, character_id, message, trace, secret, commitment, salt, ended_at)
       values (gen_random_uuid(), $1, $2, $3, 'x', gen_random_uuid(), $4, 'x', '', case when $5 then now() end)
       returning id::text as id`,
      [id, user, character, 'a'.repeat(64), isOver],
    )
    return made.rows[0]!.id
  }
  await pool.query("insert into gm_scenes (session_id, name, notes, map_notes) values ($1, 'x', '', '')", [id])
  await pool.query(
    `insert into gm_changes (session_id, what, before, after) values ($1, 'x', '{"characters": []}', '{}')`,
    [id],
  )
  const rolled = `${await turn(true)}.1`
  await turn(false)
  const roll = { rollId: rolled, commitment: 'x', salt: '', kind: 'success', dice: 1, targetNumber: 4 }
  const read = { faces: [[5]], totals: [5], successes: 1, result: null, isDisaster: false }
  const parts = [{ name: 'x', value: 4, source: 'sheet', certainty: 'core' }]
  await pool.query(
    `insert into gm_rolls (id, session_id, turn_id, purpose, roll, parts)
     values ($1, $2, split_part($1, '.', 1)::uuid, 'x', $3, $4)`,
    [rolled, id, JSON.stringify({ ...roll, ...read }), JSON.stringify(parts)],
  )
  await pool.query(
    `insert into gm_events (session_id, kind, payload, trace)
     values ($1, 'SYSTEM', '{"content": "x"}', gen_random_uuid())`,
    [id],
  )
  return id
}

/** What is in a seeded game: the turn under way, a roll, the character. */
export async function partsOfGame(pool: Pool, session: string) {
  const { rows } = await pool.query<{ turn: string; roll: string; character: string; scene: string }>(
    `select (select id::text from gm_turns where session_id = $1 and ended_at is null) as turn,
       (select id from gm_rolls where session_id = $1) as roll,
       (select id::text from gm_characters where session_id = $1 limit 1) as character,
       (select id::text from gm_scenes where session_id = $1) as scene`,
    [session],
  )
  return rows[0]!
}
