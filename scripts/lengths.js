// No source file over 300 lines, no test over 600: past that a reader gets lost. No line of SQL or of a schema over 120
// characters; for the other languages ESLint says the same (`max-len`).
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'

const MAX_LINE = 120
const ofGit = (...patterns) =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file && fs.existsSync(file))
const linesOf = (file) => fs.readFileSync(file, 'utf8').split('\n')

const long = ofGit('*.ts', '*.vue', '*.js', '*.css')
  .map((file) => ({ file, lines: linesOf(file).length - 1 }))
  .filter(({ file, lines }) => lines > (/\.(test|e2e)\.ts$/.test(file) ? 600 : 300))
for (const { file, lines } of long) console.error(`${file} has ${lines} lines`)

/** A migration that has landed is not edited, not even its line breaks: databases hold its functions word for word. */
const LAST_LANDED = '0060'
const isLanded = (file) => /^shared\/db\/migrations\/(\d{4})/.exec(file)?.[1] <= LAST_LANDED
const GENERATED = new Set(['docs/schema.sql', 'gateway/supergraph.graphql', 'gateway/api.graphql'])

const wide = ofGit('*.sql', '*.graphql')
  .filter((file) => !GENERATED.has(file) && !isLanded(file))
  .flatMap((file) => linesOf(file).flatMap((line, n) => (line.length > MAX_LINE ? [`${file}:${n + 1}`] : [])))
for (const place of wide) console.error(`${place} is longer than ${MAX_LINE} characters`)

process.exitCode = long.length || wide.length ? 1 : 0
