import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { expect, it } from 'vitest'
import { testDatabase } from '../../testing/test-database.ts'

const COMMAND = path.join(import.meta.dirname, 'main.ts')
const verify = (url: string) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', COMMAND, 'verify'], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url },
  }).then(
    ({ stdout }) => stdout,
    (error: { stderr: string }) => error.stderr,
  )

it('npm run audit -- verify changes no database, and says what one without a chain needs', async () => {
  await using database = await testDatabase()
  expect(await verify(database.url)).toBe('0 entries of the audit fit its chain of 0 links.\n')
  await database.pool.query('create database without_a_schema')
  const url = new URL(database.url)
  url.pathname = '/without_a_schema'
  expect(await verify(url.href)).toContain('npm run migrate')
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  const { rows } = await client.query("select relname from pg_class where relnamespace = 'public'::regnamespace")
  await client.end()
  await database.pool.query('drop database without_a_schema')
  expect(rows).toEqual([])
})
