// The peer of peer.py, when this machine has what it needs.
import { spawn, spawnSync } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { until } from '../../../shared/testing/until.ts'
import { canPin, MEASURED_CORE } from '../stage.ts'

const PYTHON = '/usr/bin/python3'
const NEEDS = ['fastapi', 'uvicorn', 'uvloop', 'httptools', 'asyncpg', 'databases', 'websockets']

/** What is missing to run the peer; null when it can run. */
export function peerLacks(): string | null {
  const { status } = spawnSync(PYTHON, ['-c', `import ${NEEDS.join(', ')}`])
  if (status === 0) return null
  return `the peer needs Debian's ${NEEDS.map((name) => `python3-${name}`).join(' ')}`
}

export interface Peer extends AsyncDisposable {
  port: number
  stats(): Promise<{ frames: number; stored: number; cpuSeconds: number }>
}

/** Starts the peer on the first core. `best`: without its model and its database wrapper. */
export async function startPeer(databaseUrl: string, best: boolean): Promise<Peer> {
  const port = await freePort()
  const command = [PYTHON, path.join(import.meta.dirname, 'peer.py')]
  const [program, ...args] = canPin ? ['taskset', '-c', String(MEASURED_CORE), ...command] : command
  const child = spawn(program!, args, {
    env: {
      PATH: process.env['PATH'],
      PEER_DATABASE: databaseUrl,
      PEER_PORT: String(port),
      PEER_BEST: best ? '1' : '0',
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const stats = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/stats`)).json()) as Awaited<ReturnType<Peer['stats']>>
  await until('the peer to listen', stats)
  return {
    port,
    stats,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await new Promise((resolve) => (child.signalCode === null ? child.once('exit', resolve) : resolve(null)))
    },
  }
}

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
