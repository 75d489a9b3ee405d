import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Load } from './main.ts'

export interface Played {
  sent: number
  seconds: number
}

/** Plays plugins from a process of its own; gives what was sent once all of it left. `ready` is called once all are connected. */
export async function play(load: Load, ready?: () => Promise<void> | void): Promise<Played> {
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'main.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(load))
  for await (const line of createInterface({ input: child.stdout })) {
    const said = JSON.parse(line) as { ready?: true; done?: true } & Played
    if (said.ready) await ready?.()
    if (said.done) {
      child.kill()
      return said
    }
  }
  throw new Error(`Whoever played plugins ended with ${child.exitCode}`)
}
