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
  const file = path.join(data, 'postmaster.pid')
  if (!fs.existsSync(file)) return null
  const lines = fs.readFileSync(file, 'utf8').split('\n')
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
  const stat = `/proc/${pid}/stat`
  if (!fs.existsSync(stat)) return true // not Linux
  const text = fs.readFileSync(stat, 'utf8')
  return text[text.lastIndexOf(')') + 2] !== 'Z'
}
