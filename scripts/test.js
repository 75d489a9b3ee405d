// npm test: everything that must hold. Installs the tools it needs where it can. The last line is `N passed, N failed`,
// and `, N skipped` where tests could not be run; why not is said before it, by name.
//   npm test -- --quick       leaves out the browser and process tests
//   POSTGRES_DIR=… npm test   runs all on another Postgres than the package's
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { runChecks } from './check.js'
import { ensureChromium, ensureNats } from './chromium.js'

process.chdir(path.join(import.meta.dirname, '..'))
const quick = process.argv.includes('--quick')
const total = { passed: 0, skipped: 0 }
/** What failed, by name, and why tests were skipped: printed at the end, where a truncated log still has it. */
const faults = []
const fault = (name) => void faults.push(name)
const skips = []

function build() {
  const { status } = spawnSync(process.execPath, ['scripts/build-missing.js'], { stdio: 'inherit' })
  if (status === 0) total.passed++
  else fault('build')
  return status === 0
}

function vitest(kind, env, only = []) {
  const report = path.join('dist', `tests-${kind}.json`)
  fs.rmSync(report, { force: true })
  fs.mkdirSync('dist', { recursive: true })
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
    ...only,
  ]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (!fs.existsSync(report)) return fault(`tests, ${kind}: ended without a report`)
  const { numPassedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(fs.readFileSync(report, 'utf8'))
  total.passed += numPassedTests
  total.skipped += numPendingTests + numTodoTests
  const before = faults.length
  for (const file of testResults) {
    const name = path.relative(process.cwd(), file.name)
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    for (const test of failed) fault(`${name}: ${test.fullName}`)
    const skipped = file.assertionResults.filter((test) => ['pending', 'skipped', 'todo'].includes(test.status))
    if (skipped.length) skips.push(`${name}: ${skipped.length} skipped`)
    // A file that does not even load fails without a failed test in it.
    if (file.status === 'failed' && failed.length === 0) fault(name)
  }
  if (status !== 0 && faults.length === before) fault(`tests, ${kind}: ended with status ${status}`)
}

/**
 * Where Debian lays the oldest Postgres that is here; null where there is none, or tests run on one of the caller's
 * choice.
 */
function olderPostgres() {
  const root = '/usr/lib/postgresql'
  if (process.env.POSTGRES_DIR || !fs.existsSync(root)) return null
  const folders = fs.readdirSync(root).filter((version) => Number(version) >= 15)
  const [oldest] = folders.sort((a, b) => a - b).map((version) => path.join(root, version))
  return oldest && fs.existsSync(path.join(oldest, 'bin', 'initdb')) ? oldest : null
}

const { passed, failed } = await runChecks()
total.passed += passed
for (const name of failed) fault(`check: ${name}`)
// Unit tests need it too: the pubsub's over a broker.
if (!ensureNats())
  skips.push('no nats-server, so nothing over a broker and no rooms as processes. Debian: apt-get install nats-server')
if (build()) {
  vitest('unit', {})
  if (!quick) {
    try {
      vitest('e2e', { E2E: '1', CHROMIUM_PATH: ensureChromium() })
    } catch (error) {
      fault(`tests, e2e: ${error.message}`)
    }
    const older = olderPostgres()
    if (older) {
      console.log(`Once more what is different in each Postgres, on that of ${older}`)
      vitest('postgres', { E2E: '1', POSTGRES_DIR: older }, [
        'tests/e2e/retention',
        'tests/e2e/backup',
        'tests/e2e/durable/writer.e2e.ts',
        'tests/e2e/inventory/trouble.e2e.ts',
      ])
    }
  }
}
for (const reason of skips) console.log(`- ${reason}`)
for (const name of faults) console.log(`✗ ${name}`)
console.log(`${total.passed} passed, ${faults.length} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`)
process.exitCode = faults.length ? 1 : 0
