// The other side of a ratio: a bare server in a process of its own, started and ended here.
import { spawn } from 'node:child_process'
import path from 'node:path'

export interface Control extends AsyncDisposable {
  port: number
  /** Asks it how far it is, in a shape of its own. */
  ask<T>(): Promise<T>
}

/** Starts a file of this folder, on one core if it is named; its first line of output is its port. */
export async function startControl(
  file: string,
  input?: unknown,
  core?: number,
  flags: readonly string[] = [],
): Promise<Control> {
  const command = [process.execPath, ...flags, '--import', 'tsx', path.join(import.meta.dirname, file)]
  const [program, ...args] = core === undefined ? command : ['taskset', '-c', String(core), ...command]
  const child = spawn(program!, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(input ?? null))
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)))
  })
  return {
    port,
    ask: async <T>() => (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as T,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL') // some of them have handlers of their own for anything milder
      await new Promise((resolve) =>
        (child.exitCode ?? child.signalCode) !== null ? resolve(null) : child.once('exit', resolve),
      )
    },
  }
}
