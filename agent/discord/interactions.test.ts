import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BOT_TOKEN, FakeDiscord, type FakeReply } from '../../shared/testing/discord/fake-discord.ts'
import { until } from '../../shared/testing/until.ts'
import { answerAlerts } from './commands/alerts.ts'
import { connectDiscord } from './connection.ts'
import { emptyMemory, openMemory, type Memory } from './memory.ts'

const CHANNEL = '3000000000000000001'
const log = pino({ level: 'silent' })

let discord: FakeDiscord
let memory: Memory
let connection: AsyncDisposable
let store: () => Promise<object> = () => Promise.resolve({})
beforeAll(async () => {
  discord = await FakeDiscord.start([CHANNEL])
  const ask = (_: unknown, { input }: { input?: object }) => (input ? store() : Promise.resolve({ storedValues: [] }))
  memory = await openMemory({ ask } as never, log)
  const routes = { commonRares: null, greatRares: null, unknownRares: null, alerts: null, chat: null }
  connection = await connectDiscord(
    { routes: { ...routes, log: { kind: 'channel', id: CHANNEL } }, guilds: [], api: discord.api, log },
    BOT_TOKEN,
    { graph: {} as never, memory },
  )
  await until('the commands', () => discord.commands.length > 0)
})
afterAll(async () => {
  await connection[Symbol.asyncDispose]()
  await discord[Symbol.asyncDispose]()
})

const message = { id: '4000000000000000001', channel_id: CHANNEL }
const replyTo = (id: string): Promise<FakeReply> =>
  until('a reply', () => {
    const reply = discord.replies.get(id)
    return reply && (reply.type !== 5 || reply.edited) ? reply : null
  })

describe('a button', () => {
  it('is answered although the mute could not be stored, and says so', async () => {
    store = () => Promise.reject(new Error('away'))
    const { data } = await replyTo(discord.press('mute/idle/Nobody', message))
    expect(data!.content).toContain('could not be answered')
    expect(memory.isMuted(CHANNEL, 'idle', 'Nobody')).toBe(false)
  })

  it('is deferred when storing takes longer than a second', async () => {
    let open!: () => void
    store = () => new Promise((resolve) => (open = () => resolve({})))
    const id = discord.press('mute/idle/Somebody', message)
    await until('it to be deferred', () => discord.replies.get(id)?.type === 5)
    open()
    expect((await replyTo(id)).edited!.content).toContain('are muted')
  })
})

describe('the list of what is muted', () => {
  it('fits into a message, however much there is', async () => {
    const many = emptyMemory()
    for (let n = 0; n < 100; n++)
      await many.mute(CHANNEL, { kind: 'idle', character: `_${n}_`.padEnd(64, '*'), until: null })
    const { embeds } = await answerAlerts('list', { text: () => null, number: () => null }, CHANNEL, many)
    expect(embeds![0]!.description!.length).toBeLessThanOrEqual(4_096)
    expect(embeds![0]!.description).toMatch(/and \d+ more$/)
  })
})
