import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { hash } from 'bcryptjs'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../shared/db/pool.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { aPerson, signIn } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const TOKEN_COMMAND = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'shared', 'auth', 'main.js')

interface Session {
  id: string
  agent: string
  address: string
  current: boolean
}
const MINE = '{ signIns { id agent address current } }'
const WATCH = 'subscription { telemetryChanged { kills } }'

describe('sessions', () => {
  it('are listed to their person: from where, with what, and which one asks', async () => {
    await using one = await aPerson(overlord, 'Lister')
    await one.again('another browser')
    const { data } = await one.graph<{ signIns: Session[] }>(MINE)
    expect(data.signIns.map(({ agent, address, current }) => [agent, address, current]).sort()).toEqual([
      ['a browser', expect.stringMatching(/^(127\.0\.0\.x|::1)$/), true],
      ['another browser', expect.any(String), false],
    ])
  })

  it('of others are for admins, to see and to end', async () => {
    await using one = await aPerson(overlord, 'Private One')
    await using other = await aPerson(overlord, 'Curious')
    expect(await other.code('query ($user: ID) { signIns(user: $user) { id } }', { user: one.id })).toBe('FORBIDDEN')
    const { data } = await one.graph<{ signIns: Session[] }>(MINE)
    const end = 'mutation ($id: ID!) { revokeSignIn(input: { id: $id }) { revokedSignInId } }'
    expect(await other.code(end, { id: data.signIns[0]!.id })).toBe('NOT_FOUND')
    const seen = await overlord.graph<{ signIns: Session[] }>('query ($user: ID) { signIns(user: $user) { id } }', {
      user: one.id,
    })
    expect(seen.data.signIns).toEqual([{ id: data.signIns[0]!.id }])
    await overlord.graph(end, { id: data.signIns[0]!.id })
    expect((await one.graph('{ me { name } }')).status).toBe(401)
    expect(await other.code('{ me { name } }')).toBeNull()
  })

  it('that end take the streams they opened with them, by WebSocket and by SSE, and no others', async () => {
    await using one = await aPerson(overlord, 'Watcher')
    await using same = await one.again('kept browser')
    await using other = await aPerson(overlord, 'Bystander')
    await using ended = one.feed(WATCH, 'telemetryChanged')
    await using kept = same.feed(WATCH, 'telemetryChanged')
    await using beside = other.feed(WATCH, 'telemetryChanged')
    await using program = overlord.feed(WATCH, 'telemetryChanged')
    const stream = await fetch(`${overlord.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', cookie: one.cookie },
      body: JSON.stringify({ query: WATCH }),
    })
    const reading = stream.text().catch(() => 'cut off')
    await using plugin = await overlord.plugin('Mover')
    const move = (kills: number) => plugin.send({ type: 'telemetry', character_name: 'Mover', ew: 1, ns: 1, kills })
    await until('everybody to watch', () => {
      move(1)
      return [ended, kept, beside, program].every((feed) => feed.seen.length > 0)
    })
    expect(
      (
        await same.graph<{ revokeOtherSignIns: { revokedCount: number } }>(
          'mutation { revokeOtherSignIns { revokedCount } }',
        )
      ).data,
    ).toEqual({
      revokeOtherSignIns: { revokedCount: 1 },
    })
    await until('the stream of the ended session to close', () => ended.ended(), 5_000)
    expect(ended.ended()).toMatchObject({ code: 4403 })
    await reading
    move(2)
    for (const feed of [kept, beside, program]) await feed.find((event) => (event as { kills: number }).kills === 2)
    expect([kept.ended(), beside.ended(), program.ended()]).toEqual([null, null, null])
  })

  it('end with the role they were opened with; a token’s streams end with the token', async () => {
    await using one = await aPerson(overlord, 'Promoted')
    await using stream = one.feed(WATCH, 'telemetryChanged')
    const made = await overlord.graph<{ createToken: { token: { id: string }; secret: string } }>(
      'mutation { createToken(input: { name: "short-lived" }) { token { id } secret } }',
    )
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, made.data.createToken.secret)
    await using program = openFeed(client, WATCH, 'telemetryChanged')
    await using plugin = await overlord.plugin('Mover')
    await until('both to watch', () => {
      plugin.send({ type: 'telemetry', character_name: 'Mover', ew: 1, ns: 1 })
      return stream.seen.length > 0 && program.seen.length > 0
    })
    await overlord.graph('mutation ($id: ID!) { setUserRole(input: { id: $id, role: OPERATOR }) { user { role } } }', {
      id: one.id,
    })
    await until('the person’s stream to close', () => stream.ended(), 5_000)
    expect(program.ended()).toBeNull()
    await overlord.graph('mutation ($id: ID!) { revokeToken(input: { id: $id }) { revokedTokenId } }', {
      id: made.data.createToken.token.id,
    })
    await until('the program’s stream to close', () => program.ended(), 5_000)
    expect([stream.ended(), program.ended()]).toMatchObject([{ code: 4403 }, { code: 4403 }])
    await client.dispose()
  })

  it('[PPL4] end within a second of the time at which a token or a session ends', async () => {
    const endsAt = Date.now() + 3_000
    const made = await overlord.graph<{ createToken: { secret: string } }>(
      'mutation ($at: DateTime!) { createToken(input: { name: "for-seconds", expiresAt: $at }) { secret } }',
      { at: new Date(endsAt).toISOString() },
    )
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, made.data.createToken.secret)
    await using program = openFeed(client, WATCH, 'telemetryChanged')
    await using one = await aPerson(overlord, 'Short')
    const database = new pg.Client({ connectionString: await databaseOf(overlord.dataDir) })
    await database.connect()
    await database.query('update user_sessions set ends_at = $1 where user_id = $2', [new Date(endsAt), one.id])
    await database.end()
    await using session = one.feed(WATCH, 'telemetryChanged')
    await using plugin = await overlord.plugin('Mover')
    await until('both to watch', () => {
      plugin.send({ type: 'telemetry', character_name: 'Mover', ew: 1, ns: 1 })
      return program.seen.length > 0 && session.seen.length > 0
    })
    await until('both to close', () => program.ended() && session.ended(), 10_000)
    const late = Date.now() - endsAt
    expect([program.ended(), session.ended()]).toMatchObject([{ code: 4403 }, { code: 4403 }])
    expect(late).toBeGreaterThan(-50)
    expect(late).toBeLessThan(1_000)
    await client.dispose()
  })

  it('[PPL2] of a token end when it is revoked on the server’s console, while Overlord runs', async () => {
    const made = await overlord.graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "by-hand" }) { secret } }',
    )
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, made.data.createToken.secret)
    await using program = openFeed(client, WATCH, 'telemetryChanged')
    await using other = overlord.feed(WATCH, 'telemetryChanged')
    await using plugin = await overlord.plugin('Mover')
    await until('both to watch', () => {
      plugin.send({ type: 'telemetry', character_name: 'Mover', ew: 1, ns: 1 })
      return program.seen.length > 0 && other.seen.length > 0
    })
    await promisify(execFile)(process.execPath, [TOKEN_COMMAND, 'revoke', 'by-hand'], {
      env: { PATH: process.env['PATH'], DATA_DIR: overlord.dataDir, DATABASE_URL: await databaseOf(overlord.dataDir) },
    })
    await until('the program’s stream to close', () => program.ended(), 5_000)
    expect(program.ended()).toMatchObject({ code: 4403 })
    expect(other.ended()).toBeNull()
    await client.dispose()
  })

  it('[PPL3] go on under a new cookie when the password is set: open connections stay, the old cookie is refused', async () => {
    await using one = await aPerson(overlord, 'Changer')
    await using stream = one.feed<{ kills: number }>(WATCH, 'telemetryChanged')
    await using other = await one.again('another browser')
    await using plugin = await overlord.plugin('Mover')
    const move = (kills: number) => plugin.send({ type: 'telemetry', character_name: 'Mover', ew: 1, ns: 1, kills })
    await until('the person to watch', () => {
      move(1)
      return stream.seen.length > 0
    })
    const answer = await fetch(`${overlord.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: one.cookie },
      body: JSON.stringify({
        query: `mutation {
            done: setPassword(input: { currentPassword: "a password for people in tests", newPassword:
            "another password for tests" }) {
              viewer { name }
            }
          }`,
      }),
    })
    expect(await answer.json()).toEqual({ data: { done: { viewer: { name: 'Changer' } } } })
    const fresh = answer.headers.get('set-cookie')!.split(';')[0]!
    expect((await one.graph('{ me { name } }')).status).toBe(401)
    expect((await other.graph('{ me { name } }')).status).toBe(401)
    const mine = await overlord.graph<{ signIns: Session[] }>(MINE, {}, { headers: { cookie: fresh } })
    expect(mine.data.signIns.map(({ current }) => current)).toEqual([true])
    move(2)
    await stream.find(({ kills }) => kills === 2)
    await overlord.graph('mutation ($id: ID!) { revokeSignIn(input: { id: $id }) { revokedSignInId } }', {
      id: mine.data.signIns[0]!.id,
    })
    await until('the stream to end with the session', () => stream.ended(), 5_000)
  })

  it('are rotated at sign-in: what the browser had before is not good any more', async () => {
    await using one = await aPerson(overlord, 'Rotator')
    const answer = await fetch(`${overlord.url}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: one.cookie },
      body: JSON.stringify({ username: one.name, password: 'a password for people in tests' }),
    })
    const fresh = answer.headers.get('set-cookie')!.split(';')[0]!
    expect(fresh).not.toBe(one.cookie)
    expect((await one.graph('{ me { name } }')).status).toBe(401)
    expect((await overlord.graph('{ me { name } }', {}, { headers: { cookie: fresh } })).status).toBe(200)
  })

  it('end after a while without a sign, and at the latest when they must', async () => {
    await using idle = await aPerson(overlord, 'Idler')
    await using old = await aPerson(overlord, 'Old Timer')
    const pool = openPool(await databaseOf(overlord.dataDir), { name: 'test', max: 1 })
    await pool.query("update user_sessions set seen_at = now() - interval '7 days 1 minute' where user_id = $1", [
      idle.id,
    ])
    await pool.query("update user_sessions set ends_at = now() - interval '1 second' where user_id = $1", [old.id])
    await pool.end()
    expect((await idle.graph('{ me { name } }')).status).toBe(401)
    expect((await old.graph('{ me { name } }')).status).toBe(401)
  })

  it('of an old installation are not carried over, but bcrypt passwords are: once, then kept as argon2id', async () => {
    const pool = openPool(await databaseOf(overlord.dataDir), { name: 'test', max: 1 })
    for (const [n, version] of ['$2a$', '$2b$', '$2y$'].entries()) {
      const old = (await hash('their old password', 6)).replace(/^\$2.\$/, version)
      await pool.query("insert into users (username, password_hash, role) values ($1, $2, 'viewer')", [`Old${n}`, old])
      await expect(signIn(overlord.url, `Old${n}`, 'not their password')).rejects.toThrow('401')
      await signIn(overlord.url, `Old${n}`, 'their old password')
      const { rows } = await pool.query<{ password_hash: string }>(
        'select password_hash from users where username = $1',
        [`Old${n}`],
      )
      expect(rows[0]!.password_hash).toMatch(/^\$argon2id\$/)
      await signIn(overlord.url, `Old${n}`, 'their old password')
    }
    await pool.end()
  })
})

interface Entry {
  actor: string
  actorKind: string
  action: string
  subject: string | null
  outcome: string
  details: Record<string, unknown>
}
const AUDIT = `query ($where: AuditWhere) { audit(where: $where, first: 200) { totalCount
    nodes { actor actorKind action subject outcome details } } }`
const audit = async (where: object) =>
  (await overlord.graph<{ audit: { nodes: Entry[] } }>(AUDIT, { where })).data.audit.nodes

describe('the audit', () => {
  it('holds every write: who, what, on what, and what became of it; and never a secret', async () => {
    await using one = await aPerson(overlord, 'Scribe')
    expect(
      await one.code(
        'mutation { createUser(input: { username: "Nope", password: "forbidden words" }) { user { id } } }',
      ),
    ).toBe('FORBIDDEN')
    expect(
      await one.code(
        `mutation {
          setPassword(input: { currentPassword: "a wrong password", newPassword: "their next password" }) {
            viewer { name }
          }
        }`,
      ),
    ).toBe('BAD_CREDENTIALS')
    const entries = await audit({ actor: 'scribe' })
    expect(entries.map(({ actorKind, action, subject, outcome }) => [actorKind, action, subject, outcome])).toEqual([
      ['USER', 'setPassword', null, 'BAD_CREDENTIALS'],
      ['USER', 'createUser', 'Nope', 'FORBIDDEN'],
      ['USER', 'signIn', 'Scribe', 'OK'],
    ])
    expect(entries[1]!.details).toEqual({ username: 'Nope', role: 'VIEWER' })
    const everything = await overlord.graph('{ audit(first: 500) { nodes { actor subject details } } }')
    for (const secret of [
      'a password for',
      'forbidden words',
      'a wrong password',
      'their next',
      'their old',
      'ovl_svc_',
    ])
      expect(JSON.stringify(everything.data)).not.toContain(secret)
  })

  it('holds who could not sign in, and which command a token sent', async () => {
    await expect(signIn(overlord.url, 'nobody\u202e here', 'a guess at a password')).rejects.toThrow('401')
    expect((await audit({ actor: 'nobody\u202e here' })).map(({ actorKind, outcome }) => [actorKind, outcome])).toEqual(
      [['UNAUTHENTICATED', 'BAD_CREDENTIALS']],
    )
    await overlord.graph(
      'mutation { sendCommand(input: { character: "Nobody Home", command: "/say hi" }) { outcome } }',
      {},
      { headers: { authorization: `Bearer ${overlord.token}` }, mayFail: true },
    )
    expect(await audit({ actions: ['sendCommand'] })).toMatchObject([
      {
        actor: 'test',
        actorKind: 'TOKEN',
        subject: 'Nobody Home',
        outcome: 'FORBIDDEN',
        details: { command: '/say hi' },
      },
    ])
  })

  it('is for admins', async () => {
    await using one = await aPerson(overlord, 'Snoop', 'OPERATOR')
    expect(await one.code('{ audit { totalCount } }')).toBe('FORBIDDEN')
  })

  it('keeps a refused write and goes on: two admins cannot take the right from each other at once', async () => {
    await using one = await aPerson(overlord, 'Admin Two', 'ADMIN')
    const demote = 'mutation ($id: ID!) { setUserRole(input: { id: $id, role: VIEWER }) { user { role } } }'
    const { data } = await overlord.graph<{ users: { nodes: { id: string; username: string }[] } }>(
      '{ users { nodes { id username } } }',
    )
    const first = data.users.nodes.find(({ username }) => username === 'admin')!
    const outcomes = await Promise.all([
      overlord.graph(demote, { id: one.id }, { mayFail: true }),
      one.graph(demote, { id: first.id }),
    ])
    const refused = outcomes.filter(({ errors, status }) => errors ?? status !== 200)
    expect(refused).toHaveLength(1)
  })
})
