import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BOT_TOKEN, FakeDiscord } from '../../shared/testing/discord/fake-discord.ts'
import { until } from '../../shared/testing/until.ts'
import { connectDiscord, ConnectionEnded } from './connection.ts'
import { keepDiscord } from './keep.ts'
import { emptyMemory } from './memory.ts'

const CHANNEL = '3000000000000000001'
const log = pino({ level: 'silent' })
const nowhere = { commonRares: null, greatRares: null, unknownRares: null, alerts: null, chat: null }

let discord: FakeDiscord
beforeEach(async () => void (discord = await FakeDiscord.start([CHANNEL])))
afterEach(() => discord[Symbol.asyncDispose]())

const connect = () =>
  connectDiscord(
    { routes: { ...nowhere, log: { kind: 'channel', id: CHANNEL } }, guilds: [], api: discord.api, log },
    BOT_TOKEN,
    { graph: {} as never, memory: emptyMemory() },
  )

describe('the connection to Discord', () => {
  it.each([4004, 4013, 4014])('that is refused with %i is an error, and is not tried again', async (code) => {
    discord.refuse(code)
    await expect(connect()).rejects.toThrow(`for good (${code})`)
    expect(discord.identified).toHaveLength(1)
  })

  it.each([4004, 4013, 4014])('says so when it ends for good with %i later', async (code) => {
    await using connection = await connect()
    discord.drop(code)
    expect((await connection.ended).message).toContain(`(${code})`)
    expect(discord.identified).toHaveLength(1)
  })

  it('is resumed when Discord asks for it, and after a break', async () => {
    await using _connection = await connect()
    discord.order(7, null)
    await until('the first', () => discord.resumed === 1)
    discord.drop(4000)
    await until('the second', () => discord.resumed === 2)
    expect(discord.identified).toHaveLength(1)
  })
})

// The library waits some seconds before it identifies again, as Discord asks for.
describe('a session that Discord calls invalid', { timeout: 60_000 }, () => {
  it('is replaced by a new one, in which commands are answered', async () => {
    await using _connection = await connect()
    discord.order(9, false)
    await until('a new session', () => discord.identified.length === 2, 45_000)
    await until('an answer', () => {
      discord.slash('who', [], { guild: '2999999999999999999' })
      return discord.replies.size > 0
    })
  })
})

describe('the bot beside everything else', () => {
  it('stops when its connection ends for good, and is not started again', async () => {
    let disposed = 0
    let starts = 0
    const start = () => {
      starts++
      const ended = Promise.resolve(new ConnectionEnded(4014))
      const dispose = () => Promise.resolve(void disposed++)
      return Promise.resolve({ waitsFor: () => null, ended, [Symbol.asyncDispose]: dispose })
    }
    await using _kept = keepDiscord(start, log)
    await until('it to stop', () => disposed === 1)
    expect(starts).toBe(1)
  })
})
