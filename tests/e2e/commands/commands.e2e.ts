import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { connectPlugin } from '../../../shared/testing/plugin.ts'
import { hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const SECRET = 'a secret for tests only'
const PASSWORD = 'a password for tests only'
const SEND = `mutation ($who: String!, $what: String!) {
    sendCommand(input: { character: $who, command: $what }) { commandId outcome }
  }`
const AUDIT = '{ commandAudit { totalCount nodes { id actor characterName command outcome node } } }'

interface Sent {
  sendCommand: { commandId: string; outcome: string }
}
interface Audit {
  commandAudit: {
    totalCount: number
    nodes: {
      id: string
      actor: string
      characterName: string
      command: string
      outcome: string
      node: string | null
    }[]
  }
}

describe('a command', () => {
  let overlord: TestOverlord
  beforeAll(async () => void (overlord = await startOverlord()))
  afterAll(() => overlord[Symbol.asyncDispose]())
  const reader = () => ({ authorization: `Bearer ${overlord.token}` })
  const send = (who: string, headers?: Record<string, string>) =>
    overlord.graph<Sent>(SEND, { who, what: '/radar start' }, { mayFail: true, ...(headers ? { headers } : {}) })

  it('is delivered to the connected plugin whose character differs only in case', async () => {
    await using plugin = await overlord.plugin('Cased')
    await until('the delivery', async () => (await send('CASED')).data.sendCommand.outcome === 'DELIVERED')
    await until('the command', () => plugin.received.length > 0)
  })

  it('[CMD1] is kept with who sent it and what became of it, refusals included; admins alone may look', async () => {
    await using plugin = await overlord.plugin('Audited')
    expect((await send('Nobody')).data.sendCommand.outcome).toBe('NOT_CONNECTED')
    const delivered = await until('the delivery', async () => {
      const { data } = await send('Audited')
      return data.sendCommand.outcome === 'DELIVERED' && data.sendCommand
    })
    await until('the command', () => plugin.received.length > 0)
    expect((await send('Audited', reader())).errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    const { data } = await overlord.graph<Audit>(AUDIT)
    expect(data.commandAudit.nodes[0]).toMatchObject({ actor: 'test', outcome: 'NOT_ALLOWED', node: null })
    expect(data.commandAudit.nodes.find(({ id }) => id === delivered.commandId)).toEqual({
      id: delivered.commandId,
      actor: 'admin',
      characterName: 'Audited',
      command: '/radar start',
      outcome: 'DELIVERED',
      node: expect.any(String) as string,
    })
    expect(data.commandAudit.nodes.find((node) => node.characterName === 'Nobody')?.outcome).toBe('NOT_CONNECTED')
    const refused = await overlord.graph(AUDIT, {}, { headers: reader(), mayFail: true })
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
    await using feed = overlord.feed('subscription { commandAudited { id } }', 'commandAudited')
    await feed.find(() => true, 3_000).catch(() => undefined)
    expect(JSON.stringify(feed.ended())).toContain('FORBIDDEN')
  })

  it('[CMD4] is sent as answered to a reader that resumes from the last id received', async () => {
    const { commandId } = (await send('Nobody')).data.sendCommand
    const since = [(await send('Nobody')).data.sendCommand.commandId, (await send('Nobody')).data.sendCommand.commandId]
    const client = graphClient(overlord.url.replace('http', 'ws') + '/graphql', undefined, { cookie: overlord.cookie })
    await using feed = openFeed<{ id: string; outcome: string }>(
      client,
      'subscription ($after: ID) { commandAudited(afterId: $after) { id outcome } }',
      'commandAudited',
      { after: commandId },
    )
    await until('what was answered since', () => feed.seen.length >= 2)
    since.push((await send('Nobody')).data.sendCommand.commandId)
    await until('the next', () => feed.seen.length >= 3)
    expect(feed.seen).toEqual(since.map((one) => ({ id: one, outcome: 'NOT_CONNECTED' })))
    await client.dispose()
  })

  it('[CMD5] has timed out when its plugin sends but does not read', async () => {
    const deaf = new WebSocket(overlord.pluginUrl, { headers: { 'X-Plugin-Secret': overlord.secret } })
    await new Promise((resolve) => deaf.once('open', resolve))
    deaf.send(JSON.stringify({ type: 'register', player_name: 'Deaf' }))
    await until('it to be reached', async () => (await send('Deaf')).data.sendCommand.outcome === 'DELIVERED')
    deaf.pause()
    await using loud = await overlord.plugin('Loud')
    for (let n = 0; n < 600; n++) loud.send({ type: 'share_stuff', character_name: 'Loud', stuff: 'x'.repeat(20_000) })
    await until('its buffers to be full', async () => (await send('Deaf')).data.sendCommand.outcome === 'TIMED_OUT')
    deaf.resume()
    await until('it to be reached again', async () => (await send('Deaf')).data.sendCommand.outcome === 'DELIVERED')
    deaf.terminate()
  })

  it('[CMD2] is refused past 60 a minute a viewer', async () => {
    const codes = await Promise.all(
      Array.from({ length: 70 }, async () => (await send('Nobody', reader())).errors?.[0]?.extensions?.code),
    )
    expect(codes.filter((code) => code === 'TOO_MANY_TRIES').length).toBeGreaterThanOrEqual(10)
    expect(codes.filter((code) => code === 'FORBIDDEN').length).toBeGreaterThan(50)
  })
})

describe.skipIf(!hasNats)('a command among several ingest processes', () => {
  let overlord: Apart
  beforeAll(async () => void (overlord = await startApart({ SHARED_SECRET: SECRET, ADMIN_PASSWORD: PASSWORD })))
  afterAll(() => overlord?.[Symbol.asyncDispose]())

  it('[SOC7] [CMD3] reaches the plugin that registered last, wherever it is, and the one before once it has gone', async () => {
    const json = { 'content-type': 'application/json' }
    const signedIn = await fetch(`${overlord.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
    const send = async (what: string) => {
      const answer = await fetch(`${overlord.gatewayUrl}/graphql`, {
        method: 'POST',
        headers: { ...json, cookie },
        body: JSON.stringify({ query: SEND, variables: { who: 'Wanderer', what } }),
      })
      return ((await answer.json()) as { data: Sent }).data.sendCommand.outcome
    }
    const second = await overlord.another('ingest')
    const connect = (url: string) =>
      connectPlugin(`${url.replace('http', 'ws')}/ws/position`, { secret: SECRET, character: 'Wanderer' })
    const texts = (plugin: { received: readonly unknown[] }) =>
      plugin.received.map((frame) => (frame as { command: string }).command)
    const until1 = (what: string, plugin: { received: readonly unknown[] }) =>
      until(what, async () => (await send(what)) === 'DELIVERED' && texts(plugin).includes(what))

    await using first = await connect(overlord.ingestUrl)
    await until1('/one', first)
    const newer = await connect(second)
    await until1('/two', newer)
    const before = texts(first).length
    for (const what of ['/three', '/four']) expect(await send(what)).toBe('DELIVERED')
    await until('both', () => texts(newer).includes('/four'))
    expect(texts(first)).toHaveLength(before)
    await using newest = await connect(overlord.ingestUrl)
    await until1('/five', newest)
    expect(await send('/six')).toBe('DELIVERED')
    await until('the last', () => texts(newest).includes('/six'))
    expect(texts(newer)).not.toContain('/six')
    await newest[Symbol.asyncDispose]()
    await until1('/seven', newer) // still the newest of those that are left
    await newer[Symbol.asyncDispose]()
    await until1('/eight', first)
  })
})
