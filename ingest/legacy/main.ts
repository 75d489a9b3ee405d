// npm run import-legacy -- <postgres url> [<postgres url>]. Works whether Overlord runs or not.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { CONSOLE, keepEntry } from '../../shared/auth/audit.ts'
import { readConfig, settings } from '../../shared/config.ts'
import { migrate } from '../../shared/db/migrate.ts'
import { openDatabase } from '../../shared/db/open.ts'
import { openPool } from '../../shared/db/pool.ts'
import { importLegacy } from './import.ts'

const USAGE = `Brings users, rares, totals and inventories over from an original's databases.

  npm run import-legacy -- postgres://…/dereth [postgres://…/inventory_db]

It may be run again: nothing comes twice. Do it before the plugins are turned over: what both count, counts twice.
`

async function main(): Promise<void> {
  const { positionals: from } = parseArgs({ allowPositionals: true })
  if (!from.length || from.length > 2 || !from.every((url) => /^postgres(ql)?:\/\//.test(url))) throw new Error(USAGE)
  const { DATABASE_URL, DATA_DIR, GAME_SERVER } = readConfig(
    z.object({
      DATABASE_URL: settings.DATABASE_URL,
      DATA_DIR: settings.DATA_DIR,
      GAME_SERVER: settings.GAME_SERVER,
    }),
    process.env,
  )
  const database = await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR })
  const pool = openPool(database.url, { name: 'import-legacy', max: 2 })
  try {
    await migrate(pool)
    const report = await importLegacy({ from, pool, server: GAME_SERVER, now: new Date() })
    await keepEntry(pool, { by: CONSOLE, action: 'importLegacy', subject: null, details: { report: String(report) } }, 'OK') // prettier-ignore
    console.log(String(report))
  } finally {
    await pool.end()
    await database[Symbol.asyncDispose]()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
