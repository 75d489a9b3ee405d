import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOT_TOKEN, FakeDiscord, type FakeReply } from '../../../shared/testing/discord/fake-discord.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const [COMMON, GREAT, UNKNOWN, ALERTS, LOG, CHAT] = [
  '3000000000000000001',
  '3000000000000000002',
  '3000000000000000003',
  '3000000000000000004',
  '3000000000000000005',
  '3000000000000000006',
] as const

let discord: FakeDiscord
let overlord: TestOverlord
let plugin: TestPlugin
beforeAll(async () => {
  discord = await FakeDiscord.start([COMMON, GREAT, UNKNOWN, ALERTS, LOG, CHAT])
  overlord = await startOverlord({
    env: {
      DISCORD_RARE_BOT_TOKEN: BOT_TOKEN,
      DISCORD_API: discord.api,
      COMMON_RARE_CHANNEL_ID: COMMON,
      GREAT_RARE_CHANNEL_ID: GREAT,
      UNKNOWN_RARE_CHANNEL_ID: UNKNOWN,
      ALERT_CHANNEL_ID: ALERTS,
      ACLOG_CHANNEL_ID: LOG,
      CHAT_CHANNEL_ID: CHAT,
    },
  })
  await until('the bot to be connected', () => discord.commands.length > 0)
  plugin = await overlord.plugin('Finder')
})
afterAll(async () => {
  await plugin?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
  await discord?.[Symbol.asyncDispose]()
})

const rare = (name: string, character = 'Finder') =>
  plugin.send({ type: 'rare', character_name: character, name, ew: 33.6, ns: 42.1 })
const die = (name: string) => {
  for (const vitae of [0, 5]) plugin.send({ type: 'vitals', character_name: name, health_percentage: 50, vitae })
}
const titles = (channel: string) => discord.in(channel).map(({ embeds }) => embeds?.[0]?.title)
const replyTo = async (id: string): Promise<FakeReply> => {
  await until('a reply', () => {
    const reply = discord.replies.get(id)
    return reply !== undefined && (reply.type !== 5 || reply.edited !== null)
  })
  return discord.replies.get(id)!
}
const textOf = ({ data, edited }: FakeReply): string => JSON.stringify(edited ?? data)

