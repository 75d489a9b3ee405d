import { expect, it } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { checkDatabase } from './check-database.ts'
import { refuseOtherMajor } from './embedded/major.ts'
import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { findBinaries } from './embedded/binaries.ts'
import { tempFolder } from '../testing/temp-folder.ts'

const check = (url: string | URL, migrates = true) => checkDatabase(String(url), { migrates })

it('[OPS12] says what is wrong with a database, and the statement that mends it', async () => {
  await using database = await testDatabase()
  const { pool } = database
  expect(await check(database.url)).toBeNull()

  await pool.query("create role visitor login password 'a password for tests only'")
  await pool.query('revoke create on schema public from public')
  const visitor = new URL(database.url)
  visitor.username = 'visitor'
  visitor.password = 'a password for tests only'
  expect(await check(visitor)).toMatch(
    /user visitor .* may not make tables.* grant create, usage on schema public to visitor/,
  )
  expect(await check(visitor, false)).not.toMatch(/make tables/)

  await pool.query('alter role visitor set search_path = nowhere')
  expect(await check(visitor)).toMatch(/no schema to work in.*create schema authorization visitor/)

  visitor.password = 'wrong'
  expect(await check(visitor)).toMatch(/refuses the password/)
  const missing = new URL(database.url)
  missing.pathname = 'no_such_database'
  expect(await check(missing)).toMatch(/does not exist/)
  await pool.query('drop role visitor')
})

it('[OPS12] waits for a database that is away, unless it must answer', async () => {
  const nobody = 'postgres://x:y@127.0.0.1:1/z'
  expect(await check(nobody)).toBeNull()
  expect(await checkDatabase(nobody, { migrates: true, mustAnswer: true })).toMatch(/does not answer/)
})

it('[OPS12] refuses an embedded database of another major version before it touches it', async () => {
  const folder = await tempFolder('major')
  const data = path.join(folder, 'postgres', 'cluster')
  const native = await findBinaries({})
  await refuseOtherMajor(data, native)
  mkdirSync(data, { recursive: true })
  writeFileSync(path.join(data, 'PG_VERSION'), '13\n')
  await expect(refuseOtherMajor(data, native)).rejects.toThrow(
    /made by Postgres 13, and this is Postgres \d+\. Bring it over with npm run migrate -- --old-postgres DIR/,
  )
  await rm(folder, { recursive: true, force: true })
})
