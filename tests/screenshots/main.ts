// npm run screenshots: starts the demo on data of its own and takes the pictures in docs/images; with names, only
// those.
import { spawn } from 'node:child_process'
import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { chromium, type Page } from 'playwright-core'
import { until } from '../../shared/testing/until.ts'

const root = path.join(import.meta.dirname, '..', '..')
const images = path.join(root, 'docs', 'images')
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]
const SETTLE_MS = 8_000

interface Shot {
  file: string
  path: string
  width: number
  height: number
  dark: boolean
  before?: (page: Page) => Promise<unknown>
}

/** Until no news stands in the picture. */
const quiet = (page: Page) =>
  until(
    'a moment without news',
    async () => (await page.getByRole('button', { name: 'Dismiss' }).count()) === 0,
    60_000,
  )

const shots: Shot[] = [
  { file: 'dashboard-dark', path: '/', width: 1440, height: 900, dark: true },
  { file: 'dashboard-light', path: '/', width: 1440, height: 900, dark: false },
  { file: 'phone', path: '/', width: 390, height: 844, dark: true },
  {
    file: 'inventory-dark',
    path: '/',
    width: 1440,
    height: 900,
    dark: true,
    before: async (page) => {
      await page.getByRole('listbox', { name: 'Characters' }).getByRole('option').nth(3).click()
      await page.getByRole('button', { name: /^Close (?!Characters|Chat)/ }).click()
      await page.keyboard.press('b')
      const inventory = page.getByRole('dialog', { name: /^Inventory/ })
      await inventory.getByRole('treeitem').nth(2).click()
      await quiet(page)
      await inventory.locator('[data-slot=CHEST]').hover()
    },
  },
  {
    file: 'items-light',
    path: '/',
    width: 1440,
    height: 900,
    dark: false,
    before: async (page) => {
      await page.keyboard.press('i')
      const search = page.getByRole('dialog', { name: 'Item search' })
      await search.getByRole('combobox', { name: 'Add a spell' }).fill('any epic')
      await search.getByRole('option', { name: 'Any Epic or better', exact: true }).click()
      await search.getByRole('group', { name: 'Class', exact: true }).getByLabel('Armor').check()
      await search.getByLabel('Sort by', { exact: true }).selectOption({ label: 'All ratings' })
      await quiet(page)
    },
  },
  {
    file: 'suits-dark',
    path: '/',
    width: 1440,
    height: 900,
    dark: true,
    before: async (page) => {
      await page.keyboard.press('s')
      const suits = page.getByRole('dialog', { name: 'Suit builder' })
      for (const [field, name] of [
        ['Add a wearer', 'Xandor'],
        ['Add a set', "Adept's Set"],
        ['Add a second set', 'Wise Set'],
      ] as const) {
        const box = suits.getByRole('combobox', { name: field, exact: true })
        await box.fill(name)
        await suits.getByRole('option', { name }).first().waitFor()
        await box.press('Enter')
      }
      for (const list of ['Attributes', 'Magic', 'Wards']) {
        await suits.getByRole('button', { name: `Add all of ${list}` }).click()
        await page.waitForTimeout(500)
      }
      await page.keyboard.press('Control+Enter')
      await suits.getByText('Proved the best: no suit is worth more').waitFor({ timeout: 90_000 })
      await quiet(page)
    },
  },
  {
    file: 'graphiql',
    path: '/graphiql/',
    width: 1440,
    height: 900,
    dark: true,
    before: (page) => page.locator('.graphiql-execute-button').click(),
  },
]

await mkdir(images, { recursive: true })
const dataDir = await tempFolder('shots')
const demo = spawn(process.execPath, [path.join(root, 'dist', 'demo.js')], {
  env: { ...process.env, DATA_DIR: dataDir, PORT: '0', GAME_SERVER_ADDRESS: 'off' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
let said = ''
demo.stdout.on('data', (text: Buffer) => (said += text.toString()))
try {
  const link = await until(
    'the demo',
    () => /pretend characters/.test(said) && /http\S+link=\S+/.exec(said)?.[0],
    60_000,
  )
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: ARGS,
  })
  const wanted = process.argv.slice(2)
  for (const { file, path: where, width, height, dark, before } of shots) {
    if (wanted.length > 0 && !wanted.includes(file)) continue
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light' })
    await page.goto(link)
    if (where !== '/') await page.goto(new URL(where, link).href)
    await page.waitForTimeout(SETTLE_MS)
    await before?.(page)
    await page.waitForTimeout(before ? 3_000 : 0)
    await page.screenshot({ path: path.join(images, `${file}.jpg`), type: 'jpeg', quality: 82 })
    console.log(`took ${file}.jpg`)
    await page.close()
  }
  await browser.close()
} finally {
  demo.kill('SIGTERM')
  await new Promise((resolve) => demo.once('exit', resolve))
  await rm(dataDir, { recursive: true, force: true })
}
