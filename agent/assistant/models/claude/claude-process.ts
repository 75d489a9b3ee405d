// The program `claude` as a process of one answer: what it gets, and how it ends.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { BROKEN, ModelFault } from '../failure.ts'
import { MAX_STEPS } from '../with-fallback.ts'
import { endCommand, placesOf } from './process-platform.ts'

/** What its configuration calls our MCP server: its tools are `mcp__overlord__NAME`. */
export const SERVER = 'overlord'
/** An answer takes at most so long. */
const LONGEST_MS = 180_000
/** A process that was asked to end is killed after this time; so is what it left behind when it ended. */
const GRACE_MS = 2_000
/** How often it is looked whether all of them ended, in milliseconds. */
const LOOKED_MS = 50
/** All it may print: an answer of 4,000 tokens with eight results of tools is a tenth of it. */
const MAX_BYTES = 16 * 1024 * 1024

export interface ClaudeSettings {
  /** The program: its path, or a name that is looked for beside our Node and where systems install programs. */
  binary: string
  /** Where it keeps its login; null for a folder that is removed after the answer. */
  home: string | null
  /** For the interface of the vendor; null for the login in `home`. */
  key: string | null
  /** Base address of the interface; null for the vendor's. */
  url: string | null
  /** Name of the language model; null for the one that the program prefers. */
  model: string | null
  longestMs?: number
}

/** An MCP server with the tools of an answer. */
export interface ServedTools {
  /** Address over HTTP. */
  url: string
  /** Bearer token for it, which is worth nothing after the answer. */
  credential: string
  /** Names of the tools that the program may call there. */
  names: readonly string[]
}

export interface ClaudeQuestion {
  /** Given on standard input. */
  prompt: string
  system: string
  mcp: ServedTools
  signal: AbortSignal
}

/**
 * Runs the program for one question. Gives each line that it prints on standard output.
 * @throws ModelFault when it cannot be started, fails, or takes too long
 */
export async function* linesOfClaude(settings: ClaudeSettings, question: ClaudeQuestion): AsyncGenerator<string, void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'overlord-claude-')) // 0700: others read no credential in it
  const late = AbortSignal.timeout(settings.longestMs ?? LONGEST_MS)
  let child: ChildProcess | null = null
  let ending: Promise<void> | null = null
  const stop = () => void (child && (ending ??= endGroup(child)))
  const over = AbortSignal.any([question.signal, late])
  over.addEventListener('abort', stop, { once: true })
  try {
    const config = path.join(folder, 'mcp.json')
    await writeFile(config, mcpConfig(question.mcp), { mode: 0o600 })
    over.throwIfAborted()
    child = spawn(settings.binary, argumentsOf(settings, question, config), {
      cwd: folder,
      env: environmentOf(settings, folder),
      stdio: ['pipe', 'pipe', 'ignore'], // what it reports on standard error may hold the question
      detached: process.platform !== 'win32', // a group of its own, which is ended as a whole
      windowsHide: true, // else a console opens there
    })
    const ended = endOf(child)
    child.stdin!.on('error', () => undefined) // it ended before it read all: its exit says so
    child.stdin!.end(question.prompt)
    void ended.finally(stop).catch(() => undefined) // what it started may hold its output open
    yield* boundedLines(child, ended)
    const code = await ended
    over.throwIfAborted()
    if (code !== 0) throw new ModelFault(`it ended with ${code === null ? 'a signal' : `exit code ${code}`}`)
  } catch (error) {
    question.signal.throwIfAborted()
    throw late.aborted ? new ModelFault('it took too long') : error
  } finally {
    over.removeEventListener('abort', stop)
    stop()
    await ending // it may still write to its folder
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }) // Windows keeps it while the program ends
  }
}

const mcpConfig = ({ url, credential }: ServedTools): string =>
  JSON.stringify({
    mcpServers: { [SERVER]: { type: 'http', url, headers: { Authorization: `Bearer ${credential}` } } },
  })

