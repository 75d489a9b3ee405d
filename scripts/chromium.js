// Finds a Chromium for the browser tests, or brings one: Debian's package as root, else Playwright's own.
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { chromium } from 'playwright-core'

const KNOWN = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

function found() {
  const own = process.env.CHROMIUM_PATH
  if (own) return own
  return [...KNOWN, chromium.executablePath()].find((file) => file && fs.existsSync(file)) ?? null
}

const isRoot = process.getuid?.() === 0
const hasApt = () => fs.existsSync('/usr/bin/apt-get')

/** Installs a Debian package; says whether it did. */
export function installPackage(name) {
  if (!isRoot || !hasApt()) return false
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], options)
  return spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], options).status === 0
}

/** Path of a Chromium. Throws with a hint if there is none. */
export function ensureChromium() {
  const there = found()
  if (there) return there
  console.error('No Chromium found; installing one …')
  if (installPackage('chromium') && found()) return found()
  try {
    execFileSync(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'], { stdio: 'inherit' })
  } catch {
    // reported below, with a hint
  }
  const own = found()
  if (own) return own
  throw new Error(
    'The browser tests need Chromium. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to it.',
  )
}

/** Whether a NATS server is at hand, installed if that can be done. */
export function ensureNats() {
  const has = () => spawnSync('nats-server', ['--version']).status === 0
  return has() || (installPackage('nats-server') && has())
}
