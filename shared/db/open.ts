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
}: {
  url?: string | undefined
  dataDir: string
  postgresDir?: string | undefined
  keepAdopted?: boolean
}): Promise<Database> {
  if (url) return { url, embedded: false, adopted: false, [Symbol.asyncDispose]: () => Promise.resolve() }
  const embedded = await launchPostgres(dataDir, postgresDir)
  return {
    url: embedded.url,
    embedded: true,
    adopted: embedded.adopted,
    async [Symbol.asyncDispose]() {
      // Whoever only looked in must not start it anew once its owner has stopped it.
      if (embedded.adopted && keepAdopted) await embedded.leave()
      else await embedded[Symbol.asyncDispose]()
    },
  }
}