/** None of its own tools, no settings and no MCP servers of its user, and only tools of ours. */
const argumentsOf = ({ key, model }: ClaudeSettings, { system, mcp }: ClaudeQuestion, config: string): string[] => [
  '-p',
  ...(key === null ? [] : ['--bare']), // reads a key only, and no login
  ...['--output-format', 'stream-json', '--verbose', '--include-partial-messages'],
  ...['--strict-mcp-config', '--mcp-config', config],
  ...['--tools', ''],
  ...['--allowed-tools', mcp.names.map((name) => `mcp__${SERVER}__${name}`).join(',')],
  ...['--permission-mode', 'dontAsk'],
  ...['--max-turns', String(MAX_STEPS)],
  '--no-session-persistence',
  '--disable-slash-commands',
  ...(model === null ? [] : ['--model', model]),
  ...['--system-prompt', system],
]

/** Nothing of our own environment. */
const environmentOf = ({ key, url, home }: ClaudeSettings, folder: string): NodeJS.ProcessEnv => ({
  // eslint-disable-next-line no-restricted-properties -- what the system itself needs, and no setting of ours
  ...placesOf(home ?? folder, folder, { platform: process.platform, env: process.env, node: process.execPath }),
  // It looks for instructions in all folders above its own: anybody on the machine may put a file there.
  CLAUDE_CODE_DISABLE_CLAUDE_MDS: '1',
  CLAUDE_CODE_DISABLE_AUTO_MEMORY: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_AUTOUPDATER: '1',
  ...(key !== null && { ANTHROPIC_API_KEY: key }),
  ...(url !== null && { ANTHROPIC_BASE_URL: url }),
})

/** Its exit code; null when a signal ended it. */
function endOf(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('exit', resolve)
    child.once('error', ({ code }: NodeJS.ErrnoException) =>
      reject(new ModelFault(code === 'ENOENT' ? 'its program is not installed' : 'its program cannot be started')),
    )
  })
  ended.catch(() => undefined) // is waited for after the last line
  return ended
}

/** Its lines, until its output is closed, or a time after its end: a process that left its group may hold it open. */
async function* boundedLines({ stdout }: ChildProcess, ended: Promise<unknown>): AsyncGenerator<string, void> {
  let bytes = 0
  stdout!.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > MAX_BYTES) stdout!.destroy(new ModelFault(BROKEN))
  })
  const failed = new Promise<never>((_, reject) => stdout!.once('error', reject))
  failed.catch(() => undefined) // is noticed below
  const closed = ended.then(
    () => new Promise<{ done: true }>((resolve) => setTimeout(resolve, GRACE_MS, { done: true }).unref()),
  )
  closed.catch(() => undefined) // it could not be started: its output is closed
  const lines = createInterface({ input: stdout!, crlfDelay: Infinity })[Symbol.asyncIterator]()
  for (;;) {
    const line = await Promise.race([lines.next(), failed, closed])
    if (line.done) return void stdout!.destroy()
    yield line.value
  }
}

/**
 * Ends the process and all that it started: politely, then not. On Windows at once, and only while it runs. Settles
 * when all have ended, or were killed: the timers keep our own process alive for so long, so that nothing outlives it.
 */
async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child
  if (pid === undefined) return
  const command = endCommand(pid, process.platform)
  if (command) {
    if (child.exitCode !== null || child.signalCode !== null) return // its number may be another's by now
    const ending = spawn(command[0], command[1], { stdio: 'ignore', windowsHide: true })
    await new Promise<void>((resolve) => {
      ending.once('error', () => resolve(void child.kill())).once('exit', () => resolve())
    })
    return
  }
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-pid, name)
    } catch {
      return false // all of them ended
    }
  }
  signal('SIGTERM')
  for (let waited = 0; signal(0); waited += LOOKED_MS) {
    if (waited >= GRACE_MS) return void signal('SIGKILL')
    await wait(LOOKED_MS)
  }
}
