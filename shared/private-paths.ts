// Folders and files that nobody but this user may read: frames hold private messages, files hold secrets.
import fs from 'node:fs'

const OTHERS = 0o077

/** Makes a folder for this user alone; one that others may enter is mended, with a warning. */
export function privateFolder(folder: string, warn?: (text: string) => void): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  keepPrivate(folder, warn)
}

/**
 * Takes the rights of all others on a folder or file away, with a warning where they had any. Windows has no such
 * rights: nothing happens there.
 */
export function keepPrivate(where: string, warn: (text: string) => void = (text) => console.error(text)): void {
  if (process.platform === 'win32') return
  const { mode } = fs.statSync(where)
  if (!(mode & OTHERS)) return
  try {
    fs.chmodSync(where, mode & 0o7777 & ~OTHERS)
    warn(`Others could read ${where}: its rights were taken back to its owner.`)
  } catch (error) {
    warn(`Others can read ${where}, and its rights could not be changed: ${(error as Error).message}`)
  }
}
