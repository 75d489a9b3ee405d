import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, CDPSession } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser } from '../lights/browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const WEB = path.join(ROOT, 'dist', 'web')
const KB = 1000

/** Bytes of a built file as it is sent to browsers that take gzip. */
const sentSize = (file: string): number => {
  const packed = path.join(WEB, `${file}.gz`)
  return statSync(existsSync(packed) ? packed : path.join(WEB, file)).size
}
const importsOf = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(path.join(WEB, file), 'utf8').matchAll(pattern)].map(([, name]) => `assets/${name!}`)
/** What a file cannot run without. */
const needs = (file: string) => importsOf(file, /(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)
/** What it may load later. */
const loadsLater = (file: string) => importsOf(file, /import\(\s*["'`]\.\/([\w.-]+\.js)["'`]/g)

function closure(files: readonly string[], next: (file: string) => string[]): Set<string> {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file)) return
    found.add(file)
    next(file).forEach(visit)
  }
  files.forEach(visit)
  return found
}

describe('the built dashboard', () => {
  const page = readFileSync(path.join(WEB, 'index.html'), 'utf8')
  const entry = /src="\/(assets\/main-[\w-]+\.js)"/.exec(page)![1]!
  const everything = [...closure([entry], (file) => [...needs(file), ...loadsLater(file)])]
  const shell = closure([entry, everything.find((file) => file.includes('/DashboardShell-'))!], needs)
  const sized = (files: Iterable<string>) => [...files].map((file) => [file, sentSize(file)] as const)
  const tooLarge = (files: Iterable<string>, most: number) => sized(files).filter(([, bytes]) => bytes > most)
  const isWindow = (file: string) => /Window-[\w-]+\.js$/.test(file)

  it('has a shell of at most 140 kB of code, as it is sent', () => {
    expect(sized(shell).reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThanOrEqual(140 * KB)
  })
  it('has at most 30 kB of its own in each window, and 40 kB in what they share', () => {
    expect(everything.filter(isWindow).length).toBeGreaterThan(15)
    expect(tooLarge(everything.filter(isWindow), 30 * KB)).toEqual([])
    expect(
      tooLarge(
        everything.filter((file) => !isWindow(file)),
        40 * KB,
      ),
    ).toEqual([])
  })
  it('is stored compressed beside the plain files', () => {
    const plain = everything.filter((file) => statSync(path.join(WEB, file)).size > 2 * KB)
    expect(plain.filter((file) => !existsSync(path.join(WEB, `${file}.br`)))).toEqual([])
  })
})

describe('a cold load at 60 characters', () => {
  let demo: ChildProcess
  let browser: Browser
  let dataDir: string
  let link = ''

  beforeAll(async () => {
    dataDir = await tempFolder('weight')
    demo = spawn(process.execPath, [path.join(ROOT, 'dist', 'demo.js')], {
      env: { ...process.env, DATA_DIR: dataDir, PORT: '0', GAME_SERVER_ADDRESS: 'off' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    demo.stdout!.on('data', (text: Buffer) => (said += text.toString()))
    link = await until('the demo', () => /pretend characters/.test(said) && /http\S+link=\S+/.exec(said)?.[0], 120_000)
    browser = await openBrowser()
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    demo?.kill('SIGTERM')
    if (demo?.exitCode === null) await new Promise((resolve) => demo.once('exit', resolve))
    await rm(dataDir, { recursive: true, force: true })
  })

  /** Counts the bytes that come over the wire, by address. */
  async function countBytes(session: CDPSession): Promise<Map<string, number>> {
    const names = new Map<string, string>()
    const bytes = new Map<string, number>()
    const add = (name: string, more: number) => bytes.set(name, (bytes.get(name) ?? 0) + more)
    await session.send('Network.enable')
    session.on('Network.requestWillBeSent', ({ requestId, request }) => {
      // Questions all have one address: each is counted by itself.
      names.set(requestId, request.url.endsWith('/graphql') ? `${request.url} ${requestId}` : request.url)
    })
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
      add(names.get(requestId) ?? requestId, encodedDataLength),
    )
    session.on('Network.webSocketFrameReceived', ({ response }) => add('socket', response.payloadData.length))
    return bytes
  }

  it('takes at most 400 kB, and no piece of more than 100 kB', async () => {
    const first = await browser.newContext()
    await (await first.newPage()).goto(link)
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    await context.addCookies(await first.cookies())
    const page = await context.newPage()
    const bytes = await countBytes(await context.newCDPSession(page))
    await page.goto(new URL('/', link).href)
    await page.getByText('60 live of 60').waitFor()
    await page.waitForLoadState('networkidle').catch(() => undefined)
    expect([...bytes].filter(([, size]) => size > 100 * KB)).toEqual([])
    const sum = [...bytes.values()].reduce((total, size) => total + size, 0)
    expect(sum).toBeGreaterThan(100 * KB)
    expect(sum).toBeLessThanOrEqual(400 * KB)
  })
})
