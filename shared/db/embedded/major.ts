import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The major version that made a cluster; null where there is none. `data` is the cluster's folder. */
export function clusterMajor(data: string): number | null {
  const file = path.join(data, 'PG_VERSION')
  return fs.existsSync(file) ? Number.parseInt(fs.readFileSync(file, 'utf8'), 10) : null
}

/** Where a cluster of another version lies, whole, in the moment before it takes the place of the old one. */
export const upgradedOf = (data: string): string => `${data}.upgraded`

/** Finishes an upgrade that was killed after the old cluster was moved away: else a new, empty one would be made. */
export function finishSwap(data: string): void {
  if (!fs.existsSync(data) && fs.existsSync(upgradedOf(data))) fs.renameSync(upgradedOf(data), data)
}

/** The major version of the Postgres in a folder with `bin`. */
export async function binaryMajor(native: string): Promise<number> {
  const program = path.join(native, 'bin', 'postgres')
  const { stdout } = await run(program, ['--version']).catch((cause: unknown) => {
    throw new Error(`There is no Postgres in ${native}: ${program} cannot be run.`, { cause })
  })
  const major = Number(/\b(\d+)(?:\.|devel|beta|rc|\s|$)/.exec(stdout)?.[1])
  if (!Number.isInteger(major)) throw new Error(`This is no Postgres: ${native}`)
  return major
}

/** @throws when the cluster was made by another major version: its files cannot be read */
export async function refuseOtherMajor(data: string, native: string): Promise<void> {
  const made = clusterMajor(data)
  if (made === null) return
  const runs = await binaryMajor(native)
  if (made === runs) return
  throw new Error(
    `The embedded database in ${data} was made by Postgres ${made}, and this is Postgres ${runs}. Bring it over with ` +
      `npm run migrate -- --old-postgres DIR, where DIR is the folder of a Postgres ${made}; the old one is kept. Or ` +
      'set POSTGRES_DIR to that folder.',
  )
}
