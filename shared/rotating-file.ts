// A file that lines are added to, and that is put aside when it is full: `name` is the newest, `name.1` the one before.
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'

/** Bytes of one file, and how many full ones are kept. */
export interface RotationLimits {
  bytes: number
  backups: number
}

const LIMITS: RotationLimits = { bytes: 10 * 1024 * 1024, backups: 5 }

export interface RotatingFile extends Disposable {
  /** Adds a line. What the disk does not take is lost and counted: a full disk must not end a process. */
  write(line: string): void
  /** Lines that were lost. */
  lost(): number
}

/**
 * Opens a file to add lines to; its folder is made if it is not there. One process may write it.
 * @throws if it cannot be opened at all
 */
export function rotatingFile(name: string, { bytes, backups }: RotationLimits = LIMITS): RotatingFile {
  mkdirSync(path.dirname(name), { recursive: true })
  let lost = 0
  let file: number | null = openSync(name, 'a', 0o600)
  let size = fstatSync(file).size

  function close(): void {
    if (file !== null) closeSync(file)
    file = null
  }
  function open(): number {
    if (file !== null) return file
    file = openSync(name, 'a', 0o600)
    size = fstatSync(file).size
    return file
  }
  function rotate(): void {
    close()
    rmSync(`${name}.${backups}`, { force: true })
    for (let nth = backups - 1; nth >= 0; nth--) {
      const from = nth === 0 ? name : `${name}.${nth}`
      try {
        renameSync(from, `${name}.${nth + 1}`)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // not there yet
      }
    }
  }
  return {
    write(line) {
      const length = Buffer.byteLength(line)
      try {
        open()
        if (size > 0 && size + length > bytes) rotate()
        // Opening a new file sets the size: it is added to only after that.
        const written = writeSync(open(), line)
        size += written
      } catch {
        lost++ // counted, and said by nobody: this is where it would be said
      }
    },
    lost: () => lost,
    [Symbol.dispose]: close,
  }
}
