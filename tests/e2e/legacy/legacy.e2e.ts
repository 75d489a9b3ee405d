import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../shared/db/pool.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { signIn } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { layInventory, layMain, manyRares, PASSWORD } from './original.ts'

const MAIN = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'ingest', 'legacy', 'main.js')
const RARES = 450

let overlord: TestOverlord
let from: string[]

const run = promisify(execFile)
const importLegacy = async (...args: string[]) => {
  const env = { PATH: process.env['PATH'], HOME: overlord.dataDir, DATA_DIR: overlord.dataDir }
  return (await run(process.execPath, [MAIN, ...args], { env })).stdout
}

/** A database of its own beside Overlord's. */
async function original(name: string, lay: (pool: ReturnType<typeof openPool>) => Promise<unknown>): Promise<string> {
  const url = new URL(await databaseOf(overlord.dataDir))
  const pool = openPool(url.href, { name: 'test', max: 1 })
  await pool.query(`create database ${name}`)
  await pool.end()
  url.pathname = `/${name}`
  const own = openPool(url.href, { name: 'test', max: 1 })
  await lay(own)
  await own.end()
  return url.href
}

beforeAll(async () => {
  overlord = await startOverlord()
  from = [
    await original('dereth', async (pool) => {
      await layMain(pool)
      await manyRares(pool, RARES)
    }),
    await original('inventory_db', layInventory),
  ]
})
afterAll(() => overlord[Symbol.asyncDispose]())

describe('an original’s database', () => {
  let said: string
  beforeAll(async () => {
    // Somebody whose sword we know better than the original does.
    await using plugin = await overlord.plugin('Sven')
    plugin.send({ type: 'full_inventory', character_name: 'Sven', items: [{ Id: 1342177777, Name: 'Sharper Sword' }] })
    await until('the sword', async () => {
      const { data } = await overlord.graph<{ items: { totalCount: number } }>('{ items { totalCount } }')
      return data.items.totalCount === 1
    })
    said = await importLegacy(...from)
  })

  it('[LEG1] gives its users, who sign in with the passwords they had', async () => {
    const cookie = await signIn(overlord.url, 'Erik', PASSWORD)
    const { data } = await overlord.graph<{ me: object }>('{ me { name role } }', {}, { headers: { cookie } })
    expect(data.me).toEqual({ name: 'Erik', role: 'ADMIN' })
    await signIn(overlord.url, 'Sawato', PASSWORD)
    await expect(signIn(overlord.url, 'admin', PASSWORD)).rejects.toThrow('401')
    expect(said).toContain('2 users\n')
    expect(said).toContain('1 users whose name is taken here')
    expect(said).toContain('1 users whose password is kept in a way we do not take')
    expect(said).toContain('1 users whose name we do not take')
  })

  it('[LEG2] gives its finds, with a tier', async () => {
    const { data } = await overlord.graph<{ rares: object }>(
      `{ rares(where: { characters: ["Larsson", "Sven"] }) { totalCount
        nodes { name tier clientAt ew character { name } } } }`,
    )
    expect(data.rares).toEqual({
      totalCount: 3,
      nodes: [
        {
          name: 'Infinite Leather',
          tier: 'GREAT',
          clientAt: '2025-05-03T10:00:00.000Z',
          ew: -1,
          character: { name: 'Sven' },
        },
        {
          name: "Alchemist's Crystal",
          tier: 'COMMON',
          clientAt: '2025-05-02T10:00:00.123Z',
          ew: 1.5,
          character: { name: 'Larsson' },
        },
        {
          name: 'Star of Tukal',
          tier: 'GREAT',
          clientAt: '2025-05-01T10:00:00.000Z',
          ew: 1.5,
          character: { name: 'Larsson' },
        },
      ],
    })
    expect(said).toContain(`${RARES + 3} rares\n`)
    expect(said).toContain('1 rares without a name, a finder or a moment')
  })

  it('[LEG3] gives the totals of lives, to which is added what is counted here', async () => {
    const TOTALS = '{ character(name: "Larsson") { totals { kills rares } playSession { sessionId } } }'
    expect((await overlord.graph(TOTALS)).data).toMatchObject({ character: { totals: { kills: 120000, rares: 5 } } })
    await using plugin = await overlord.plugin('Larsson')
    plugin.send({ type: 'telemetry', character_name: 'Larsson', session_id: 'new', ew: 1, ns: 2, kills: 12 })
    await until('the kills to be added', async () => {
      const { data } = await overlord.graph<{
        character: { totals: { kills: number }; playSession: { sessionId: string } }
      }>(TOTALS)
      return data.character.totals.kills === 120012 && data.character.playSession.sessionId === 'new'
    })
    expect((await overlord.graph('{ totals(characters: ["Sven"]) { kills rares } }')).data).toEqual({
      totals: { kills: 7, rares: 1 },
    })
    expect(said).toContain('1 totals of characters whose name or figures we do not take')
  })

  it('[LEG4] gives its inventories, from records or else from tables; what we know newer stays', async () => {
    const { data } = await overlord.graph<{ items: { nodes: object[] } }>(
      `{ items { nodes { id name armorLevel wieldedLocation containerId spells activeSpells workmanship intValues
        character { name } } } }`,
    )
    expect(data.items.nodes).toEqual([
      expect.objectContaining({
        id: 'Coldeve:2147665165',
        name: 'Celdon Girth',
        armorLevel: 412,
        wieldedLocation: 1024,
        workmanship: 7,
        spells: [6105, 4704],
        character: { name: 'Larsson' },
      }),
      expect.objectContaining({
        id: 'Coldeve:1342177290',
        name: 'Copper Ring',
        containerId: 1342177283,
        spells: [2081],
        activeSpells: [4305],
        intValues: expect.objectContaining({ 370: 3, 19: 50 }) as object,
      }),
      expect.objectContaining({ id: 'Coldeve:1342177291', name: 'Dagger', intValues: { 5: 90, 218103842: 12 } }),
      expect.objectContaining({ id: 'Coldeve:1342177777', name: 'Sharper Sword', character: { name: 'Sven' } }),
    ])
    expect(said).toContain('1 inventories\n')
    expect(said).toContain('1 inventories that are as new here, or newer')
  })

  it('[LEG5] says what it left out and why, keeps an entry of it, and brings nothing twice', async () => {
    expect(said).toContain('telemetry_events: ')
    expect(said).toContain('rare_stats_sessions: ')
    const STATE = `{ users { nodes { username } } rares { totalCount } items { totalCount } totals { kills rares }
      characters { totalCount } }`
    const before = await overlord.graph(STATE)
    const again = await importLegacy(...from.toReversed())
    expect(again).toMatch(/^Brought:\n {2}nothing\nLeft out:/)
    expect((await overlord.graph(STATE)).data).toEqual(before.data)
    const { data } = await overlord.graph<{ audit: { nodes: object[] } }>(
      '{ audit(where: { actions: ["importLegacy"] }) { nodes { actor outcome } } }',
    )
    expect(data.audit.nodes).toEqual([
      { actor: 'console', outcome: 'OK' },
      { actor: 'console', outcome: 'OK' },
    ])
  })

  it('[LEG5] must be named, and be a Postgres', async () => {
    await expect(importLegacy()).rejects.toThrow('npm run import-legacy')
    await expect(importLegacy('mysql://here/db')).rejects.toThrow('npm run import-legacy')
  })
})
