// Our own launcher of the embedded Postgres. It survives what its users do: run as root, kill -9, Ctrl-C, start twice.
import { execFile, spawn, type SpawnOptions } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { withFolderLock } from './folder-lock.ts'
import { findBinaries, type RunAs } from './binaries.ts'
import { finishSwap, refuseOtherMajor } from './major.ts'
import { folderFault, programEnv, serverOptions } from './platform.ts'
import { readPostmaster } from './postmaster.ts'

const run = promisify(execFile)
const NOBODY = 65_534
const USER = 'overlord'
const RETRIES = 40
const RETRY_MS = 1_000
/** How long Postgres may take to stop with a checkpoint. After that it stops at once and recovers at the next start. */
const MAX_STOP_SECONDS = 4

/**
 * A running embedded database. `adopted`: it was running already, left by a process that was killed or is still there.
 */
export interface Embedded extends AsyncDisposable {
  url: string
  adopted: boolean
  /** Looks after it no longer, but lets it run. */
  leave(): PromiseLike<void>
}

/**
 * Starts the Postgres of a data folder, or adopts the one that runs there.
 * Throws with Postgres' own last words when it does not come up.
 * @param postgresDir with the bin/ of another Postgres than the package's; as root, one that `nobody` may run
 * @param keepAdopted lets one that ran already run on when this process ends without disposing it
 */
