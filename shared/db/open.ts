import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { launchPostgres } from './embedded/launch.ts'

/** Where the database is. Disposing it stops an embedded one that we started. */
export interface Database extends AsyncDisposable {
  url: string
  embedded: boolean
  /** It ran before we came, so it is not ours to stop while somebody else may use it. */
  adopted: boolean
}

/**
 * The given database, or the embedded one of the data folder.
 * @param postgresDir with the bin/ of the Postgres to run then; without one, that of the package
 */
export async function openDatabase({
  url,
  dataDir,
  postgresDir,
  keepAdopted = true,
  keepUsed = false,
}: {
  url?: string | undefined
  dataDir: string
  postgresDir?: string | undefined
  keepAdopted?: boolean
  /** Lets one that we started run on while others use it: they adopted it. */
  keepUsed?: boolean
}): Promise<Database> {
  if (url) return { url, embedded: false, adopted: false, [Symbol.asyncDispose]: () => Promise.resolve() }
  const embedded = await launchPostgres(dataDir, postgresDir, keepAdopted)
  return {
    url: embedded.url,
    embedded: true,
    adopted: embedded.adopted,
    async [Symbol.asyncDispose]() {
      // A process that did not start the server must not start it again once its owner has stopped it.
      if ((embedded.adopted && keepAdopted) || (keepUsed && (await isUsed(embedded.url)))) await embedded.leave()
      else await embedded[Symbol.asyncDispose]()
    },
  }
}

/** How long a connection that was closed may still be seen. */
const LINGER_MS = 500

/** Whether others are connected. */
async function isUsed(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: 'overlord look' })
  try {
    await client.connect()
    for (const begun = Date.now(); ; await wait(50)) {
      const { rowCount } = await client.query(
        "select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
      )
      if (!rowCount) return false
      if (Date.now() - begun > LINGER_MS) return true
    }
  } catch {
    return false // it runs no more
  } finally {
    await client.end().catch(() => undefined)
  }
}
