// The commands of the guide in the image's file tree: what the Dockerfile copies, and nothing else.
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
let image: string
let data: string
let database: TestDatabase
/** The address of an empty database. */
let empty: string

/** Copies what the last stage of the Dockerfile copies. Packages are those of this tree. */
async function treeOfImage(): Promise<string> {
  const folder = await tempFolder('image')
  const [, last] = readFileSync(path.join(ROOT, 'Dockerfile'), 'utf8').split(/^FROM .*\n(?=ENV)/m)
  for (const [, words] of last!.matchAll(/^COPY (?:--from=build )?(.+)$/gm)) {
    const [to, ...from] = words!.split(' ').reverse()
    for (const one of from) {
      const file = one.replace('/app/', '')
      const isFolder = to!.endsWith('/')
      const target = path.join(folder, to!, isFolder ? path.basename(file) : '')
      mkdirSync(path.dirname(target), { recursive: true })
      cpSync(path.join(ROOT, file), target, { recursive: true })
    }
  }
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

beforeAll(async () => {
  image = await treeOfImage()
  data = await tempFolder('image-data')
  database = await testDatabase()
  const name = `image_${randomUUID().replaceAll('-', '')}`
  await database.pool.query(`create database ${name}`)
  empty = database.url.replace(/\/[^/?]+(?=\?|$)/, `/${name}`)
}, 60_000)
afterAll(async () => {
  await database[Symbol.asyncDispose]()
  for (const folder of [image, data]) await rm(folder, { recursive: true, force: true })
})

function npm(name: string, args: readonly string[] = [], url = database.url) {
  const env = {
    PATH: process.env['PATH'],
    HOME: data,
    DATA_DIR: data,
    DATABASE_URL: url,
    PORT: '0',
    NODE_ENV: 'production',
  }
  const run = spawnSync('npm', ['run', '--silent', name, '--', ...args], { cwd: image, env, encoding: 'utf8' })
  return { status: run.status, printed: `${run.stdout}${run.stderr}` }
}

describe('[OPS14] in the image', () => {
  it('backup, restore, migrate, token, audit and doctor work as documented', async () => {
    await database.pool.query("insert into users (username, role) values ('Kept', 'viewer')")
    const file = path.join(data, 'overlord.backup')
    const steps: [string, string[], RegExp, string?][] = [
      ['migrate', [], /\S/],
      ['token', ['create', 'a-program'], /\S{20}/],
      ['token', ['list'], /a-program/],
      ['backup', [file], /Kept \d+ rows in/],
      ['restore', [file], /Restored \d+ rows/, empty],
      ['audit', ['verify'], /\S/],
      ['doctor', [], /database/i],
    ]
    for (const [name, args, wanted, url] of steps) {
      const { status, printed } = npm(name, args, url)
      expect(printed, name).toMatch(wanted)
      expect([name, status, printed]).toEqual([name, 0, printed])
    }
    const client = new pg.Client({ connectionString: empty })
    await client.connect()
    const { rows } = await client.query('select username from users')
    await client.end()
    expect(rows).toEqual([{ username: 'Kept' }])
  }, 120_000)

  it('[BAK6] a command that is called wrongly, or a file that cannot be used, is said in one line', () => {
    const calls: [string, string[], RegExp][] = [
      ['backup', ['--what'], /Unknown option '--what'/],
      ['backup', ['one', 'two'], /Say npm run backup/],
      ['backup', ['--check'], /Say npm run backup/],
      ['restore', [], /Say npm run backup/],
      ['migrate', ['now'], /Unexpected argument 'now'/],
      ['migrate', ['--old-postgres'], /argument missing/],
      ['import-legacy', ['--what'], /Unknown option '--what'/],
      ['backup', [path.join(data, 'none', 'a')], /cannot be written: there is no such file or folder\. Name a file/],
      ['backup', [data], /cannot be written: it is a folder/],
      ['backup', ['--check', path.join(data, 'none')], /cannot be read: there is no such file or folder/],
      ['restore', [data], /cannot be read: it is a folder/],
      ['restore', [path.join(image, 'package.json')], /This is no backup file of Overlord/],
    ]
    for (const [name, args, wanted] of calls) {
      const { status, printed } = npm(name, args)
      const lines = printed
        .trim()
        .split('\n')
        .filter((line) => !/: [\d,]+ rows, /.test(line)) // of tables that are done
      expect([name, args, status, lines]).toEqual([name, args, 1, [expect.stringMatching(wanted)]])
    }
  }, 120_000)

  it('a command that lacks something says so in its own words', () => {
    for (const name of ['import-legacy', 'discord', 'mcp'])
      expect([name, npm(name).printed]).toEqual([name, expect.not.stringMatching(/MODULE_NOT_FOUND|node:internal|^$/)])
  }, 60_000)
})
