// What leaves by the public face: nothing that names or places members of the guild, no text of reporters.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PUBLIC_FACE } from '../../../shared/auth/viewer.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { publicSteps } from './public-steps.ts'
import { publicName, publicTool, publicValue } from './public-values.ts'

let database: TestDatabase
let pool: Pool
let made = 0
beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'public steps', max: 2 })
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select n, now(), now()
     from unnest(array['Larsson of Eastham', 'Ulf', 'Shy Mage']) n`,
  )
  await pool.query(
    `insert into character_settings (name, place_shown, changed_by)
     values ('Ulf', 'HIDDEN', 'test'), ('Shy Mage', 'BLURRED', 'test')`,
  )
})
afterAll(async () => {
  await pool.end()
  await database[Symbol.asyncDispose]()
})

interface Given {
  player?: string
  mode?: string
  tool?: string
  input?: unknown
  result?: unknown
}
/** A stored step as the public is sent it. */
async function shown({ player = 'Marigold', mode = 'god', tool = 'world.look', input = null, result = null }: Given) {
  const { rows } = await pool.query<{ change: string }>(
    `with s as (insert into trace_sessions (source, key, reporter, player) values ('t', $1, 'bot', $2) returning id)
     insert into trace_steps (session_id, call, kind, step, tool, mode, input, result, looked_at, outcome, started_at)
     select id, 'c', 'CALL', 1, $3, $4, $5, $6, '{"x": 42, "y": null, "z": 77, "radius": 3}', 'OK', now() from s
     returning change_id::text as change`,
    [`s${made++}`, player, tool, mode, JSON.stringify(input), JSON.stringify(result)],
  )
  const change = rows[0]!.change
  const [step] = await publicSteps(pool, PUBLIC_FACE).page(String(BigInt(change) - 1n), change, 1)
  const { player: name, mode: how, tool: called, lookedAt, ...other } = step!
  return { player: name, mode: how, tool: called, lookedAt, input: other.input, result: other.result }
}

describe('a step for the public', () => {
  it('of a player of another world shows its places, counts and kinds', async () => {
    const input = { center: { x: 1, y: 64, z: 2 }, radius: 8, type: 'minecraft:stone' }
    const result = { blocks: { oak_log: 4, stone: 2 }, entities: [{ type: 'cow', x: 1, z: 2 }] }
    expect(await shown({ input, result })).toMatchObject({ player: 'Marigold', input, result, lookedAt: { x: 42 } })
  })

  it.each([
    ['by its session', { player: 'larsson of eastham' }],
    ['by an argument', { input: { target: 'Larsson of Eastham', x: 42 } }],
    ['in its result', { result: { entities: [{ type: 'Larsson of Eastham' }] } }],
    ['by a field that is redacted', { input: { character: '[redacted]', x: 42 } }],
  ])('about a character of the guild shows no place: named %s', async (_, given) => {
    expect(await shown(given)).toMatchObject({ input: null, result: null, lookedAt: null })
  })

  it.each([
    ['player', { player: 'Ulf' }],
    ['argument', { input: { target: 'ulf', x: 42, z: 77 } }],
    ['tool', { tool: 'watch.Ulf' }],
    ['mode', { mode: 'after Shy Mage' }],
    ['result', { result: { status: 'shy mage is at 42, 77' } }],
    ['tool, written as one word', { tool: 'watch.shy_mage' }],
    ['player, with another space', { player: 'Shy\u00a0Mage' }],
    ['player, on two lines', { player: 'Shy\nMage' }],
    ['player, in wide letters', { player: '\uff33hy Mage' }],
    ['argument, without a space', { input: { target: 'ShyMage', x: 42 } }],
    ['mode, with what cannot be seen', { mode: 'Shy\u200b-Mage' }],
    ['player, with what cannot be seen inside words', { player: 'S\u200bhy M\u00adage', input: { x: 42, z: 77 } }],
  ])('does not name a character that hides or blurs its place: as %s', async (_, given) => {
    const text = JSON.stringify(await shown(given))
    expect(text.normalize('NFKC')).not.toMatch(/ulf|shy\W*_?mage/i)
    expect(text).not.toMatch(/42|77/)
  })

  it('names a character that shows its place, and others with a name that only begins alike', async () => {
    expect((await shown({ player: 'Larsson of Eastham' })).player).toBe('Larsson of Eastham')
    expect((await shown({ player: 'Ulfric' })).player).toBe('Ulfric')
  })

  it('has no text of a reporter: only kinds, and keys of the list', async () => {
    const hostile = {
      status: 'my password is hunter2',
      to: 'alice@example.com',
      type: '\u001b[31m<script>alert(1)</script>\u202e',
      entities: [{ type: 'cow', note: 'hunter2', name: 'hunter2' }],
      blocks: { stone: 3, 'the secret hunter2': 1, nested: { hunter2: 1 } },
      'hunter2 as a key': 1,
    }
    const text = JSON.stringify(await shown({ input: hostile, result: hostile }))
    expect(text).not.toMatch(/hunter2|password|alice|script|u001b|\u202e|secret/)
    expect(publicValue('t', { blocks: { stone: 3, 'not a kind': 1 } })).toEqual({ blocks: { stone: 3 } })
    expect(publicTool('<b>tool</b>')).toBe('[redacted]')
    expect(publicTool('look(12,64,15)')).toBe('[redacted]')
    expect(publicName('\u202elleh')).toBeNull()
    expect((await shown({ mode: 'see https://evil.example/' })).mode).toBe('active')
  })
})