export async function launchPostgres(dataDir: string, postgresDir?: string, keepAdopted = true): Promise<Embedded> {
  const as: RunAs = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}
  const fault = folderFault(path.resolve(dataDir), process.platform)
  if (fault) throw new Error(fault)
  const dir = await ownFolder(path.resolve(dataDir), as)
  const native = postgresDir ? path.resolve(postgresDir) : await findBinaries(as)
  const data = path.join(dir, 'cluster')
  const log = path.join(dir, 'postgres.log')
  // eslint-disable-next-line no-restricted-properties -- what the system itself needs, and no setting of ours
  const env = programEnv(dir, process.platform, process.env)
  const options = { ...as, cwd: dir, env }
  const command = (name: string, args: string[]) => runApart(path.join(native, 'bin', name), args, options)
  let isOurs = true
  // Only when the process ends without having disposed this, for whatever reason but SIGKILL.
  const stopAtExit = () => isOurs && stopAtOnce(data)

  process.once('exit', stopAtExit)
  const { running, port } = await withFolderLock(dir, async () => {
    finishSwap(data)
    if (!fs.existsSync(path.join(data, 'PG_VERSION'))) await initialise(dir, data, as, command)
    const running = await settled(data)
    if (!running) await refuseOtherMajor(data, native) // one that runs is only connected to, whatever its version
    return { running, port: running?.port ?? (await start(data, log, command, await freePort())) }
  })
  const password = fs.readFileSync(path.join(dir, 'password'), 'utf8').trim()
  const guard = guardServer(data, () =>
    withFolderLock(dir, async () => (await settled(data)) ?? (await start(data, log, command, port))),
  )
  if (running && keepAdopted) isOurs = false
  return {
    url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`,
    adopted: running !== null,
    leave() {
      process.off('exit', stopAtExit)
      return guard[Symbol.asyncDispose]()
    },
    async [Symbol.asyncDispose]() {
      await guard[Symbol.asyncDispose]()
      if (readPostmaster(data)) await stop(data, command)
      process.off('exit', stopAtExit)
    },
  }
}

/**
 * A folder that only its owner reads. Root's is owned by `nobody`. Where `nobody` cannot reach the data folder, the
 * database is in /var/lib/overlord instead, with a link in the data folder.
 */
async function ownFolder(dataDir: string, as: RunAs): Promise<string> {
  fs.mkdirSync(dataDir, { recursive: true })
  const own = path.join(dataDir, 'postgres')
  const linked = fs.lstatSync(own, { throwIfNoEntry: false })?.isSymbolicLink()
  const reachable = as.uid === undefined || (await mayEnter(dataDir, as))
  const dir = linked
    ? fs.readlinkSync(own)
    : reachable
      ? own
      : path.join('/var/lib/overlord', randomBytes(9).toString('hex'))
  if (dir !== own) {
    fs.mkdirSync(path.dirname(dir), { recursive: true, mode: 0o755 })
    if (!linked) fs.symlinkSync(dir, own)
  }
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 })
  if (as.uid !== undefined) fs.chownSync(dir, as.uid, as.gid!)
  return dir
}

async function mayEnter(dir: string, { uid, gid }: RunAs): Promise<boolean> {
  return run('/usr/bin/env', ['test', '-x', dir], { uid, gid, cwd: '/' }).then(
    () => true,
    () => false, // `test` says no by its exit code
  )
}

/**
 * Runs a program in a session of its own: Ctrl-C in a terminal must not end initdb or pg_ctl half way, with a server
 * that nobody knows of.
 */
async function runApart(file: string, args: string[], options: SpawnOptions): Promise<void> {
  const child = spawn(file, args, {
    ...options,
    detached: true,
    windowsHide: true, // else a console opens there for each
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let text = ''
  child.stderr!.setEncoding('utf8').on('data', (piece: string) => (text = (text + piece).slice(-4_000)))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    // Not `close`: the server that pg_ctl starts keeps the pipe.
    child.once('exit', (code) => {
      child.stderr!.destroy()
      if (code === 0) resolve()
      else reject(new Error(`${path.basename(file)} ended with ${code}: ${text.trim()}`))
    })
  })
}

type Command = (name: string, args: string[]) => Promise<unknown>

async function initialise(dir: string, data: string, as: RunAs, command: Command): Promise<void> {
  const passwordFile = path.join(dir, 'password')
  fs.writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (as.uid !== undefined) fs.chownSync(passwordFile, as.uid, as.gid!)
  const half = `${data}.init` // renamed when whole: a killed initdb leaves no half cluster behind
  fs.rmSync(half, { recursive: true, force: true })
  await command('initdb', [
    '-D',
    half,
    '-U',
    USER,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
    '--no-instructions',
  ])
  // What is there without a version is no cluster, and nothing can be read from it.
  if (fs.existsSync(data)) fs.renameSync(data, `${data}.broken-${Date.now()}`)
  fs.renameSync(half, data)
}

/** The server that already runs there, once it is ready; null when there is none. */
async function settled(data: string): Promise<{ port: number } | null> {
  for (let tries = 0; tries < RETRIES; tries++) {
    const found = readPostmaster(data)
    if (!found) return null
    if (found.ready) return found
    await wait(250)
  }
  throw new Error(`A Postgres in ${data} neither becomes ready nor ends. See postgres.log beside it.`)
}

async function start(data: string, log: string, command: Command, port: number): Promise<number> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '', // a data folder's path may be longer than a socket's may be
    max_connections: 60,
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    wal_compression: 'on',
    log_min_messages: 'warning',
    jit: 'off',
  }
  const options = serverOptions(settings)
  for (let tries = 0; ; tries++) {
    try {
      await command('pg_ctl', ['-D', data, '-l', log, '-w', '-t', '120', '-s', '-o', options, 'start'])
      return port
    } catch (cause) {
      const words = lastWords(log)
      if (tries < RETRIES && /lock file|shared memory/.test(words))
        await wait(500) // the killed one is not reaped yet
      else throw new Error(`The embedded Postgres did not start. Its last words:\n${words}`, { cause })
    }
  }
}

/** Stops the server. One that ends by itself meanwhile has stopped too, though pg_ctl calls that a failure. */
async function stop(data: string, command: Command): Promise<void> {
  const stopIn = (mode: string, seconds: number) =>
    command('pg_ctl', ['-D', data, '-m', mode, '-w', '-t', String(seconds), '-s', 'stop'])
  try {
    await stopIn('fast', MAX_STOP_SECONDS)
  } catch {
    if (!readPostmaster(data)) return
    try {
      await stopIn('immediate', MAX_STOP_SECONDS)
    } catch (error) {
      if (readPostmaster(data)) throw error
    }
  }
}

/**
 * Asks the server to stop without a checkpoint, and does not wait for it. Windows ends its first process at once; the
 * others notice that, and the next start recovers.
 */
function stopAtOnce(data: string): void {
  const running = readPostmaster(data)
  if (running) process.kill(running.pid, 'SIGQUIT')
}

const lastWords = (log: string): string => (fs.existsSync(log) ? fs.readFileSync(log, 'utf8').slice(-800) : '(none)')

/** Restarts the server when it was killed, on the same port. */
function guardServer(data: string, again: () => Promise<unknown>): AsyncDisposable {
  let starting: Promise<unknown> | null = null
  const timer = setInterval(() => {
    if (starting || readPostmaster(data)) return
    starting = again()
      .catch(() => undefined) // tried again at the next look; queries fail meanwhile and say so
      .finally(() => (starting = null))
  }, RETRY_MS).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await starting
    },
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })
}
