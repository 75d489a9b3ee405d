import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { keepPrivate } from '../private-paths.ts'

/** A secret of this installation. `fresh`: it was made just now, so it should be printed. */
export interface KeptSecret {
  value: string
  fresh: boolean
}

/**
 * The given secret, or the one kept in the data folder (mode 0600), made when it is not there yet.
 * @param warn called where others could read the file; by default that is printed
 */
export function keptSecret(
  dataDir: string,
  file: string,
  given: string | undefined,
  warn?: (text: string) => void,
): KeptSecret {
  if (given) return { value: given, fresh: false }
  const where = path.join(dataDir, file)
  if (fs.existsSync(where)) {
    keepPrivate(where, warn)
    return { value: fs.readFileSync(where, 'utf8').trim(), fresh: false }
  }
  fs.mkdirSync(dataDir, { recursive: true })
  const value = randomBytes(24).toString('base64url')
  try {
    fs.writeFileSync(where, `${value}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return { value: fs.readFileSync(where, 'utf8').trim(), fresh: false } // another process was first
  }
  return { value, fresh: true }
}

export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Compares in constant time. */
export const sameSecret = (given: string, wanted: string): boolean => timingSafeEqual(sha256(given), sha256(wanted))

/** What kinds of secrets a plugin may come with. */
export interface PluginSecrets {
  current: string
  legacy: string | undefined
}

/** The secret every published plugin build carries until its owner enters a real one. */
const PLACEHOLDER = 'your_shared_secret'

/** Whether a plugin may speak; `placeholder` when it sent the well-known one and that is not let in. */
export function checkPluginSecret(
  given: string | undefined,
  { current, legacy }: PluginSecrets,
): 'welcome' | 'placeholder' | 'refused' {
  if (given === undefined) return 'refused'
  const right = sameSecret(given, current)
  const old = legacy !== undefined && sameSecret(given, legacy)
  if (right || old) return 'welcome'
  return given === PLACEHOLDER ? 'placeholder' : 'refused'
}
