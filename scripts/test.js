// npm test: everything that must hold. Brings what it needs; the last line is `N passed, N failed`.
//   npm test -- --quick   leaves out the browser and process tests
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { runChecks } from './check.js'
import { ensureChromium, ensureNats } from './chromium.js'

process.chdir(path.join(import.meta.dirname, '..'))
const quick = process.argv.includes('--quick')
const total = { passed: 0, failed: 0, skipped: 0 }
const add = (counts) => {
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0
}

function build() {
  const { status } = spawnSync(process.execPath, ['scripts/build-missing.js'], { stdio: 'inherit' })
  add(status === 0 ? { passed: 1 } : { failed: 1 })
  return status === 0
}

function vitest(kind, env) {
  const report = path.join('dist', `tests-${kind}.json`)
  fs.rmSync(report, { force: true })
  fs.mkdirSync('dist', { recursive: true })
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${report}`,
  ]
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (!fs.existsSync(report)) return add({ failed: 1 })
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    fs.readFileSync(report, 'utf8'),
  )
  // A file that does not even load fails without a failed test in it.
  const failed = numFailedTests || (status === 0 ? 0 : Math.max(1, numFailedTestSuites))
  add({ passed: numPassedTests, failed, skipped: numPendingTests })
}

add(runChecks())
if (build()) {
  vitest('unit', {})
  if (!quick) {
    if (!ensureNats())
      console.log(
        'No nats-server here: the tests of rooms as processes of their own are left out. Debian: apt-get install nats-server',
      )
    try {
      vitest('e2e', { E2E: '1', CHROMIUM_PATH: ensureChromium() })
    } catch (error) {
      console.error(error.message)
      add({ failed: 1 })
    }
  }
}
if (total.skipped) console.log(`${total.skipped} tests were left out; the lines above say why.`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed ? 1 : 0
