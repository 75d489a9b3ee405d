// What is wrong at the start is found before a database is made, and said in plain words with the way out.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer as createWebServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresEnv } from '../../../shared/testing/ready-cluster.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'

const dist = path.join(import.meta.dirname, '..', '..', '..', 'dist')
let folder: string
beforeAll(async () => void (folder = await tempFolder('starting')))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a program until it ends by itself. */
async function run(file: string, env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const common = { PATH: process.env['PATH']!, HOME: folder, LOG_LEVEL: 'warn', GAME_SERVER_ADDRESS: 'off' }
  const child = spawn(process.execPath, [path.join(dist, file)], { env: { ...common, ...postgresEnv, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, said }
}

/** What is wrong, the settings that make it so, and what must be said. */
async function cases(): Promise<Record<string, [env: Record<string, string>, says: RegExp]>> {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  other.unref()
  const { port } = other.address() as AddressInfo
  const file = path.join(folder, 'a file')
  writeFileSync(file, '')
  const old = path.join(folder, 'old', 'postgres', 'cluster')
  mkdirSync(old, { recursive: true })
  writeFileSync(path.join(old, 'PG_VERSION'), '13\n')
  return {
    'a port that is taken': [{ PORT: String(port) }, /Port \d+ is taken. Set PORT to another one/],
    'an address of another machine': [{ HOST: '203.0.113.7' }, /HOST is 203.0.113.7, which is no address of this/],
    'a folder that is a file': [{ DATA_DIR: file }, /is no folder: something on the way is a file/],
    'a database of another major version': [{ DATA_DIR: path.join(folder, 'old') }, /made by Postgres 13, and this is/],
    'a setting of a wrong kind': [{ PORT: 'many', SESSION_DAYS: '0' }, /PORT: must be[^]*SESSION_DAYS: must be/],
  }
}

const NAMES = [
  'a port that is taken',
  'an address of another machine',
  'a folder that is a file',
  'a database of another major version',
  'a setting of a wrong kind',
]

describe('[OPS12] a start that cannot succeed', () => {
  it.each(NAMES)('ends with one plain message and makes no database: %s', async (name) => {
    const [env, says] = (await cases())[name]!
    const dataDir = path.join(folder, name)
    const { code, said } = await run('overlord.js', { DATA_DIR: dataDir, PORT: '0', ...env })
    expect(said).toMatch(says)
    expect(code).toBe(1)
    expect(said).not.toMatch(/\n\s+at |node:internal/)
    expect(existsSync(path.join(dataDir, 'postgres'))).toBe(false)
  })

  it.each(NAMES)('is explained by the doctor too: %s', async (name) => {
    const [env, says] = (await cases())[name]!
    const { code, said } = await run('doctor.js', { DATA_DIR: path.join(folder, `doctor ${name}`), PORT: '0', ...env })
    expect(said).toMatch(says)
    expect(said).toMatch(/FAULT[^]*to mend/)
    expect(code).toBe(1)
    expect(said).not.toMatch(/\n\s+at |node:internal/)
  })
})

it('[OPS12] the doctor finds nothing wrong with a sound machine, and names settings that are misspelled', async () => {
  const sound = { DATA_DIR: path.join(folder, 'sound'), PORT: '0' }
  expect(await run('doctor.js', sound)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Nothing is wrong') as string,
  })
  const { code, said } = await run('doctor.js', { ...sound, METRIC_TOKEN: 'x' })
  expect([code, said]).toEqual([1, expect.stringContaining('Did you mean METRICS_TOKEN?')])
})

it('[OPS12] the doctor takes an Overlord that answers for no fault: rooms that are processes of their own run there', async () => {
  const server = createWebServer((request, response) => {
    response.end(request.url === '/healthz' ? '{"ok":true,"version":"9.8.7"}' : '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const PORT = String((server.address() as AddressInfo).port)
  const { code, said } = await run('doctor.js', { DATA_DIR: path.join(folder, 'answers'), HOST: '127.0.0.1', PORT })
  await new Promise((resolve) => server.close(resolve))
  expect([code, said]).toEqual([0, expect.stringContaining(`Overlord 9.8.7 answers on port ${PORT}`)])
})

it.each([
  ['agent/main.js', { AGENT_TOKEN: 'x'.repeat(40), INGEST_FRAME_PER_SECOND: '9' }, 'INGEST_FRAMES_PER_SECOND'],
  ['ingest/main.js', { MODEL_DRVER: 'builtin' }, 'MODEL_DRIVER'],
  ['subgraphs/combat/main.js', { DISCORD_GILD_IDS: 'x' }, 'DISCORD_GUILD_IDS'],
])('[OPS12] %s by itself names misspelled settings, those of other rooms too', async (file, env, meant) => {
  const elsewhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', NATS_URL: 'nats://127.0.0.1:1' }
  const foreign = { HOST: '203.0.113.7' } // so that it ends
  const { said } = await run(file, { DATA_DIR: path.join(folder, 'apart'), ...elsewhere, ...foreign, ...env })
  expect(said).toContain(`Did you mean ${meant}?`)
})
