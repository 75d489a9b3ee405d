import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A new folder below the system's temporary one, with a blank in its name as people's folders have. */
export async function tempFolder(what: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `overlord ${what} `))
  await chmod(folder, 0o711) // else root's database is laid elsewhere, and stays when the folder goes
  return folder
}
