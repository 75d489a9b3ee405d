import { hash, verify } from '@node-rs/argon2'

// The library's default is argon2id; these are OWASP's floor for it: 19 MiB, two passes, one lane.
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** Longer ones only cost time. */
export const MAX_PASSWORD = 256
export const MIN_PASSWORD = 10

export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

let decoy: Promise<string> | undefined

/** Takes as long for a person who does not exist as for one who does. */
export async function checkPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  if (password.length > MAX_PASSWORD) return false
  decoy ??= hashPassword('nobody has this password')
  const right = await verify(stored ?? (await decoy), password)
  return right && Boolean(stored)
}
