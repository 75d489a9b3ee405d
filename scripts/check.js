// npm run check: types, lint, format, and whether generated files in git are what they should be. Prints `N passed, N
// failed`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))
const bin = (name) => path.join('node_modules', '.bin', name)
const checks = {
  'generated code': [process.execPath, ['scripts/build-missing.js', 'codegen']],
  // The longest first: the others fill what is left of the time.
  'lint, rooms included': [bin('eslint'), ['.', '--max-warnings', '0']],
  format: [bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  'types of the server': [bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  'types of the dashboard': [bin('vue-tsc'), ['--noEmit', '-p', 'web/tsconfig.json']],
  'imports: rooms and cycles': [process.execPath, ['--import', 'tsx', 'scripts/rooms/check-imports.ts']],
  'checks switched off': [process.execPath, ['--import', 'tsx', 'scripts/suppressions.ts']],
  'supergraph and access table in git': [process.execPath, ['--import', 'tsx', 'gateway/compose.ts', '--check']],
  'settings in README.md and .env.example': [
    process.execPath,
    ['--import', 'tsx', 'scripts/settings/write.ts', '--check'],
  ],
  'breaking changes of the API': [process.execPath, ['--import', 'tsx', 'gateway/api-changes.ts']],
  'unused files and dependencies': [
    bin('knip'),
    ['--no-progress', '--no-config-hints', '--include', 'files,dependencies,unlisted,unresolved,duplicates'],
  ],
  'lengths of files': [process.execPath, ['scripts/lengths.js']],
}

/** Checks that run beside each other: each uses about one core. */
const AT_ONCE = 2
const MAX_PRINTED = 6000

/** Runs one check. What it printed is shown only where it failed. */
async function runCheck(name, [command, args]) {
  const begun = Date.now()
  const child = spawn(command, args, { shell: process.platform === 'win32', stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed = (printed + text).slice(-MAX_PRINTED)))
  const [status] = await once(child, 'close').catch((error) => [error.message])
  console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
  if (status !== 0) console.log(printed.trim() || `ended with ${status}`)
  return status === 0
}

/** Runs every check and prints what failed. Resolves to how many passed, and the names of those that did not. */
export async function runChecks() {
  const failed = []
  const [generated, ...others] = Object.entries(checks)
  // The others read what it writes.
  if (!(await runCheck(...generated))) failed.push(generated[0])
  const runNext = async () => {
    for (let next = others.shift(); next; next = others.shift()) if (!(await runCheck(...next))) failed.push(next[0])
  }
  await Promise.all(Array.from({ length: AT_ONCE }, runNext))
  return { passed: Object.keys(checks).length - failed.length, failed }
}

if (process.argv[1]?.endsWith('check.js')) {
  const { passed, failed } = await runChecks()
  console.log(`${passed} passed, ${failed.length} failed`)
  process.exitCode = failed.length ? 1 : 0
}
