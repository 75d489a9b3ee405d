// From a frame on a plugin's socket to the picture on a screen, with a guild playing and others watching.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { connectPlugin, type TestPlugin } from '../../../shared/testing/plugin.ts'
import { graphClient } from '../../../shared/testing/feed.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { openBrowser } from '../../e2e/lights/browser.ts'
import { percentile, type Figure } from '../figure.ts'

const CHARACTERS = 60
const READERS = 19
/** What each reader follows: what a dashboard with its first windows does. */
const FOLLOWED = ['MapTelemetry', 'MapVitals', 'ShellRareFound', 'EventsUnreadLive', 'ChatWindowLive']
const STEPS = 300
const WARM_STEPS = 15
/** Between two steps of the one that is watched: never in time with the lists of the graph. */
const STEP_MS = { least: 150, most: 350 }
const PIXELS_PER_UNIT = 24
/** The middle of what the first windows leave free of 1280 x 800 pixels, and the place that is shown there. */
const MIDDLE = { x: 834, y: 403 }
const HOME = { ew: 33.6, ns: 42.1 }
/** So far that the dot does not glide. */
const JUMP = 3
const DOCUMENTS = path.join(import.meta.dirname, '..', '..', '..', 'gateway', 'generated', 'documents.json')

/**
 * Looks on each frame at the two points where the dot may stand, and notes when the picture with its move was shown: at
 * the start of the frame after the one that drew it. As text: nothing of it may be transformed.
 */
const WATCH = `(points) => {
  const context = document.querySelectorAll('[role=application] canvas')[2].getContext('2d')
  const isThere = ([x, y]) => context.getImageData(x, y, 1, 1).data[3] > 200
  const now = () => performance.timeOrigin + performance.now()
  globalThis.moves = []
  let at = 1
  let isDrawn = false
  const look = () => {
    if (isDrawn) globalThis.moves.push({ at, shownAt: now() })
    isDrawn = false
    const found = points.findIndex(isThere)
    if (found >= 0 && found !== at) [at, isDrawn] = [found, true]
    requestAnimationFrame(look)
  }
  look()
}`
interface Move {
  at: number
  shownAt: number
}

const clock = () => performance.timeOrigin + performance.now()

/** The page's clock before ours, by the quickest of some answers. */
async function clockLead(page: Page): Promise<number> {
  let best = { took: Infinity, lead: 0 }
  for (let nth = 0; nth < 30; nth++) {
    const before = clock()
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now())
    const took = clock() - before
    if (took < best.took) best = { took, lead: theirs - before - took / 2 }
  }
  return best.lead
}

const telemetry = (name: string, place: { ew: number; ns: number }) => ({
  type: 'telemetry',
  character_name: name,
  ...place,
  z: 0,
  vt_state: 'Combat',
  kills_per_hour: 420,
})

/** Everybody but the one that is watched: a place in two seconds and vitals in each, out of step with one another. */
function play(plugins: readonly TestPlugin[]): Disposable {
  let tick = 0
  const timer = setInterval(() => {
    tick++
    plugins.forEach((plugin, nth) => {
      const name = `Runner ${nth}`
      const place = { ew: HOME.ew - 6 + (nth % 12) + (tick % 7) / 50, ns: HOME.ns - 9 + Math.floor(nth / 12) }
      if ((tick + nth) % 40 === 0) plugin.send(telemetry(name, place))
      if ((tick + nth) % 20 === 0)
        plugin.send({ type: 'vitals', character_name: name, health_percentage: 60 + (tick % 40) })
    })
  }, 50)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** The other dashboards. Their streams run in this process; it does nothing with what comes. */
function readers(overlord: TestOverlord): AsyncDisposable & { heard: () => number } {
  const documents = Object.values(JSON.parse(readFileSync(DOCUMENTS, 'utf8')) as Record<string, string>)
  const queries = FOLLOWED.map((name) => documents.find((text) => text.startsWith(`subscription ${name}`))!)
  let heard = 0
  const clients = Array.from({ length: READERS }, () => {
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, overlord.token)
    for (const query of queries)
      client.subscribe({ query }, { next: () => heard++, error: () => undefined, complete: () => undefined })
    return client
  })
  return {
    heard: () => heard,
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.dispose()
    },
  }
}

async function openMap(overlord: TestOverlord) {
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await context.addCookies([{ name, value, url: overlord.url }])
  const page = await context.newPage()
  await page.goto(`${overlord.url}/#c=${HOME.ew},${HOME.ns},${PIXELS_PER_UNIT}`)
  await page.getByText(`${CHARACTERS} live of ${CHARACTERS}`).waitFor()
  const points = [0, JUMP].map((units) => [MIDDLE.x + units * PIXELS_PER_UNIT, MIDDLE.y])
  await page.evaluate(`(${WATCH})(${JSON.stringify(points)})`)
  return { page, [Symbol.asyncDispose]: () => browser.close() }
}

/** Moves the one that is watched to and fro; gives how long each move took to its picture, in ms. */
async function measure(page: Page, plugin: TestPlugin): Promise<number[]> {
  const moves = () => page.evaluate(() => (globalThis as unknown as { moves: Move[] }).moves)
  const lead = await clockLead(page)
  const took: number[] = []
  for (let step = 0; step < STEPS + WARM_STEPS; step++) {
    const at = step % 2
    const sentAt = clock()
    plugin.send(telemetry('Watched', { ew: HOME.ew + at * JUMP, ns: HOME.ns }))
    await wait(STEP_MS.least + Math.random() * (STEP_MS.most - STEP_MS.least))
    const move = await until('the picture', async () => (await moves())[step], 10_000)
    if (move.at !== at) throw new Error('A move was seen that was not made')
    if (step >= WARM_STEPS) took.push(move.shownAt - lead - sentAt)
  }
  return took
}

export async function benchPixels(): Promise<Figure[]> {
  await using overlord = await startOverlord()
  const plugins = await Promise.all(
    Array.from({ length: CHARACTERS - 1 }, () => connectPlugin(overlord.pluginUrl, { secret: overlord.secret })),
  )
  const watched = await overlord.plugin()
  plugins.forEach((plugin, nth) => plugin.send(telemetry(`Runner ${nth}`, { ew: HOME.ew, ns: HOME.ns - 9 })))
  watched.send(telemetry('Watched', { ew: HOME.ew + JUMP, ns: HOME.ns }))
  using _ = play(plugins)
  await using others = readers(overlord)
  await until('the readers', () => others.heard() > READERS * FOLLOWED.length)
  await using map = await openMap(overlord)
  const took = await measure(map.page, watched)
  for (const plugin of [...plugins, watched]) await plugin[Symbol.asyncDispose]()
  const base = { bench: 'web', unit: 'ms', better: 'less', control: null, against: null } as const
  const name = `plugin's socket to pixels, ${CHARACTERS} characters, ${READERS + 1} dashboards`
  return [
    { ...base, name: `${name}, p50`, ours: percentile(took, 0.5) },
    { ...base, name: `${name}, p99`, ours: percentile(took, 0.99), asked: 150, beside: { moves: took.length } },
  ]
}
