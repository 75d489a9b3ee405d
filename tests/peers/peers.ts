// Clients and suites of others, installed beside the project when a test first needs them: they want a newer Node, and
// are larger than the project.
import { execFile } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const SOURCE = import.meta.dirname
const TARGET = path.join(SOURCE, '..', '..', 'dist', 'peers')
const NODE = path.join(TARGET, 'node_modules', 'node', 'bin', 'node')
const INSTALL_MS = 180_000

export const peers = {
  conformance: path.join('node_modules', '@modelcontextprotocol', 'conformance', 'dist', 'index.js'),
  inspector: path.join(
    'node_modules',
    '@modelcontextprotocol',
    'inspector',
    'clients',
    'launcher',
    'build',
    'index.js',
  ),
}

/** Installs them, unless they are there. Throws with npm's own words when they cannot be had. */
export async function installPeers(): Promise<void> {
  if (existsSync(NODE) && existsSync(path.join(TARGET, peers.inspector))) return
  await mkdir(TARGET, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) await cp(path.join(SOURCE, file), path.join(TARGET, file))
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: TARGET, timeout: INSTALL_MS, shell: true })
}

export interface PeerResult {
  status: number
  stdout: string
  stderr: string
}

/** Runs one of them with the newer Node. Its failure is a result too. */
export async function runPeer(
  peer: keyof typeof peers,
  args: string[],
  env: Record<string, string> = {},
): Promise<PeerResult> {
  try {
    const options = { env: { PATH: process.env['PATH'], HOME: TARGET, ...env }, maxBuffer: 64 * 1024 * 1024 }
    const { stdout, stderr } = await run(NODE, [path.join(TARGET, peers[peer]), ...args], options)
    return { status: 0, stdout, stderr }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as { code?: unknown; stdout?: string; stderr?: string }
    if (typeof code !== 'number') throw error
    return { status: code, stdout, stderr }
  }
}
