// npm run check: types, lint, format, and whether generated files in git are what they should be. Prints `N passed, N
// failed`.
import { spawnSync } from 'node:child_process'
import path from 'node:path'

process.chdir(path.join(import.meta.dirname, '..'))
const bin = (name) => path.join('node_modules', '.bin', name)
const checks = {
  'generated code': [process.execPath, ['scripts/build-missing.js', 'codegen']],
  'types of the server': [bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']],
  'types of the dashboard': [bin('vue-tsc'), ['--noEmit', '-p', 'web/tsconfig.json']],
  'lint, rooms included': [bin('eslint'), ['.', '--max-warnings', '0']],
  'imports: rooms and cycles': [process.execPath, ['--import', 'tsx', 'scripts/rooms/check-imports.ts']],
  'checks switched off': [process.execPath, ['--import', 'tsx', 'scripts/suppressions.ts']],
  format: [bin('prettier'), ['--check', '--log-level', 'warn', '.']],
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

/** Runs every check and prints what failed. Returns how many passed, and the names of those that did not. */
export function runChecks() {
  const failed = []
  let passed = 0
  for (const [name, [command, args]] of Object.entries(checks)) {
    const begun = Date.now()
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: 'utf8',
      shell: process.platform === 'win32',
      maxBuffer: 64 * 1024 * 1024,
    })
    if (status === 0) passed++
    else failed.push(name)
    console.log(`${status === 0 ? '✓' : '✗'} ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`)
    if (status !== 0) console.log(`${stdout}${stderr}`.trim().slice(-6000))
  }
  return { passed, failed }
}

if (process.argv[1]?.endsWith('check.js')) {
  const { passed, failed } = runChecks()
  console.log(`${passed} passed, ${failed.length} failed`)
  process.exitCode = failed.length ? 1 : 0
}
