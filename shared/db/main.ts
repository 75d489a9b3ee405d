// npm run migrate                          brings the schema up to date and says what it did
// npm run migrate -- --old-postgres DIR    brings the embedded database over from the Postgres in DIR, of another major
//                                          version, while Overlord is stopped
import { parseArgs } from 'node:util'
import { common } from '../settings/common.ts'
import { readConfig } from '../settings/setting.ts'
import { rowsOf, saying } from './backup/saying.ts'
import { faultsAtConsole, onDatabase } from './console.ts'
import { migrate } from './migrate.ts'
import { ClusterError, upgradeCluster } from './upgrade-cluster.ts'

await faultsAtConsole(async (interrupted) => {
  const { values } = parseArgs({ options: { 'old-postgres': { type: 'string' } } })
  const oldPostgres = values['old-postgres']
  if (oldPostgres === undefined) await bringSchema(interrupted)
  else await bringCluster(oldPostgres, interrupted)
})

function bringSchema(interrupted: AbortSignal): Promise<void> {
  return onDatabase('migrate', process.env, interrupted, async (pool) => {
    const ran = await migrate(pool)
    console.log(ran.length ? `Ran ${ran.join(', ')}.` : 'The schema is up to date.')
  })
}

async function bringCluster(oldPostgres: string, interrupted: AbortSignal): Promise<void> {
  const { DATABASE_URL, DATA_DIR, POSTGRES_DIR } = common
  const config = readConfig({ DATABASE_URL, DATA_DIR, POSTGRES_DIR }, process.env)
  if (config.DATABASE_URL)
    throw new ClusterError('DATABASE_URL names a database of your own. Only the embedded one is brought over.')
  const found = { dataDir: config.DATA_DIR, oldPostgres, postgresDir: config.POSTGRES_DIR, interrupted }
  const upgraded = await upgradeCluster(found, saying())
  if (upgraded === null)
    return console.log(
      'The embedded database is of the version of Postgres that runs it: there is nothing to bring over.',
    )
  const { counts, from, to, kept } = upgraded
  console.log(`Brought ${rowsOf(counts)} rows from Postgres ${from} to ${to}. The old database is kept in ${kept};`)
  console.log('remove it once you have seen that everything is there.')
}
