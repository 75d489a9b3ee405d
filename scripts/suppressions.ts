// Refuses comments that switch a check off for a whole file, without a reason, or to avoid a limit of length.
//   node --import tsx scripts/suppressions.ts
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** A limit that no comment switches off: a longer line is wrapped, a longer file is split. */
const ALWAYS_ON = new Set(['max-len', 'max-lines', 'rooms/law'])

const COMMENT = /(?:\/\/|\/\*|<!--|#)\s*(prettier-ignore|eslint-(?:disable|enable)[\w-]*)([^\n]*)/g

/** What is wrong with the comments of a file that switch a check off, each with its line; empty if nothing is. */
export function suppressionFaults(file: string, text: string): string[] {
  return [...text.matchAll(COMMENT)].flatMap(({ index, 1: what, 2: rest }) => {
    const fault = faultOf(what!, rest!.replace(/\s*(?:\*\/|-->).*$/, ''))
    return fault ? [`${file}:${text.slice(0, index).split('\n').length} ${fault}`] : []
  })
}

function faultOf(what: string, rest: string): string | null {
  if (what === 'prettier-ignore') return 'leaves code unformatted: write it so that its format can be kept.'
  if (!/^eslint-disable-(?:next-)?line$/.test(what)) return `has ${what}: a check is switched off for one line only.`
  const [rules, reason = ''] = rest.split(/\s--\s/) as [string, string?]
  const names = rules.split(',').map((name) => name.trim())
  if (names.includes('')) return `has ${what} without the name of a rule.`
  const limit = names.find((name) => ALWAYS_ON.has(name))
  if (limit) return `switches ${limit} off, which holds everywhere.`
  return reason.trim() ? null : `switches ${names.join(', ')} off without a reason: add it after \` -- \`.`
}

function main(): void {
  const patterns = ['*.ts', '*.mts', '*.cts', '*.tsx', '*.js', '*.mjs', '*.cjs', '*.vue', '*.css', '*.yml', '*.graphql']
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
    encoding: 'utf8',
  })
  const files = listed.split('\n').filter((file) => file && existsSync(file))
  const faults = files.flatMap((file) => suppressionFaults(file, readFileSync(file, 'utf8')))
  for (const fault of faults) console.error(fault)
  process.exitCode = faults.length ? 1 : 0
}

if (process.argv[1]?.endsWith('suppressions.ts')) main()
