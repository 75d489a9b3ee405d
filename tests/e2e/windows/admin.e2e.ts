import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../../../shared/testing/until.ts'
import { openPage } from '../lights/browser.ts'
import { openDashboard, type Dashboard } from './dashboard.ts'

let dashboard: Dashboard

const PASSWORD = 'a password for a new person'

beforeAll(async () => {
  dashboard = await openDashboard(async (overlord, plugin) => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2 })
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 'far', ns: 2 })
    plugin.send({ type: 'weather_report', character_name: 'Larsson', rain: true })
    await until('the character and the bad frame', async () => {
      const { data } = await overlord.graph<Record<'characters' | 'deadLetters', { totalCount: number }>>(
        '{ characters { totalCount } deadLetters { totalCount } }',
      )
      return data.characters.totalCount === 1 && data.deadLetters.totalCount === 1
    })
  })
})
afterAll(() => dashboard?.[Symbol.asyncDispose]())

const admin = () => dashboard.dialog('Admin')
const tab = (name: string) => admin().getByRole('tab', { name }).click()
const row = (name: string) => admin().getByRole('row', { name: new RegExp(name) })

describe('the Admin window', () => {
  it('adds an account, refuses a short password in words, and changes a role', async () => {
    await dashboard.openFromMenu('Admin')
    await admin().getByLabel('Name of the new account').fill('Scout')
    await admin().getByLabel('Password of the new account').fill('short')
    await admin().getByRole('button', { name: 'Add account' }).click()
    await admin().getByText('The password needs at least 10 characters.').waitFor()
    await admin().getByLabel('Password of the new account').fill(PASSWORD)
    await admin().getByRole('button', { name: 'Add account' }).click()
    await admin().getByLabel('Role of Scout', { exact: true }).selectOption('Operator')
    await until('the role', async () => {
      const { data } = await dashboard.overlord.graph<{ users: { nodes: { username: string; role: string }[] } }>(
        '{ users { nodes { username role } } }',
      )
      return data.users.nodes.some(({ username, role }) => username === 'Scout' && role === 'OPERATOR')
    })
  })

  it('creates a token that works, shows its secret once, and revokes it after asking', async () => {
    await tab('Tokens')
    await admin().getByLabel('Name of the new token').fill('rare bot')
    await admin().getByRole('button', { name: 'Store', exact: true }).click()
    await admin().getByRole('button', { name: 'Create token' }).click()
    const secret = await admin().locator('code').innerText()
    const me = () =>
      dashboard.overlord.graph<{ me: { isToken: boolean } } | null>(
        '{ me { isToken } }',
        {},
        { headers: { authorization: `Bearer ${secret}` }, mayFail: true },
      )
    expect((await me()).data!.me.isToken).toBe(true)
    expect(await row('rare bot').innerText()).toContain('read, store')
    await admin().getByRole('button', { name: 'Done' }).click()
    expect(await admin().locator('code').count()).toBe(0)
    await admin().getByRole('button', { name: 'Revoke rare bot', exact: true }).click()
    expect((await me()).status).toBe(200)
    await admin().getByRole('button', { name: 'Yes, revoke rare bot', exact: true }).click()
    await row('rare bot').waitFor({ state: 'detached' })
    expect((await me()).status).toBe(401)
  })

  it('sets the owner of a character', async () => {
    await tab('Owners')
    await admin().getByLabel('Owner of Larsson', { exact: true }).selectOption('Scout')
    await until('the owner', async () => {
      const { data } = await dashboard.overlord.graph<{ ownerships: { nodes: { username: string }[] } }>(
        '{ ownerships { nodes { username } } }',
      )
      return data.ownerships.nodes[0]?.username === 'Scout'
    })
  })

  it('lists who did what, refused or not', async () => {
    await tab('Audit')
    await row('setOwner Larsson').waitFor()
    await admin().getByLabel('Refused only').check()
    await row('setOwner').waitFor({ state: 'detached' })
  })

  it('shows what ingest did not understand', async () => {
    await tab('Ingest')
    await admin().getByText('weather_report').waitFor()
    await admin().getByText('Dead letters: 1').waitFor()
    await admin().getByText('Plugins connected').waitFor()
  })

  it('passes axe in every tab, and logged no error', async () => {
    for (const name of ['People', 'Tokens', 'Owners', 'Audit', 'Ingest']) {
      await tab(name)
      await admin().getByText('Loading…').waitFor({ state: 'detached' })
      expect(await dashboard.axe(admin()), name).toEqual([])
    }
    expect(dashboard.watch).toEqual({ strangers: [], complaints: [] })
  })

  it('is offered to admins alone', async () => {
    const { overlord, page } = dashboard
    const { page: other } = await openPage(page.context().browser()!, overlord.url)
    await other.goto(`${overlord.url}/login`)
    await other.getByLabel('Name', { exact: true }).fill('Scout')
    await other.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await other.getByRole('button', { name: 'Sign in' }).click()
    await other.getByRole('button', { name: /^More windows/ }).click()
    await other.getByRole('menuitem', { name: 'Event Log' }).waitFor()
    expect(await other.getByRole('menuitem', { name: 'Admin' }).count()).toBe(0)
    await other.context().close()
  })
})
