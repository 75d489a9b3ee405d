import { hash, verify } from '@node-rs/argon2'
import { compare } from 'bcryptjs'

// The library's default is argon2id; these are OWASP's floor for it: 19 MiB, two passes, one lane.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Longer ones only cost time. */
export const MAX_PASSWORD = 256
export const MIN_PASSWORD = 10

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

let decoy: Promise<string> | undefined

// Hashes that came along from elsewhere. One that would take minutes to check is none.
const BCRYPT = /^\$2[aby]\$(0[4-9]|1[0-4])\$[./A-Za-z0-9]{53}$/

/** Whether a stored hash is of the kind that is taken once and then replaced. */
export const isOldHash = (stored: string): boolean => stored.startsWith('$2')

/** Whether a hash from elsewhere can be taken at a sign-in. */
export const isUsableOldHash = (hash: string): boolean => BCRYPT.test(hash)

/** Takes as long for a person who does not exist as for one who does. */
export async function checkPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  if (password.length > MAX_PASSWORD) return false
  if (stored && isOldHash(stored)) return isUsableOldHash(stored) && compare(password, stored)
  decoy ??= hashPassword('nobody has this password')
  const right = await verify(stored ?? (await decoy), password)
  return right && Boolean(stored)
}
