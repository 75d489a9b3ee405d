import { openDatabase } from '../db/open.ts'

/** Address of the embedded database of a house that runs. */
export async function databaseOf(dataDir: string): Promise<string> {
  await using database = await openDatabase({ dataDir })
  if (!database.adopted) throw new Error(`No house runs on ${dataDir}`)
  return database.url
}
