import { openDatabase } from '../db/open.ts'

/** Address of the embedded database of a running instance. */
export async function databaseOf(dataDir: string): Promise<string> {
  await using database = await openDatabase({ dataDir })
  if (!database.adopted) throw new Error(`No instance runs on ${dataDir}`)
  return database.url
}
