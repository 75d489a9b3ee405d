// npm run migrate: brings the schema of DATABASE_URL up to date and says what it did.
import { z } from 'zod'
import { readConfig, settings } from '../config.ts'
import { migrate } from './migrate.ts'
import { openDatabase } from './open.ts'
import { openPool } from './pool.ts'

const { DATABASE_URL, DATA_DIR } = settings
const config = readConfig(z.object({ DATABASE_URL, DATA_DIR }), process.env)
await using database = await openDatabase({ url: config.DATABASE_URL, dataDir: config.DATA_DIR })
const pool = openPool(database.url, { name: 'migrate', max: 1 })
const ran = await migrate(pool)
await pool.end()
console.log(ran.length ? `Ran ${ran.join(', ')}.` : 'The schema is up to date.')
