import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { subgraphs } from '../../../rooms.ts'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { connectPlugin } from '../../../shared/testing/plugin.ts'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { until } from '../../../shared/testing/until.ts'

const DOCUMENTS = path.join(import.meta.dirname, '..', '..', '..', 'gateway', 'generated', 'documents.json')
const SECRET = 'a secret for tests only'
const PASSWORD = 'a password for tests only'
const json = { 'content-type': 'application/json' }

describe.skipIf(!hasNats)('the rooms as processes of their own', () => {
  let overlord: Apart
  let cookie: string
  const graph = async <T>(query: string, variables = {}) => {
    const answer = await fetch(`${overlord.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { ...json, cookie },
      body: JSON.stringify({ query, variables }),
    })
    return (await answer.json()) as { data: T; errors?: { message: string }[] }
  }
  beforeAll(async () => {
    overlord = await startApart({ SHARED_SECRET: SECRET, ADMIN_PASSWORD: PASSWORD, SHARE_LINKS: 'on' })
    const answer = await fetch(`${overlord.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    cookie = answer.headers.get('set-cookie')!.split(';')[0]!
  })
  afterAll(() => overlord?.[Symbol.asyncDispose]())

  it('take a frame from the plugin to the browser, by query and subscription, joined over three subgraphs', async () => {
    const made = await graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "apart" }) { secret } }',
    )
    const client = graphClient(`${overlord.gatewayUrl.replace('http', 'ws')}/graphql`, made.data.createToken.secret)
    await using feed = openFeed<{
      kills: number
      character: { name: string; inventory: { itemCount: number } | null }
    }>(
      client,
      'subscription { telemetryChanged { kills character { name inventory { itemCount } } } }',
      'telemetryChanged',
    )
    await using plugin = await connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
      secret: SECRET,
      character: 'Larsson',
    })
    plugin.send({ type: 'full_inventory', character_name: 'Larsson', items: [{ Id: -5, Name: 'Gem' }] })
    plugin.send({
      type: 'combat_stats',
      character_name: 'Larsson',
      session_id: 's',
      session: { total_kills: 7, monsters: {} },
    })
    await until('the joined event', () => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: '42' })
      return feed.find((event) => event.character.inventory?.itemCount === 1, 300)
    })
    expect(feed.seen.at(-1)).toMatchObject({ kills: 42, character: { name: 'Larsson' } })
    const { data } = await graph(
      `{ character(name: "Larsson") { live telemetry { kills } inventory { items {
        nodes { id } } } combat { lifetime { kills } } } me { name role } }`,
    )
    expect(data).toEqual({
      character: {
        live: true,
        telemetry: { kills: 42 },
        inventory: { items: { nodes: [{ id: 'Coldeve:4294967291' }] } },
        combat: { lifetime: { kills: 7 } },
      },
      me: { name: 'admin', role: 'ADMIN' },
    })
    await client.dispose()
  })

  it('send a stream that is joined over rooms in order, each event with its own data', async () => {
    const made = await graph<{ createToken: { secret: string } }>(
      'mutation { createToken(input: { name: "order" }) { secret } }',
    )
    const client = graphClient(`${overlord.gatewayUrl.replace('http', 'ws')}/graphql`, made.data.createToken.secret)
    const pluginOf = (character?: string) =>
      connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
        secret: SECRET,
        ...(character && { character }),
      })
    await knownCharacter({ plugin: pluginOf, graph }, 'Orderly')
    await using feed = openFeed<{ kills: number; character: { inventory: { itemCount: number } | null } }>(
      client,
      'subscription { telemetryChanged(characters: ["Orderly"]) { kills character { inventory { itemCount } } } }',
      'telemetryChanged',
    )
    await using plugin = await pluginOf('Orderly')
    let kills = 0
    const kill = () =>
      plugin.send({ type: 'telemetry', character_name: 'Orderly', ew: 1, ns: 2, kills: String(++kills) })
    plugin.send({ type: 'full_inventory', character_name: 'Orderly', items: [{ Id: -6, Name: 'Gem' }] })
    await until('the stream', () => {
      kill()
      return feed.find((event) => event.character.inventory?.itemCount === 1, 300)
    })
    const begun = kills
    for (let i = 0; i < 300; i++) kill()
    await feed.find((event) => event.kills === kills)
    const received = feed.seen.filter((event) => event.kills > begun)
    expect(received.map((event) => event.kills)).toEqual(Array.from({ length: 300 }, (_, i) => begun + 1 + i))
    expect(received.every((event) => event.character.inventory?.itemCount === 1)).toBe(true)
    await client.dispose()
  })

  it('[SHR6] show a shared view, and end it within seconds when its link is revoked', async () => {
    const expiresAt = new Date(Date.now() + 600_000).toISOString()
    const made = await graph<{ createViewLink: { secret: string; viewLink: { id: string } } }>(
      `mutation ($expiresAt: DateTime!) { createViewLink(input: {
        name: "apart", expiresAt: $expiresAt, view: { ew: 1, ns: 2, across: 20 } }) { secret viewLink { id } } }`,
      { expiresAt },
    )
    const { secret, viewLink } = made.data.createViewLink
    const documents = Object.values(JSON.parse(readFileSync(DOCUMENTS, 'utf8')) as Record<string, string>)
    const moves = documents.find((text) => text.startsWith('subscription SharedMoves'))!
    const client = graphClient(`${overlord.gatewayUrl.replace('http', 'ws')}/graphql`, secret)
    await using feed = openFeed<{ name: string; ew: number }[]>(client, moves, 'sharedCharactersMoved')
    await using plugin = await connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
      secret: SECRET,
      character: 'Shared',
    })
    let ew = 1
    await until('a step', () => {
      plugin.send({ type: 'telemetry', character_name: 'Shared', ew: ++ew, ns: 2 })
      return feed.find((rows) => rows.some((row) => row.name === 'Shared' && row.ew > 1), 300)
    })
    await using others = openFeed(client, 'subscription { telemetryChanged { kills } }', 'telemetryChanged')
    await until('the refusal', () => others.ended() !== null)
    expect(JSON.stringify(others.ended())).toContain('FORBIDDEN')
    await graph('mutation ($id: ID!) { revokeViewLink(input: { id: $id }) { revokedViewLinkId } }', { id: viewLink.id })
    const since = Date.now()
    await until('the end', () => feed.ended() !== null)
    expect(Date.now() - since).toBeLessThan(2_000)
    await client.dispose()
  })

  it('[FAC1] serve the Legacy API and its live socket', async () => {
    const live = new WebSocket(`${overlord.gatewayUrl.replace('http', 'ws')}/ws/live`, { headers: { cookie } })
    const seen: { type?: string; character_name?: string }[] = []
    live.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString()) as object))
    await using plugin = await connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
      secret: SECRET,
      character: 'Larsson',
    })
    await until('both', async () => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: '42' })
      plugin.send({ type: 'vitals', character_name: 'Larsson', health_current: 5, health_max: 10 })
      const answer = await fetch(`${overlord.gatewayUrl}/api/live`, { headers: { cookie } })
      const { players } = (await answer.json()) as { players: { character_name: string; kills: number }[] }
      return players[0]?.kills === 42 && seen.some(({ type }) => !type) && seen.some(({ type }) => type === 'vitals')
    })
    expect(new Set(seen.map((frame) => frame.character_name))).toEqual(new Set(['Larsson']))
    live.close()
  })

  it.each(subgraphs.map(({ name }) => name))(
    '%s answers nobody without the gateway’s signature, by HTTP or WebSocket',
    async (room) => {
      for (const signedViewer of [
        undefined,
        'e30.e30',
        Buffer.from(JSON.stringify({ until: 9e15, viewer: { role: 'admin' } })).toString('base64url') + '.forged',
      ]) {
        const answer = await fetch(`${overlord.urlOf(room)}/graphql`, {
          method: 'POST',
          headers: {
            ...json,
            ...(signedViewer ? { 'x-overlord-viewer': signedViewer } : {}),
            'x-forwarded-for': '127.0.0.1',
          },
          body: '{"query":"{ __typename _service { sdl } }"}',
        })
        expect(answer.status).toBe(401)
        const client = graphClient(`${overlord.urlOf(room).replace('http', 'ws')}/graphql`)
        const feed = openFeed(client, '{ __typename }', '__typename')
        await feed.find(() => true).catch(() => undefined)
        expect(feed.ended()).toMatchObject({ code: 4403 })
        await client.dispose()
      }
    },
  )

  it('end a stream as soon as the right to it ends, and hide a place as soon as it is hidden, in all rooms', async () => {
    const sign = await graph<{ createUser: { user: { id: string } } }>(
      'mutation { createUser(input: { username: "Guest", password: "a password for tests only" }) { user { id } } }',
    )
    const answer = await fetch(`${overlord.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'Guest', password: PASSWORD }),
    })
    const guest = graphClient(`${overlord.gatewayUrl.replace('http', 'ws')}/graphql`, undefined, {
      cookie: answer.headers.get('set-cookie')!.split(';')[0]!,
    })
    await using feed = openFeed<{ ew: number | null }>(
      guest,
      'subscription { telemetryChanged { ew } }',
      'telemetryChanged',
    )
    await using plugin = await connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, {
      secret: SECRET,
    })
    const move = () => plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2 })
    await until('the guest to watch', () => {
      move()
      return feed.seen.some(({ ew }) => ew === 1)
    })
    await graph(
      'mutation { setPlaceShown(input: { character: "Larsson", placeShown: HIDDEN }) { ownership { placeShown } } }',
    )
    await until('the place to be hidden', () => {
      move()
      return feed.seen.at(-1)!.ew === null
    })
    await graph(
      'mutation { setPlaceShown(input: { character: "Larsson", placeShown: EXACT }) { ownership { placeShown } } }',
    )
    await graph(`mutation { deleteUser(input: { id: "${sign.data.createUser.user.id}" }) { deletedUserId } }`)
    await until('the stream to end', () => feed.ended(), 5_000)
    expect(feed.ended()).toMatchObject({ code: 4403 })
    await guest.dispose()
  })

  it.each(['telemetry', 'guild'])(
    '%s takes no form, batch, or question about its schema from outside',
    async (room) => {
      for (const [type, body] of [
        ['application/x-www-form-urlencoded', 'query={__typename}'],
        ['application/json', '[{"query":"{ _service { sdl } }"},{"query":"{ __typename }"}]'],
        ['application/json', 'x'.repeat(2_000_000)],
        ['application/json', '{"query":"{ _entities(representations: []) { __typename } }"}'],
      ]) {
        const url = `${overlord.urlOf(room)}/graphql`
        const refused = await fetch(url, { method: 'POST', headers: { 'content-type': type! }, body: body! })
        expect(refused.status).toBe(401)
      }
      expect((await fetch(`${overlord.urlOf(room)}/graphql?query={__schema{types{name}}}`)).status).toBe(401)
      expect((await fetch(`${overlord.urlOf(room)}/metrics`)).status).toBe(401)
    },
  )

  it('say what the caller did wrong, and nothing of themselves', async () => {
    for (const [query, code] of [
      ['{ rares(after: "WyJub25zZW5zZSJd") { totalCount } }', 'BAD_USER_INPUT'],
      ['{ audit(after: "WyJub25zZW5zZSJd") { totalCount } }', 'BAD_USER_INPUT'],
      ['{ character(name: "a\\u0000b") { name } }', 'BAD_USER_INPUT'],
    ]) {
      const answer = JSON.stringify(await graph(query!))
      expect(answer).toContain(code)
      expect(answer).not.toMatch(/select |22P02|\.js:/)
    }
  })

  it('answer again once a room that went away is back, without anybody restarting the gateway', async () => {
    await overlord.restart('combat')
    const { data, errors } = await graph<{ character: { name: string; combat: unknown } }>(
      '{ character(name: "Larsson") { name combat { lifetime { kills } } } }',
    )
    expect(errors).toBeUndefined()
    expect(data.character.combat).toEqual({ lifetime: { kills: 7 } })
  })
})
