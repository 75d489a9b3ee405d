// Ends a statement that uses too much memory. No setting of Postgres bounds a single value: one step of a statement can
// make a gigabyte of a few characters.
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'

const EVERY_MS = 20

/** Memory of a process of its own, in bytes: without what it shares with others. Null where the system does not say. */
async function ownMemory(pid: number): Promise<number | null> {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? null : Number(kilobytes) * 1024
  } catch {
    return null // it ended, or runs on another machine
  }
}

/** Whether a process of this machine serves a connection of the role: in a container it may be another one. */
async function servesRole(pid: number, role: string): Promise<boolean> {
  const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return title.includes(role)
}

export interface WatchedProcess {
  /** Of the connection, as the database says. */
  pid: number
  /** Of the database, which the title of the process names. */
  role: string
  /** Bytes that it may use beyond what it uses now. */
  mostBytes: number
  /** Ends what it runs. */
  end: () => Promise<void>
}

/**
 * Watches the process of a connection until the returned function is called. Does nothing where the database runs on
 * another machine or the system is not Linux.
 * @returns ends the watch, and says whether it ended the statement
 */
export function watchMemory({ pid, role, mostBytes, end }: WatchedProcess): () => Promise<boolean> {
  const over = new AbortController()
  const watch = async (): Promise<boolean> => {
    const before = (await servesRole(pid, role)) ? await ownMemory(pid) : null
    if (before === null) return false
    while (!over.signal.aborted) {
      const used = await ownMemory(pid)
      if (used === null) return false
      if (used - before > mostBytes) {
        await end()
        return true
      }
      await wait(EVERY_MS, undefined, { signal: over.signal }).catch(() => undefined)
    }
    return false
  }
  const watched = watch()
  return async () => {
    over.abort()
    return watched
  }
}
