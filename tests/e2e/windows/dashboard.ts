import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { openBrowser, openPage, type Watch } from '../lights/browser.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const AXE = path.join(ROOT, 'node_modules', 'axe-core', 'axe.min.js')

/** The built dashboard of a real process, opened by its admin. */
export interface Dashboard extends AsyncDisposable {
  overlord: TestOverlord
  plugin: TestPlugin
  page: Page
  watch: Watch
  /** The window with this title. */
  dialog(title: string | RegExp): Locator
  /** Opens a window from the bar's menu of further windows. */
  openFromMenu(name: string): Promise<void>
  /** What axe finds wrong in a window: the rules, and the elements that break them. */
  axe(window: Locator): Promise<string[]>
}

/** Starts a process and opens the dashboard once `seed` has sent its frames and seen them stored. */
export async function openDashboard(
  seed: (overlord: TestOverlord, plugin: TestPlugin) => Promise<unknown>,
  env: Record<string, string> = {},
): Promise<Dashboard> {
  if (!existsSync(path.join(ROOT, 'dist', 'web', 'index.html')))
    throw new Error('The dashboard is not built: node scripts/build-missing.js')
  const overlord = await startOverlord({ env })
  const plugin = await overlord.plugin()
  await seed(overlord, plugin)
  const browser: Browser = await openBrowser()
  const { page, watch } = await openPage(browser, overlord.url)
  const [name, value] = overlord.cookie.split('=') as [string, string]
  await page.context().addCookies([{ name, value, url: overlord.url }])
  await page.goto(overlord.url)
  await page.getByRole('listbox', { name: 'Characters' }).waitFor()
  return {
    overlord,
    plugin,
    page,
    watch,
    dialog: (title) => page.getByRole('dialog', { name: title, ...(typeof title === 'string' && { exact: true }) }),
    async openFromMenu(window) {
      await page.getByRole('button', { name: /^More windows/ }).click()
      await page.getByRole('menuitem', { name: window }).click()
    },
    async axe(window) {
      // Evaluated, not added as a script element, which the page's content security policy would refuse.
      if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(readFileSync(AXE, 'utf8'))
      return window.evaluate(async (element) => {
        const { axe } = globalThis as unknown as { axe: { run(node: Element): Promise<AxeAnswer> } }
        const { violations } = await axe.run(element)
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
      })
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await plugin[Symbol.asyncDispose]()
      await overlord[Symbol.asyncDispose]()
    },
  }
}

interface AxeAnswer {
  violations: { id: string; nodes: { html: string }[] }[]
}
