// What postmaster.pid says of a running server, also of an orphan of a killed parent.
import fs from 'node:fs'
import path from 'node:path'

export interface Postmaster {
  pid: number
  port: number
  ready: boolean
}

/** The server that holds this data folder; null when none lives. */
export function readPostmaster(data: string): Postmaster | null {
  const text = readIfThere(path.join(data, 'postmaster.pid'))
  if (text === null) return null
  const lines = text.split('\n')
  const pid = Number(lines[0])
  if (!isAlive(pid)) return null
  return { pid, port: Number(lines[3]), ready: (lines[7] ?? '').trim() === 'ready' }
}

/** Lives, and is no zombie: in containers a dead postmaster may wait seconds for its reaper. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const text = readIfThere(`/proc/${pid}/stat`)
  // Without /proc this is no Linux; with it, the process has ended since.
  if (text === null) return !fs.existsSync('/proc/self/stat')
  return !/[ZX]/.test(text[text.lastIndexOf(')') + 2]!)
}

/** A file that another process may remove at any moment; null when it is gone. A process that ends gives ESRCH. */
function readIfThere(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
