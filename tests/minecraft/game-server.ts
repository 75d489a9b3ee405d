// A real Minecraft server and its players for tests, installed beside the project when a test first needs them: they
// are larger than the project.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const SOURCE = import.meta.dirname
/** The folder with the `node_modules` that they are in. */
export const MINECRAFT_FOLDER = path.join(SOURCE, '..', '..', 'dist', 'minecraft')
const INSTALL_MS = 300_000

/** Installs them, unless they are there. Throws with npm's own words when they cannot be had. */
export async function installMinecraft(): Promise<void> {
  const isThere = ['flying-squid', 'mineflayer'].every((name) =>
    existsSync(path.join(MINECRAFT_FOLDER, 'node_modules', name, 'package.json')),
  )
  if (isThere) return
  await mkdir(MINECRAFT_FOLDER, { recursive: true })
  for (const file of ['package.json', 'package-lock.json'])
    await cp(path.join(SOURCE, file), path.join(MINECRAFT_FOLDER, file))
  const options = { cwd: MINECRAFT_FOLDER, timeout: INSTALL_MS, shell: true }
  await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], options)
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

export interface GameServer {
  kill(): Promise<void>
}

/** Starts a server of a version; it listens when this settles. Those who join may use commands, but for guests. */
export async function startGameServer(
  version: string,
  port: number,
  players: 'operators' | 'guests' = 'operators',
): Promise<GameServer> {
  const child: ChildProcess = spawn(
    process.execPath,
    [path.join(SOURCE, 'server.js'), MINECRAFT_FOLDER, version, String(port), players],
    { cwd: MINECRAFT_FOLDER, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (data: Buffer) => data.includes('listening') && resolve())
    child.once('exit', (code) => reject(new Error(`The Minecraft server ended with ${code}`)))
  })
  return {
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Somebody who plays. */
export interface Player {
  chat(text: string): void
  once(event: 'spawn', listener: () => void): void
  on(event: 'error', listener: () => void): void
  quit(): void
}

/** Joins the server of a port as a player, who is in the world when this settles. */
export async function joinGame(port: number, version: string, username: string): Promise<Player> {
  const file = path.join(MINECRAFT_FOLDER, 'node_modules', 'mineflayer', 'index.js')
  const found = (await import(pathToFileURL(file).href)) as { default: { createBot(options: object): Player } }
  const options = { host: '127.0.0.1', port, username, auth: 'offline', version, hideErrors: true }
  const player = found.default.createBot(options)
  player.on('error', () => undefined)
  await new Promise<void>((resolve) => player.once('spawn', resolve))
  return player
}
