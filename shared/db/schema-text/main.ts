// npm run schema: writes docs/schema.sql from a new database with all migrations, made in a folder that is taken away
// again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { migrate } from '../migrate.ts'
import { openDatabase } from '../open.ts'
import { openPool } from '../pool.ts'
import { readSchema } from './read.ts'

const dataDir = await mkdtemp(path.join(tmpdir(), 'overlord-schema-'))
try {
  await using database = await openDatabase({ dataDir })
  const pool = openPool(database.url, { name: 'schema' })
  await migrate(pool)
  const text = await readSchema(pool)
  await pool.end()
  await writeFile(path.join(process.cwd(), 'docs', 'schema.sql'), text)
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
