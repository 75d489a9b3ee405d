// npm run import-legacy -- <postgres url> [<postgres url>]. Works whether Overlord runs or not.
import { parseArgs } from 'node:util'
import { CONSOLE, keepEntry } from '../../shared/auth/audit.ts'
import { faultsAtConsole, onDatabase } from '../../shared/db/console.ts'
import { migrate } from '../../shared/db/migrate.ts'
import { readConfig } from '../../shared/settings/setting.ts'
import { settings } from '../settings.ts'
import { importLegacy } from './import.ts'

const USAGE = `Brings users, rares, totals and inventories over from an original's databases.

  npm run import-legacy -- postgres://…/dereth [postgres://…/inventory_db]

It may be run again: nothing comes twice. Do it before the plugins are turned over: what both count, counts twice.
`

await faultsAtConsole(async (interrupted) => {
  const { positionals: from } = parseArgs({ allowPositionals: true })
  const isUsable = (from.length === 1 || from.length === 2) && from.every((url) => /^postgres(ql)?:\/\//.test(url))
  if (!isUsable) throw new Error(USAGE)
  await onDatabase('import-legacy', process.env, interrupted, async (pool) => {
    const { GAME_SERVER } = readConfig({ GAME_SERVER: settings.GAME_SERVER }, process.env)
    await migrate(pool)
    const report = await importLegacy({ from, pool, server: GAME_SERVER, now: new Date() })
    await keepEntry(
      pool,
      { by: CONSOLE, action: 'importLegacy', subject: null, details: { report: String(report) } },
      'OK',
    )
    console.log(String(report))
  })
})
