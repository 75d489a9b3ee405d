import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken } from '../../shared/auth/token.ts'
import { COMMAND_PATIENCE_MS } from '../../shared/contract/world-commands.ts'
import { openPool, type Pool } from '../../shared/db/pool.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { testDatabase } from '../../shared/testing/test-database.ts'
import { commandDoor } from './command-door.ts'
import { BOT, DemoWorld } from './demo/demo-world.ts'
import { knownTokens } from './traces/known-tokens.ts'
import { refuseCommands } from './world/missing-world.ts'
import { worldPilot } from './world/pilot.ts'
import { worldWriter } from './world/world-writer.ts'

const resources = new Resources()
let pool: Pool
let server: Server
let secret: string
let reader: string

beforeAll(async () => {
  const database = await testDatabase()
  resources.defer(() => database[Symbol.asyncDispose]())
  pool = openPool(database.url, { name: 'commands', max: 4 })
  resources.defer(() => pool.end())
  const pubsub = memoryPubSub()
  const log = pino({ level: 'silent' })
  secret = (await createToken(pool, 'gateway', ['command'])).secret
  reader = (await createToken(pool, 'reader', ['read', 'trace'])).secret
  const world = new DemoWorld(7)
  const running = resources.use(worldWriter(world, { pool, pubsub, log }))
  const pilot = await worldPilot(world, running, { pubsub, log })
  await pool.query(
    `insert into world_leaders (world, leader, until)
     select world, gen_random_uuid(), now() + interval '1 hour' from unnest(array['demo', 'minecraft']) world`,
  )
  resources.defer(await refuseCommands('minecraft', 'It needs a package.', pubsub))
  resources.defer(() => pilot[Symbol.dispose]())
  const tokens = await knownTokens(pool, pubsub, 'command')
  const door = commandDoor({ pool, pubsub, tokens, world: 'demo' })
  server = createServer((request, response) => void door(request, response, '/command')).listen(0)
  resources.defer(() => void server.close())
})
afterAll(() => resources[Symbol.asyncDispose]())

async function post(sent: unknown, token: string | null = secret) {
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}/command`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(sent),
  })
  const body = (await answer.json()) as { ok?: boolean; result?: object; error?: { message: string; hint: string } }
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), body }
}

describe('POST /command', () => {
  it('is for tokens with the scope `command`, from every address', async () => {
    expect((await post({ action: 'scan' }, null)).status).toBe(401)
    expect((await post({ action: 'scan' }, reader)).status).toBe(403)
  })
  it('runs a command, answers with what was found, and stores it in the audit', async () => {
    const looked = await post({ action: 'look', position: { x: 20, y: 64, z: 8 }, radius: 2 })
    expect(looked).toMatchObject({ status: 200, body: { ok: true, result: { loaded: 25, columns: 25 } } })
    const { body } = await post({ action: 'scan', center: { x: 20, y: 64, z: 8 }, radius: 2 })
    expect(body.result).toMatchObject({ entities: [{ kind: 'BOT', name: BOT }] })
    const { rows } = await pool.query(
      "select viewer_name, subject, outcome, details ->> 'action' as action from audit order by id",
    )
    expect(rows).toEqual([
      { viewer_name: 'gateway', subject: 'demo', outcome: 'OK', action: 'LOOK' },
      { viewer_name: 'gateway', subject: 'demo', outcome: 'OK', action: 'SCAN' },
    ])
  })
  it('says what it cannot do, and what is no command', async () => {
    expect((await post({ action: 'follow', target: 'nobody' })).status).toBe(409)
    expect((await post({ action: 'dispatch', task: 'watch', target: 'SwiftWolf' })).status).toBe(200)
    expect((await post({ action: 'dispatch', task: 'build', target: 'SwiftWolf' })).status).toBe(400)
    expect((await post({ action: 'dance' })).status).toBe(400)
    expect((await post({ action: 'scan', radius: 33 })).status).toBe(400)
    expect((await post({ action: 'scan', world: 'a.b' })).status).toBe(400)
  })
  it('says what a sender can do about a refusal: which token, which fields, when', async () => {
    const refused = async (body: unknown, token?: string | null) => (await post(body, token)).body.error!
    const makeOne = /npm run token -- create NAME --scopes command,/
    expect(await refused({}, null)).toMatchObject({ message: expect.stringMatching(/scope `command`/) as string })
    for (const token of [null, reader, 'ovl_svc_wrong'])
      expect((await refused({}, token)).hint, token ?? '').toMatch(makeOne)
    const noAction = await refused({ action: 'dance' })
    expect(noAction.message).toBe('`action`: Expected follow, scan, look or dispatch')
    expect(noAction.hint).toMatch(/docs\/minds-eye\.md/)
    await pool.query("update paces set room = 0 where key like 'world commands%'")
    const tooMany = await post({ action: 'scan' })
    expect([tooMany.status, tooMany.retryAfter]).toEqual([429, '1'])
    await pool.query("delete from paces where key like 'world commands%'")
  })
  it('says why a world does not run that is set up', async () => {
    const { status, body } = await post({ action: 'scan', world: 'minecraft' })
    expect([status, body]).toEqual([409, { ok: false, message: 'It needs a package.', result: null }])
  })
  it('knows at once that a world is not run, and stores the attempt', async () => {
    const begun = performance.now()
    const { status, body } = await post({ action: 'scan', world: 'nether' })
    expect([status, body.error!.hint]).toEqual([404, expect.stringContaining('WORLD')])
    expect(performance.now() - begun).toBeLessThan(COMMAND_PATIENCE_MS / 2)
    const { rows } = await pool.query("select outcome from audit where subject = 'nether'")
    expect(rows).toEqual([{ outcome: 'NOT_FOUND' }])
  })
})
