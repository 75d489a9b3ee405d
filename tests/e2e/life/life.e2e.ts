import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { describe, expect, it } from 'vitest'
import { postgresEnv } from '../../../shared/testing/ready-cluster.ts'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const root = path.join(import.meta.dirname, '..', '..', '..')
/** Starts one that is expected to end by itself, and gives what it said. */
const runOverlord = (env: Record<string, string>) =>
  new Promise<{ status: number | string | null | undefined; stderr: string }>((resolve) =>
    execFile(
      process.execPath,
      [path.join(root, 'dist', 'overlord.js')],
      { env: { PATH: process.env['PATH'], ...env }, timeout: 60_000 },
      (error, _, stderr) => resolve({ status: error ? error.code : 0, stderr }),
    ),
  )

describe('settings', () => {
  it('that cannot be used stop the start, every fault named at once, no value shown', async () => {
    const { status, stderr } = await runOverlord({
      PORT: 'many',
      DATABASE_URL: 'mysql://hunter2@x',
      SHARED_SECRET: 'short',
      TRUST_PROXY: 'perhaps',
      POSTGRES_DIR: '/nowhere',
    })
    expect(status).toBe(1)
    for (const name of ['PORT', 'DATABASE_URL', 'SHARED_SECRET', 'TRUST_PROXY', 'POSTGRES_DIR'])
      expect(stderr).toContain(`${name}:`)
    expect(stderr).not.toContain('hunter2')
  })
})

describe('an Overlord process', () => {
  it('keeps what it stored through kill -9, adopts the database it left behind, and ends politely', async () => {
    await using overlord = await startOverlord()
    {
      await using plugin = await overlord.plugin('Survivor')
      plugin.send({ type: 'rare', character_name: 'Survivor', name: 'Infinite Leather' })
      await until(
        'the rare',
        async () =>
          (await overlord.graph<{ rares: { totalCount: number } }>('{ rares { totalCount } }')).data.rares
            .totalCount === 1,
      )
    }
    await overlord.kill9()
    await overlord.restart()
    const { data } = await overlord.graph<{ rares: { nodes: unknown[] } }>(
      '{ rares { nodes { name character { name } } } }',
    )
    expect(data.rares.nodes).toEqual([{ name: 'Infinite Leather', character: { name: 'Survivor' } }])
    expect(await overlord.stop()).toBe(0)
    expect(existsSync(path.join(overlord.dataDir, 'overlord.pid'))).toBe(false)
    await overlord.restart()
  })

  it('restarts its database when it is killed, and stores frames received meanwhile', async () => {
    await using overlord = await startOverlord()
    await using plugin = await overlord.plugin('Patient')
    await using _fights = overlord.feed('subscription { combatChanged { at } }', 'combatChanged')
    const fight = () =>
      plugin.send({ type: 'combat_stats', character_name: 'Patient', session_id: 's', session: { total_kills: 1 } })
    for (let n = 0; n < 50; n++) fight()
    const said = async () =>
      (await overlord.graph<{ chat: { nodes: unknown[] } }>('{ chat { nodes { text } } }', {}, { mayFail: true })).data
        ?.chat?.nodes.length
    plugin.send({ type: 'chat', character_name: 'Patient', text: 'before' })
    await until('the first line', async () => (await said()) === 1)
    process.kill(
      Number(readFileSync(path.join(overlord.dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGKILL',
    )
    for (let n = 0; n < 50; n++) fight()
    plugin.send({ type: 'chat', character_name: 'Patient', text: 'meanwhile' })
    await until('the second line', async () => (await said()) === 2, 30_000)
    expect(plugin.isOpen()).toBe(true)
  })

  it('ends whole though its database was killed a moment before', async () => {
    const overlord = await startOverlord()
    await using _house = { [Symbol.asyncDispose]: () => rm(overlord.dataDir, { recursive: true, force: true }) }
    const cluster = path.join(overlord.dataDir, 'postgres', 'cluster')
    process.kill(Number(readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL')
    const asked = () => overlord.graph('{ chat { nodes { id } } }', {}, { mayFail: true })
    await until('it is gone', async () => Boolean((await asked()).errors))
    expect(await overlord.stop(), overlord.output()).toBe(0)
    expect(existsSync(path.join(overlord.dataDir, 'overlord.pid'))).toBe(false)
  })

  it('and commands beside its very first start make one database', async () => {
    const dataDir = await tempFolder('first')
    await using _folder = { [Symbol.asyncDispose]: () => rm(dataDir, { recursive: true, force: true }) }
    const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, ...postgresEnv }
    const create = (name: string) =>
      promisify(execFile)(process.execPath, ['dist/shared/auth/main.js', 'create', name, '--scopes', 'read'], {
        cwd: root,
        env,
      })
    const made = await Promise.all(['one', 'two', 'three'].map(create))
    for (const { stdout } of made) expect(stdout).toContain('ovl_svc_')
    const overlord = await startOverlord({ env: { DATA_DIR: dataDir } })
    await using _house = overlord
    const { data } = await overlord.graph<{ tokens: { nodes: { name: string }[] } }>('{ tokens { nodes { name } } }')
    expect(data.tokens.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining(['one', 'two', 'three']))
  })

  it('is alone on its data folder: a second one says who is there', async () => {
    await using overlord = await startOverlord()
    const second = await runOverlord({ DATA_DIR: overlord.dataDir, PORT: '0' })
    expect(second.status).toBe(1)
    expect(second.stderr).toMatch(/already runs on .* \(process \d+\)/)
    await overlord.graph('{ me { name } }')
  })

  it('makes its secrets once, for its owner’s eyes only, and shows the plugin’s at the first start', async () => {
    const dataDir = await tempFolder('life')
    const first = await startOverlord({ env: { DATA_DIR: dataDir, SHARED_SECRET: '', SECRET_KEY: '' } })
    const secret = readFileSync(path.join(dataDir, 'shared-secret'), 'utf8').trim()
    expect(first.output()).toContain(secret)
    for (const file of ['shared-secret', 'secret-key'])
      expect(statSync(path.join(dataDir, file)).mode & 0o777).toBe(0o600)
    await first[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('prints a link that signs the first admin in, once', async () => {
    const output = await startWithoutPassword()
    expect(output.statuses).toEqual([303, 303])
    expect(output.locations).toEqual(['/', '/login?expired=1'])
  })
})

async function startWithoutPassword(): Promise<{ statuses: number[]; locations: (string | null)[] }> {
  const dataDir = await tempFolder('life')
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, [path.join(root, 'dist', 'overlord.js')], {
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0', GAME_SERVER_ADDRESS: 'off' },
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  const link = await until('the link', () => /http\S+\/login\?link=\S+/.exec(said)?.[0])
  const answers = [await fetch(link, { redirect: 'manual' }), await fetch(link, { redirect: 'manual' })]
  child.kill('SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
  await rm(dataDir, { recursive: true, force: true })
  return {
    statuses: answers.map((answer) => answer.status),
    locations: answers.map((answer) => answer.headers.get('location')),
  }
}
