// What can be known to be wrong before anything is made. Each check gives null, or one plain sentence with the way out.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { distance } from '../world/nearest-names.ts'

const MEGABYTE = 2 ** 20
/** A new embedded database takes 40 MB, its first log files up to 100 MB. */
const LEAST_FREE = { fresh: 256 * MEGABYTE, existing: 32 * MEGABYTE }

/** @throws an error with every fault that the checks found, a line each */
export async function refuseFaults(checks: readonly (Promise<string | null> | string | null)[]): Promise<void> {
  const faults = (await Promise.all(checks)).filter((fault) => fault !== null)
  if (faults.length) throw new Error(faults.join('\n  '))
}

/** Whether DATA_DIR can be written by this user. Makes the folder where there is none. */
export function checkFolder(dataDir: string): string | null {
  const folder = path.resolve(dataDir)
  try {
    makeFolder(folder)
    const probe = path.join(folder, `.write-test-${randomBytes(6).toString('hex')}`)
    fs.writeFileSync(probe, 'x')
    fs.rmSync(probe)
  } catch (error) {
    return folderFault(folder, error as NodeJS.ErrnoException)
  }
  return checkOwner(path.join(folder, 'postgres'))
}

/** Makes a folder and those above. Not by `recursive`: on file systems like /proc Node would try for ever. */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return
  makeFolder(path.dirname(folder))
  try {
    fs.mkdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // another process was first
  }
}

function folderFault(folder: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EROFS') return `DATA_DIR, ${folder}, is on a read-only disk. Set DATA_DIR to a folder elsewhere.`
  if (code === 'EACCES' || code === 'EPERM')
    return (
      `DATA_DIR, ${folder}, may not be written by this user. Give the folder to the user that runs Overlord, or set ` +
      'DATA_DIR to another one.'
    )
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return `DATA_DIR, ${folder}, is no folder: something on the way is a file. Set DATA_DIR to another one.`
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return `The disk of DATA_DIR, ${folder}, is full. Make room, or set DATA_DIR to a folder on another disk.`
  return `DATA_DIR, ${folder}, cannot be used: ${message}`
}

/** The embedded database of another user cannot be read; root runs it as another user itself. */
function checkOwner(folder: string): string | null {
  const me = process.getuid?.()
  const found = fs.lstatSync(folder, { throwIfNoEntry: false })
  if (!me || !found?.isDirectory() || found.uid === me) return null
  return (
    `The embedded database in ${folder} belongs to another user (uid ${found.uid}, this is ${me}). Start Overlord as ` +
    'that user, or set DATA_DIR to another folder.'
  )
}

/** Whether the disk of DATA_DIR has room to start; `hasDatabase` when there is an embedded one already. */
export function checkDisk(dataDir: string, hasDatabase: boolean): string | null {
  const { bavail, bsize } = fs.statfsSync(dataDir)
  const [free, least] = [bavail * bsize, hasDatabase ? LEAST_FREE.existing : LEAST_FREE.fresh]
  if (free >= least) return null
  const mb = (bytes: number) => Math.floor(bytes / MEGABYTE)
  return (
    `The disk of DATA_DIR, ${path.resolve(dataDir)}, has ${mb(free)} MB left; ${mb(least)} MB are needed to start. ` +
    'Make room, or set DATA_DIR to a folder on another disk.'
  )
}

/**
 * Whether a port can be opened. `names` are the settings that change it, such as PORT and HOST. Port 0 is any free one.
 */
export function checkPort(
  host: string,
  port: number,
  names: { port: string; host: string } = { port: 'PORT', host: 'HOST' },
): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', ({ code, message }: NodeJS.ErrnoException) => resolve(portFault(code, message)))
      .listen(port, host, () => probe.close(() => resolve(null)))
  })
  function portFault(code: string | undefined, message: string): string {
    if (code === 'EADDRINUSE')
      return `Port ${port} is taken. Set ${names.port} to another one, or stop the program that uses it.`
    if (code === 'EACCES') return `Port ${port} may not be opened by this user. Set ${names.port} to one above 1023.`
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EINVAL')
      return (
        `${names.host} is ${host}, which is no address of this machine. Set it to 127.0.0.1 for this machine alone, ` +
        'or to 0.0.0.0 for all addresses.'
      )
    return `Port ${port} of ${host} cannot be opened: ${message}`
  }
}

/** Shorter names are too often one letter away from something else. */
const MIN_LENGTH = 6

/**
 * Variables that are no settings, but nearly: each with the setting that was probably meant.
 * @param known names of all settings of all rooms
 */
export function misspelledSettings(
  env: NodeJS.ProcessEnv,
  known: ReadonlySet<string>,
): { name: string; meant: string }[] {
  return Object.keys(env)
    .filter((name) => !known.has(name) && name.length >= MIN_LENGTH)
    .flatMap((name) => {
      const upper = name.toUpperCase().replaceAll('-', '_')
      const near = [...known].find(
        (other) => other.length >= MIN_LENGTH && distance(upper, other) <= 1 + Number(upper.length > 12),
      )
      return near === undefined ? [] : [{ name, meant: near }]
    })
}

/** The same as sentences. */
export const misspellings = (env: NodeJS.ProcessEnv, known: ReadonlySet<string>): string[] =>
  misspelledSettings(env, known).map(
    ({ name, meant }) => `${name} is no setting and has no effect. Did you mean ${meant}?`,
  )

/** Whether this Node is new enough; `needed` as package.json has it, such as `>=20.19`. */
export function checkNode(version: string, needed: string): string | null {
  const numbers = (text: string) =>
    text
      .replace(/^[^\d]*/, '')
      .split('.')
      .map(Number)
  const [has, least] = [numbers(version), numbers(needed)]
  for (const [nth, number] of least.entries())
    if (has[nth] !== number)
      return (has[nth] ?? 0) > number
        ? null
        : `This is Node ${version}; Overlord needs ${needed}. Install a newer Node.`
  return null
}
