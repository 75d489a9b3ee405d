import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'

/** `2026.6.24.1746-5ade47d`: when a file was made, in UTC, and from what. */
export function versionOf(file: string, madeFrom: string): string {
  const made = statSync(file).mtime
  const two = (number: number) => String(number).padStart(2, '0')
  const moment = `${two(made.getUTCHours())}${two(made.getUTCMinutes())}`
  const hash = createHash('sha256').update(madeFrom).digest('hex').slice(0, 7)
  return `${made.getUTCFullYear()}.${made.getUTCMonth() + 1}.${made.getUTCDate()}.${moment}-${hash}`
}
