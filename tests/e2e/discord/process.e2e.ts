import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOT_TOKEN, FakeDiscord } from '../../../shared/testing/discord/fake-discord.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const CHANNEL = '3000000000000000001'
const WEBHOOK = { id: '5000000000000000001', token: 'the-secret-of-a-webhook' }

let discord: FakeDiscord
let overlord: TestOverlord
const children: ChildProcess[] = []
beforeAll(async () => {
  discord = await FakeDiscord.start([CHANNEL])
  overlord = await startOverlord()
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await overlord?.[Symbol.asyncDispose]()
  await discord?.[Symbol.asyncDispose]()
})

/** The bot as a process of its own, with a token of its own. */
async function startBot(name: string, env: Record<string, string>, { waits = true } = {}) {
  const { data } = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation ($name: String!) { createToken(input: { name: $name, scopes: [READ, STORE] }) { secret } }',
    { name },
  )
  const run = () => {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist', 'agent', 'discord', 'main.js')], {
      env: {
        PATH: process.env['PATH'],
        GATEWAY_URL: `${overlord.url}/graphql`,
        DISCORD_GRAPH_TOKEN: data.createToken.secret,
        DISCORD_API: discord.api,
        LOG_LEVEL: 'info',
        DISCORD_PORT: '0',
        ...env,
      },
    })
    children.push(child)
    const printed: string[] = []
    const bot = { child, printed, logged: '', secret: data.createToken.secret }
    createInterface({ input: child.stdout }).on('line', (line) => printed.push(line))
    child.stderr.on('data', (chunk: Buffer) => (bot.logged += chunk.toString()))
    return bot
  }
  const bot = run()
  if (waits) await until('the bot to run', () => bot.logged.includes('the Discord bot runs'))
  return { ...bot, bot, run }
}
type Frames = { send(frame: object): void }
const rare = (plugin: Frames, name: string) =>
  plugin.send({ type: 'rare', character_name: 'Finder', name, ew: 33.6, ns: 42.1 })
const die = (plugin: Frames, name: string) => {
  for (const vitae of [0, 5]) plugin.send({ type: 'vitals', character_name: name, health_percentage: 50, vitae })
}

describe('the Discord bot as a process of its own', () => {
  it('[DIS11] without a token prints exactly what it would post, and sends nothing', async () => {
    await using plugin = await overlord.plugin('Finder')
    const dry = await startBot('dry', {})
    const real = await startBot('real', { DISCORD_RARE_BOT_TOKEN: BOT_TOKEN, UNKNOWN_RARE_CHANNEL_ID: CHANNEL })
    const sentBefore = discord.requests.length
    rare(plugin, 'Unknown *One*')
    await until(
      'both',
      () => dry.printed.some((line) => line.includes('RARE_CHANNEL')) && discord.in(CHANNEL).length > 0,
    )
    const line = dry.printed.find((one) => one.includes('RARE_CHANNEL'))!
    const { wouldPost, body } = JSON.parse(line) as { wouldPost: string; body: object }
    expect(wouldPost).toBe('/channels/UNKNOWN_RARE_CHANNEL_ID/messages')
    const posted = discord.requests
      .slice(sentBefore)
      .find((request) => request.path === `/channels/${CHANNEL}/messages`)
    expect(body).toEqual(posted!.body)
    dry.child.kill()
    real.child.kill()
    await Promise.all([once(dry.child, 'exit'), once(real.child, 'exit')])
  })

  it('[DIS12] with a webhook alone posts alerts there, and nowhere shows its secret', async () => {
    await using plugin = await overlord.plugin('Finder')
    const url = `https://discord.example/api/webhooks/${WEBHOOK.id}/${WEBHOOK.token}`
    const bot = await startBot('webhook', { DISCORD_ACLOG_WEBHOOK: url })
    rare(plugin, 'Unknown Two')
    die(plugin, 'Mortal')
    await until('the alert', () => discord.webhookPosts.length > 0)
    expect(discord.webhookPosts).toMatchObject([{ ...WEBHOOK, body: { embeds: [{ title: 'Death: Mortal' }] } }])
    expect(discord.webhookPosts[0]!.body).not.toHaveProperty('components')
    expect(discord.webhookPosts[0]!.body.allowed_mentions).toEqual({ parse: [] })
    expect(bot.bot.logged).not.toContain(WEBHOOK.token)
    bot.child.kill()
    await once(bot.child, 'exit')
  })

  it('[DIS13] goes on where it was, when the gateway was away and when it was itself', async () => {
    let plugin = await overlord.plugin('Finder')
    const bot = await startBot('resuming', { DISCORD_RARE_BOT_TOKEN: BOT_TOKEN, UNKNOWN_RARE_CHANNEL_ID: CHANNEL })
    const titles = () => discord.in(CHANNEL).map(({ embeds }) => embeds?.[0]?.title)
    rare(plugin, 'Before')
    await until('the first', () => titles().includes('💎 Before'))
    await overlord.kill9()
    await overlord.restart()
    plugin = await overlord.plugin('Finder')
    rare(plugin, 'While it connects again')
    await until('the second', () => titles().includes('💎 While it connects again'), 30_000)
    bot.child.kill('SIGKILL')
    await once(bot.child, 'exit')
    for (let n = 1; n <= 20; n++) rare(plugin, `Away ${n}`)
    bot.run()
    rare(plugin, 'After')
    await until('all', () => titles().includes('💎 After'), 30_000)
    const from = titles().indexOf('💎 Before')
    expect(titles().slice(from)).toEqual([
      '💎 Before',
      '💎 While it connects again',
      ...Array.from({ length: 20 }, (_, n) => `💎 Away ${n + 1}`),
      '💎 After',
    ])
    await plugin[Symbol.asyncDispose]()
  })

  it('[DIS14] says what is wrong, and ends, when a token is refused', async () => {
    const { child, bot } = await startBot('refused', { DISCORD_RARE_BOT_TOKEN: 'a.wrong.token' }, { waits: false })
    await once(child, 'exit')
    expect(child.exitCode).toBe(1)
    expect(bot.logged).toMatch(/did not start.*token/i)
  })
})
