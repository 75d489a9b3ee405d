import { chromium, type Browser, type Page } from 'playwright-core'

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: ARGS })

/** What a page asked of others than its own overlord, and what it complained of. */
export interface Watch {
  strangers: string[]
  complaints: string[]
}

/** A page whose every request and complaint is written down. `overlord` is the only address it may ask. */
export async function openPage(browser: Browser, overlord: string): Promise<{ page: Page; watch: Watch }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    // Tests that refuse or change an answer mean the server's, not a kept one.
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  const watch: Watch = { strangers: [], complaints: [] }
  const own = new URL(overlord).host
  const note = (address: string) => {
    const { protocol, host } = new URL(address)
    if (!['data:', 'blob:'].includes(protocol) && host !== own) watch.strangers.push(address)
  }
  page.on('request', (request) => note(request.url()))
  page.on('websocket', (socket) => note(socket.url()))
  page.on('pageerror', (error) => watch.complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') watch.complaints.push(`${message.text()} (${message.location().url})`)
  })
  return { page, watch }
}
