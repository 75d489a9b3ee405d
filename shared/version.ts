import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The version of this build, as package.json has it: `0.1.0`. */
export const VERSION: string = readVersion(import.meta.dirname)

/** Reads it from the nearest package.json above: that of the sources, or the one beside `dist`. */
function readVersion(folder: string): string {
  const file = path.join(folder, 'package.json')
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  const above = path.dirname(folder)
  if (above === folder) throw new Error('package.json is missing: it belongs beside the folder dist.')
  return readVersion(above)
}
