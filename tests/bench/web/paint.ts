// How soon a cold page is of use, and what Lighthouse says of it, on a desk and on a phone.
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import lighthouse from 'lighthouse'
import desktop from 'lighthouse/core/config/desktop-config.js'
import { chromium, type BrowserContext } from 'playwright-core'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { percentile, type Figure } from '../figure.ts'
import { openBrowser } from '../../e2e/lights/browser.ts'
import { startDemo } from './demo.ts'

const RUNS = 5
const FORMS = ['desktop', 'mobile'] as const
/** The scores of Lighthouse that are asked for. */
const ASKED = { desktop: 95, mobile: 90 }
const CATEGORIES = ['performance', 'accessibility'] as const
const TIMINGS = {
  'first-contentful-paint': 'first paint ms',
  'largest-contentful-paint': 'largest paint ms',
  'total-blocking-time': 'blocked ms',
  'speed-index': 'speed index ms',
  'cumulative-layout-shift': 'shift',
} as const
/** Notes when all characters are known and the frame after that is painted. As text: nothing of it is transformed. */
const NOTE_USE = `new MutationObserver((_, observer) => {
  if (!/60 live of 60/.test(document.body?.textContent ?? '')) return
  observer.disconnect()
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('of use')))
}).observe(document, { childList: true, subtree: true, characterData: true })`

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

const timeOf = (context: BrowserContext, entry: string) =>
  context.pages()[0]!.evaluate((name) => performance.getEntriesByName(name)[0]!.startTime, entry)

/** From the request of the page to the frame that shows all characters; signed in, nothing cached. */
async function firstUse(link: string): Promise<Figure> {
  const browser = await openBrowser()
  try {
    const signedIn = await browser.newContext()
    const first = await signedIn.newPage()
    await first.goto(link)
    await first.getByText('60 live of 60').waitFor()
    const storageState = await signedIn.storageState()
    await signedIn.close()
    const [times, paints]: [number[], number[]] = [[], []]
    for (let nth = 0; nth < RUNS; nth++) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState })
      await context.addInitScript(NOTE_USE)
      const page = await context.newPage()
      await page.goto(new URL('/', link).href)
      await page.waitForFunction(() => performance.getEntriesByName('of use').length > 0)
      times.push(await timeOf(context, 'of use'))
      paints.push(await timeOf(context, 'first-contentful-paint'))
      await context.close()
    }
    return {
      bench: 'web',
      name: 'first useful paint, cold, 60 characters',
      unit: 'ms',
      better: 'less',
      ours: percentile(times, 0.5),
      control: null,
      against: null,
      asked: 1_500,
      beside: { 'first paint': percentile(paints, 0.5), slowest: Math.max(...times) },
    }
  } finally {
    await browser.close()
  }
}

type Report = NonNullable<Awaited<ReturnType<typeof lighthouse>>>['lhr']

async function judge(url: string, port: number, form: (typeof FORMS)[number]): Promise<Report> {
  const flags = { port, logLevel: 'error' as const, onlyCategories: [...CATEGORIES] }
  const result = await lighthouse(url, flags, form === 'desktop' ? desktop : undefined)
  if (!result) throw new Error('Lighthouse gave no report')
  return result.lhr
}

/** What of a category did not have its full score, for the reader. */
function lacks(report: Report, category: (typeof CATEGORIES)[number]): string {
  const missed = report.categories[category]!.auditRefs.filter(
    ({ id, weight }) => weight > 0 && (report.audits[id]!.score ?? 1) < 0.9,
  )
  return missed.map(({ id }) => id).join(' ') || 'nothing'
}

function figuresOf(form: (typeof FORMS)[number], reports: readonly Report[]): Figure[] {
  return CATEGORIES.map((category) => {
    const score = (report: Report) => (report.categories[category]!.score ?? 0) * 100
    const sorted = [...reports].sort((a, b) => score(a) - score(b))
    const middle = sorted[Math.floor(sorted.length / 2)]!
    const timings = Object.entries(TIMINGS).map(([id, name]) => [name, middle.audits[id]!.numericValue ?? Number.NaN])
    return {
      bench: 'web',
      name: `Lighthouse ${middle.lighthouseVersion.split('.')[0]!}, ${category}, ${form}`,
      unit: 'of 100',
      better: 'more',
      ours: score(middle),
      control: null,
      against: null,
      asked: ASKED[form],
      beside: {
        least: score(sorted[0]!),
        lacks: lacks(middle, category),
        ...(category === 'performance' && (Object.fromEntries(timings) as Record<string, number>)),
      },
    }
  })
}

/** A browser of its own with the session in its usual place, where Lighthouse opens its pages. */
async function scores(link: string): Promise<Figure[]> {
  const port = await freePort()
  const profile = await tempFolder('bench')
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${port}`],
  })
  try {
    const page = context.pages()[0]!
    await page.goto(link)
    await page.getByText('60 live of 60').waitFor()
    await page.goto('about:blank')
    const figures: Figure[] = []
    for (const form of FORMS) {
      const reports: Report[] = []
      for (let nth = 0; nth < RUNS; nth++) reports.push(await judge(new URL('/', link).href, port, form))
      figures.push(...figuresOf(form, reports))
    }
    return figures
  } finally {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
}

export async function benchPaint(): Promise<Figure[]> {
  await using demo = await startDemo()
  return [await firstUse(demo.link), ...(await scores(demo.link))]
}