describe('the Discord bot', () => {
  it('[DIS1] connects with the intent Guilds alone, and registers its commands', () => {
    expect(discord.identified).toEqual([{ token: BOT_TOKEN, intents: 1 }])
    expect(discord.commands.map(({ name }) => name).sort()).toEqual([
      'alerts',
      'find',
      'rares',
      'stats',
      'suit',
      'where',
      'who',
    ])
  })

  it('[DIS2] posts each rare to the channel of its tier, within a second, with place and finder', async () => {
    await until('the stream to be followed', () => {
      rare('Hieroglyph of Nothing Known')
      return titles(UNKNOWN).length > 0
    })
    const sentAt = performance.now()
    rare('Warrior’s Crystal'.replace('’', "'"))
    await until('the common one', () => titles(COMMON).length === 1)
    expect(performance.now() - sentAt).toBeLessThan(1_000)
    rare('Shimmering Skeleton Key')
    rare('Infinite Leather')
    await until('a great one', () => titles(GREAT).length > 0)
    const [message] = discord.in(COMMON)
    expect(message!.allowed_mentions).toEqual({ parse: [] })
    const [embed] = message!.embeds!
    expect(embed!.fields).toEqual([
      expect.objectContaining({ name: 'Who', value: 'Finder' }),
      expect.objectContaining({ name: 'Where', value: expect.stringContaining('42.1N, 33.6E') as string }),
      expect.objectContaining({ name: 'When' }),
      ...(embed!.fields!.length > 3 ? [expect.objectContaining({ name: 'Kills since the last' })] : []),
    ])
  })

  it('[DIS3] posts deaths to the alerts with a button to mute, vortexes once, and chat of the allegiance', async () => {
    die('Mortal')
    for (const character of ['Finder', 'Mortal'])
      plugin.send({ type: 'chat', character_name: character, text: 'You see a whirlwind of vortexes!', color: 0 })
    for (const character of ['Finder', 'Mortal'])
      plugin.send({
        type: 'chat',
        character_name: character,
        text: '[Allegiance] Sawato says, "@everyone **hi** https://x.example"',
        color: 18,
      })
    await until('the death', () => titles(ALERTS).includes('Death: Mortal'))
    await until('the vortex', () => titles(LOG).includes('Vortex warning'))
    await until('the chat', () => discord.in(CHAT).length > 0)
    expect(titles(LOG).filter((title) => title === 'Vortex warning')).toHaveLength(1)
    const line = discord.in(CHAT)[0]!.content!
    expect(line).toContain('**Sawato**')
    expect(line).not.toMatch(/@everyone|\*\*hi\*\*|https:\/\//)
    expect(discord.in(ALERTS)[0]!.components![0]!.components[0]!.custom_id).toBe('mute/death/Mortal')
  })

  it('[DIS4] mutes what a message is about for its channel, by those who manage it', async () => {
    const [message] = discord.in(ALERTS)
    const refused = discord.press('mute/death/Muted one', message!, '0')
    expect(textOf(await replyTo(refused))).toContain('Only those who manage messages')
    const muted = discord.press('mute/death/Muted one', message!)
    expect(textOf(await replyTo(muted))).toContain('muted')
    die('Muted one')
    die('Another')
    await until('the other death', () => titles(ALERTS).includes('Death: Another'))
    expect(titles(ALERTS)).not.toContain('Death: Muted one')
  })

  it('[DIS5] answers commands from the graph, privately, and completes names', async () => {
    plugin.send({ type: 'telemetry', character_name: 'Finder', ew: 33.6, ns: 42.1, kills: 12, vt_state: 'Combat' })
    const name = [{ name: 'name', type: 3, value: 'finder' }]
    await until('where it is', async () => textOf(await replyTo(discord.slash('where', name))).includes('42.1N, 33.6E'))
    const where = await replyTo(discord.slash('where', name))
    expect((where.data ?? where.edited)!.flags ?? 64).toBe(64)
    expect(textOf(await replyTo(discord.slash('who')))).toContain('Finder')
    expect(textOf(await replyTo(discord.slash('stats', name)))).toContain('rares')
    expect(textOf(await replyTo(discord.slash('rares')))).toContain('Crystal')
    const nothing = discord.slash('find', [{ name: 'item', type: 3, value: 'No Such Thing' }])
    expect(textOf(await replyTo(nothing))).toContain('Nobody has')
    const unknown = discord.slash('rares', [{ name: 'name', type: 3, value: 'Fnder' }])
    expect(textOf(await replyTo(unknown))).toContain('Finder')
    const { data } = await replyTo(discord.type('where', 'name', 'fin'))
    expect(data!.choices).toEqual([{ name: 'Finder', value: 'Finder' }])
    const foreign = discord.slash('who', [], { guild: '2999999999999999999' })
    expect(textOf(await replyTo(foreign))).toContain('does not answer in this server')
  })

  it('[DIS6] lists and changes what is muted by /alerts', async () => {
    const sub = (name: string, options: object[] = []) => discord.slash('alerts', [{ name, type: 1, options }])
    const kind = { name: 'kind', type: 3, value: 'status' }
    expect(textOf(await replyTo(sub('list')))).toContain('Nothing')
    expect(textOf(await replyTo(sub('mute', [kind])))).toContain('until they are unmuted')
    expect(textOf(await replyTo(sub('list')))).toContain('status')
    expect(textOf(await replyTo(sub('unmute', [kind])))).toContain('come here again')
    const notAllowed = discord.slash('alerts', [{ name: 'list', type: 1 }], { permissions: '0' })
    expect(textOf(await replyTo(notAllowed))).toContain('Only those who manage messages')
  })

  it('[DIS7] posts 60 alerts once each, in order, through rate limits and failures', async () => {
    const before = titles(ALERTS).length
    discord.fail(/\/messages$/, 3, 429, 0.2)
    discord.fail(/\/messages$/, 2, 502)
    for (let n = 1; n <= 60; n++) die(`Victim ${n}`)
    await until('all of them', () => titles(ALERTS).length >= before + 60, 60_000)
    expect(titles(ALERTS).slice(before)).toEqual(Array.from({ length: 60 }, (_, n) => `Death: Victim ${n + 1}`))
  })

  it('[DIS8] resumes its connection to Discord, and loses and repeats nothing over kill -9', async () => {
    discord.drop(4000)
    await until('it to resume', () => discord.resumed > 0)
    const before = titles(UNKNOWN).length
    for (let n = 1; n <= 30; n++) rare(`Unheard of ${n}`)
    await until('some of them', () => titles(UNKNOWN).length > before + 5)
    await overlord.kill9()
    await overlord.restart()
    plugin = await overlord.plugin('Finder')
    await until('the bot to be back', () => discord.identified.length > 1)
    for (let n = 31; n <= 40; n++) rare(`Unheard of ${n}`)
    await until('all of them', () => titles(UNKNOWN).includes('💎 Unheard of 40'), 60_000)
    const seen = titles(UNKNOWN).slice(before)
    expect(seen).toEqual([...new Set(seen)])
    const stored = await overlord.graph<{ rares: { nodes: { name: string }[] } }>(
      '{ rares(first: 100) { nodes { name } } }',
    )
    const names = stored.data.rares.nodes.map(({ name }) => name).filter((name) => name.startsWith('Unheard'))
    expect([...seen].sort()).toEqual(names.map((name) => `💎 ${name}`).sort())
  })

  it('[DIS9] sends a thousand events of a minute as digests within the budget of the channel', async () => {
    const before = discord.in(UNKNOWN).length
    for (let n = 1; n <= 1_000; n++) rare(`Flood ${n}`)
    const shown = () =>
      discord
        .in(UNKNOWN)
        .slice(before)
        .flatMap(({ embeds }) => embeds ?? [])
        .reduce((sum, { title }) => sum + (Number(/^(\d+) events$/.exec(title ?? '')?.[1] ?? 0) || 1), 0)
    await until('all of them', () => shown() >= 1_000, 60_000)
    expect(shown()).toBe(1_000)
    expect(discord.in(UNKNOWN).length - before).toBeLessThanOrEqual(75)
  })

  it('[DIS10] never sends a secret, and mentions nobody', () => {
    const sent = JSON.stringify(discord.requests)
    for (const secret of [overlord.secret, overlord.token, BOT_TOKEN]) expect(sent).not.toContain(secret)
    expect(discord.messages.every(({ allowed_mentions }) => allowed_mentions?.parse.length === 0)).toBe(true)
  })
})
