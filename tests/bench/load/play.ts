import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Load } from './main.ts'

export interface Played extends Disposable {
  sent: number
  seconds: number
}

/**
 * Plays plugins from a process of its own; gives what was sent once all of it left. Its connections stay until it is
 * disposed: what is still under way on a connection that breaks is lost. `ready` is called once all are connected;
 * with `endWithReady` all is over when it settles, and what still waits is not sent.
 */
export async function play(load: Load, ready?: () => Promise<void> | void, endWithReady = false): Promise<Played> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(load))
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { ready?: true; done?: true; sent: number; seconds: number }
    if (said.ready) await ready?.()
    if (said.ready && endWithReady) {
      child.kill()
      return { sent: 0, seconds: 0, [Symbol.dispose]: () => undefined }
    }
    if (said.done)
      return {
        sent: said.sent,
        seconds: said.seconds,
        [Symbol.dispose]() {
          child.kill()
        },
      }
  }
  throw new Error(`The process that plays plugins ended with ${child.exitCode}`)
}
