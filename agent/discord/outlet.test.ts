import { REST } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BOT_TOKEN, FakeDiscord } from '../../shared/testing/discord/fake-discord.ts'
import { Refused, sendByRest, type Send, type Target } from './outlet.ts'

const CHANNEL = '3000000000000000001'
const target: Target = { kind: 'channel', id: CHANNEL }

let discord: FakeDiscord
let send: Send
beforeEach(async () => {
  discord = await FakeDiscord.start([CHANNEL])
  send = sendByRest(new REST({ api: discord.api, retries: 5 }).setToken(BOT_TOKEN), BOT_TOKEN)
})
afterEach(() => discord[Symbol.asyncDispose]())

describe('a message', () => {
  it('[DIS16] is not lost when the token is refused for a while', async () => {
    discord.fail(/messages$/, 2, 401)
    for (let n = 0; n < 2; n++) {
      const error = await send(target, { content: 'one' }, '1').catch((refused: unknown) => refused)
      expect(error).not.toBeInstanceOf(Refused)
      expect(String(error)).toContain('check DISCORD_RARE_BOT_TOKEN')
    }
    await send(target, { content: 'one' }, '1')
    expect(discord.in(CHANNEL).map(({ content }) => content)).toEqual(['one'])
  })

  it.each([
    ['of the route', false],
    ['of everything', true],
  ])('[DIS16] waits for the end of a rate limit %s', async (_, isGlobal) => {
    discord.fail(/messages$/, 1, 429, 0.3, isGlobal)
    await Promise.all(['1', '2', '3'].map((nonce) => send(target, { content: nonce }, nonce)))
    expect(discord.in(CHANNEL).map(({ content }) => content)).toEqual(['1', '2', '3'])
  })

  it('that Discord will never take is refused', async () => {
    await expect(send({ kind: 'channel', id: '4' }, { content: 'one' }, '1')).rejects.toBeInstanceOf(Refused)
    discord.fail(/webhooks/, 1, 401)
    const webhook: Target = { kind: 'webhook', id: '5', token: 'gone' }
    await expect(send(webhook, { content: 'one' }, '1')).rejects.toBeInstanceOf(Refused)
  })
})
