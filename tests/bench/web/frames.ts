// Frames and main-thread time of the map's core beside Leaflet: the same characters, names and trails, in one browser.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright-core'
import sirv from 'sirv'
import { build } from 'vite'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { percentile, type Figure } from '../figure.ts'
import { openBrowser } from '../../e2e/lights/browser.ts'
import type { MapPage } from './pages/crowd.ts'

const SIZES = [60, 500, 2_000]
/** Each is measured so often, ours and Leaflet in turn; the middle of them counts. */
const ROUNDS = 3
const WATCHED_MS = 3_000
const SETTLE_MS = 1_500
const MOUSE_MS = 16
const SIDES = ['ours', 'leaflet'] as const
const LEAFLET = 'Leaflet 1.9 with its canvas, names as its tooltips'
/** A second may hold 59 or 60 of 60 frames. */
const SIXTY = 59

interface Seen {
  fps: number
  /** Share of the main thread. */
  busy: number
}
interface Run {
  rest: Seen
  drag: Seen
  /** Beyond the same page without characters. */
  heapMb: number
  arraysMb: number
}

/** The pages of both maps, built as a release is, and served. */
async function servePages() {
  const folder = await tempFolder('bench')
  const root = path.join(import.meta.dirname, 'pages')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: SIDES.map((side) => path.join(root, `${side}.html`)) },
    },
  })
  const server = createServer(sirv(folder)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function taskSeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')!.value
}

async function heap(session: CDPSession): Promise<{ used: number; arrays: number }> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const usage = (await session.send('Runtime.getHeapUsage')) as { usedSize: number; backingStorageSize?: number }
  return { used: usage.usedSize, arrays: usage.backingStorageSize ?? Number.NaN }
}

/** Counts the page's frames and the time of its main thread meanwhile. */
async function watch(page: Page, session: CDPSession, meanwhile: () => Promise<unknown>): Promise<Seen> {
  const framesOf = () => page.evaluate(() => (globalThis as unknown as { mapPage: MapPage }).mapPage.frames)
  const [before, framesBefore, begun] = [await taskSeconds(session), await framesOf(), performance.now()]
  await meanwhile()
  const ms = performance.now() - begun
  const [after, frames] = [await taskSeconds(session), (await framesOf()) - framesBefore]
  return { fps: (frames * 1_000) / ms, busy: (100_000 * (after - before)) / ms }
}

/** The mouse moves the map in a circle, as often as a mouse says where it is. */
async function drag(page: Page): Promise<void> {
  await page.mouse.move(740, 400)
  await page.mouse.down()
  const begun = performance.now()
  for (let at = 0; at < WATCHED_MS; at = performance.now() - begun) {
    const turn = at / 400
    await page.mouse.move(640 + Math.cos(turn) * 100, 400 + Math.sin(turn) * 100)
    await wait(MOUSE_MS - ((performance.now() - begun) % MOUSE_MS))
  }
  await page.mouse.up()
}

async function run(browser: Browser, url: string, characters: number): Promise<Run> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'timeTicks' })
  await page.goto(url)
  await page.waitForFunction(() => 'mapPage' in globalThis)
  const empty = await heap(session)
  await page.evaluate((size) => (globalThis as unknown as { mapPage: MapPage }).mapPage.show(size), characters)
  await wait(SETTLE_MS)
  const rest = await watch(page, session, () => wait(WATCHED_MS))
  const dragged = await watch(page, session, () => drag(page))
  const full = await heap(session)
  await context.close()
  const megabytes = (key: 'used' | 'arrays') => (full[key] - empty[key]) / 1e6
  return { rest, drag: dragged, heapMb: megabytes('used'), arraysMb: megabytes('arrays') }
}

const middle = (runs: readonly Run[], read: (run: Run) => number) => percentile(runs.map(read), 0.5)

function figuresOf(characters: number, ours: readonly Run[], theirs: readonly Run[]): Figure[] {
  const base = { bench: 'web', against: LEAFLET } as const
  const of = (read: (run: Run) => number) => ({ ours: middle(ours, read), control: middle(theirs, read) })
  const name = (what: string) => `map of ${characters} characters, ${what}`
  const frames = { ...base, unit: 'frames/s', better: 'more' } as const
  const busy = { ...base, unit: '% of the main thread', better: 'less' } as const
  const asked = characters === 500 ? [rate('at rest', 'rest'), rate('dragged', 'drag')] : []
  function rate(what: string, key: 'rest' | 'drag'): Figure {
    return { ...frames, ...of((run) => run[key].fps), name: name(`frames ${what} alone`), control: null, asked: SIXTY }
  }
  return [
    { ...frames, name: name('frames at rest'), ...of((run) => run.rest.fps) },
    { ...frames, name: name('frames dragged'), ...of((run) => run.drag.fps), ...(characters > 500 && { asked: 2 }) },
    ...asked,
    { ...busy, name: name('main thread at rest'), ...of((run) => run.rest.busy) },
    {
      ...busy,
      name: name('main thread dragged'),
      ...of((run) => run.drag.busy),
      beside: {
        'ms a frame': middle(ours, ({ drag }) => (drag.busy * 10) / drag.fps),
        'ms a frame of Leaflet': middle(theirs, ({ drag }) => (drag.busy * 10) / drag.fps),
      },
    },
    {
      ...base,
      name: name('heap'),
      unit: 'MB',
      better: 'less',
      ...of((run) => run.heapMb),
      asked: 0.2,
      beside: {
        'typed arrays MB': middle(ours, (run) => run.arraysMb),
        'of Leaflet MB': middle(theirs, (run) => run.arraysMb),
      },
    },
  ]
}

export async function benchFrames(): Promise<Figure[]> {
  await using pages = await servePages()
  const browser = await openBrowser()
  const figures: Figure[] = []
  try {
    for (const characters of SIZES) {
      const runs: Record<(typeof SIDES)[number], Run[]> = { ours: [], leaflet: [] }
      for (let round = 0; round < ROUNDS; round++)
        for (const side of SIDES) runs[side].push(await run(browser, `${pages.url}/${side}.html`, characters))
      figures.push(...figuresOf(characters, runs.ours, runs.leaflet))
    }
  } finally {
    await browser.close()
  }
  return figures
}
