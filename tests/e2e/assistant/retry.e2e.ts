// An answer that broke off, asked for again in the window.
import { expect, it } from 'vitest'
import { startOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel } from '../../../shared/testing/stub-openai.ts'
import { openBrowser, openPage } from '../lights/browser.ts'

it('an answer that broke off has a button that asks again, and so has one of the look-up after a failure', async () => {
  await using model = await startStubModel([
    { text: 'One two three four five.', breakAfter: 2 },
    { text: 'A whole answer.' },
    { status: 401 },
    { text: 'Another one.' },
  ])
  const env = { MODEL_DRIVER: 'openai', MODEL_URL: model.url, MODEL_KEY: 'test', MODEL_NAME: 'stub-1' }
  await using overlord = await startOverlord({ env })
  await using plugin = await overlord.plugin()
  plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 10.4, ns: 20.3, kills: 5 })
  const browser = await openBrowser()
  try {
    const { page, watch } = await openPage(browser, overlord.url)
    const [name, value] = overlord.cookie.split('=') as [string, string]
    await page.context().addCookies([{ name, value, url: overlord.url }])
    await page.goto(overlord.url)
    await page.getByRole('listbox', { name: 'Characters' }).waitFor()
    await page.keyboard.press('a')
    const assistant = page.getByRole('dialog', { name: 'Assistant' })
    const ask = async (question: string) => {
      await assistant.getByRole('textbox', { name: 'Question' }).fill(question)
      await assistant.getByRole('textbox', { name: 'Question' }).press('Enter')
    }
    await ask('what is NAME')
    await assistant.getByText('The answer above is incomplete').waitFor()
    await assistant.getByRole('button', { name: 'Retry: what is NAME' }).click()
    await assistant.getByText('A whole answer.').waitFor()
    expect(await assistant.getByRole('article', { name: 'Question: what is NAME' }).count()).toBe(2)
    expect(model.requests.at(-1)!.messages.at(-1)!.content).toBe('what is NAME')

    await ask('who is online')
    await assistant.getByText('refused our key').waitFor()
    await assistant.getByRole('button', { name: 'Retry: who is online' }).click()
    await assistant.getByText('Another one.').waitFor()
    expect(await assistant.getByRole('button', { name: /^Retry/ }).count()).toBe(2) // of the two that failed
    expect(watch).toEqual({ strangers: [], complaints: [] })
  } finally {
    await browser.close()
  }
})
