import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A program in a real terminal (a pseudo-terminal made by `script` of util-linux). */
export interface Terminal extends AsyncDisposable {
  /** What it has printed so far. */
  output: () => string
  /** Presses Ctrl-C: the terminal interrupts all that run in it. */
  interrupt: () => void
  /** Closes the terminal: what runs in it receives SIGHUP. */
  close: () => void
}

/** Starts a shell command in a new terminal. Throws when there is no `script`. */
export function openTerminal(command: string, env: Record<string, string>, cwd: string): Terminal {
  const child = spawn('script', ['-qefc', command, '/dev/null'], { env, cwd, stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stdin.on('error', () => undefined) // it has ended
  let failed: Error | undefined
  child.once('error', (error) => (failed = error))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    output() {
      if (failed) throw new Error('A terminal needs `script` (Debian: apt-get install bsdutils)', { cause: failed })
      return output
    },
    interrupt: () => void child.stdin.write('\x03'),
    close: () => void child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

export interface FoundProcess {
  pid: number
  parent: number
  command: string
}

/** Processes that run with `text` in their environment or command line, this one excepted. Linux only. */
export function processesWith(text: string): FoundProcess[] {
  const found: FoundProcess[] = []
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!pid || pid === process.pid) continue
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      if (!command.includes(text) && !readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text)) continue
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (state !== 'Z') found.push({ pid, parent: Number(parent), command })
    } catch {
      // It has ended meanwhile, or belongs to somebody else.
    }
  }
  return found
}
