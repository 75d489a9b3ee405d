import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isAlive } from './postmaster.ts'

const RETRY_MS = 100
const TIMEOUT_MS = 180_000
/** Locks this process holds: in containers a killed one had the number that we have. */
const ours = new Set<string>()

/**
 * Does something in a folder while no other process does: a command beside the very first start would undo what it
 * makes. What a killed process held is taken over. Throws when another one does not come to an end.
 */
export async function withFolderLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const lock = path.join(dir, 'starting')
  const mine = `${lock}.${randomUUID()}`
  fs.writeFileSync(mine, String(process.pid))
  try {
    for (const begun = Date.now(); !take(mine, lock); await wait(RETRY_MS))
      if (Date.now() - begun > TIMEOUT_MS)
        throw new Error(`Another process has been starting the database for minutes. If none is there, remove ${lock}`)
    ours.add(lock)
    try {
      return await work()
    } finally {
      fs.rmSync(lock, { force: true })
      ours.delete(lock)
    }
  } finally {
    fs.rmSync(mine, { force: true })
  }
}

/** A link is made by one process alone, and whole. */
function take(mine: string, lock: string): boolean {
  try {
    fs.linkSync(mine, lock)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const holder = fs.existsSync(lock) ? Number(fs.readFileSync(lock, 'utf8')) : null
  if (holder !== null && (holder === process.pid ? !ours.has(lock) : !isAlive(holder))) fs.rmSync(lock, { force: true })
  return false
}
