import { createClient, type Client } from 'graphql-ws'
import WebSocket from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { connectPlugin, type TestPlugin } from '../../../shared/testing/plugin.ts'
import { hasNats, startApart, type Apart } from '../../../shared/testing/start-apart.ts'
import { until } from '../../../shared/testing/until.ts'

const PASSWORD = 'a password for tests only'
const SECRET = 'a secret for tests only'
const MANY = 6_000
const json = { 'content-type': 'application/json' }

interface Kind {
  field: string
  /** The argument that resumes, and what is selected: the id as `id`, what was sent as `sent`. */
  document: string
  frame(n: number): object | object[]
}
const kinds: Kind[] = [
  {
    field: 'rareFound',
    document: `subscription ($afterId: ID) { rareFound(where: { characters: ["Finder"] }, afterId: $afterId) {
      id sent: name } }`,
    frame: (n) => ({ type: 'rare', character_name: 'Finder', name: `Rare ${n}`, ew: 1, ns: 2 }),
  },
  {
    field: 'guildEvents',
    document: `subscription ($afterId: ID) {
      guildEvents(where: { kinds: [RARE], characters: ["Chronicler"] }, afterId: $afterId) { id detail { ... on Rare {
      sent: name } } }
    }`,
    frame: (n) => ({ type: 'rare', character_name: 'Chronicler', name: `Rare ${n}`, ew: 1, ns: 2 }),
  },
  {
    field: 'chatReceived',
    document: `subscription ($afterId: ID) { chatReceived(where: { characters: ["Finder"] }, afterId: $afterId) {
      id sent: text } }`,
    frame: (n) => ({ type: 'chat', character_name: 'Finder', text: `Rare ${n}`, color: 2 }),
  },
  {
    field: 'questChanged',
    document: 'subscription ($afterId: ID) { questChanged(afterId: $afterId) { id: changeId sent: name } }',
    frame: (n) => ({ type: 'quest', character_name: 'Finder', quest: `Rare ${n}`, countdown: 'READY' }),
  },
  {
    field: 'combatChanged',
    document:
      'subscription ($afterId: ID) { combatChanged(afterId: $afterId) { id: changeId fight { sent: sessionId } } }',
    frame: (n) => ({
      type: 'combat_stats',
      character_name: 'Finder',
      session_id: `Rare ${n}`,
      session: { total_kills: n, monsters: {} },
    }),
  },
  {
    field: 'sheetChanged',
    document:
      'subscription ($afterId: ID) { sheetChanged(afterId: $afterId) { id: changeId character { sent: name } } }',
    frame: (n) => ({ type: 'character_stats', character_name: `Rare ${n}`, level: 100 }),
  },
  {
    field: 'equipmentChanged',
    document:
      'subscription ($afterId: ID) { equipmentChanged(afterId: $afterId) { id: changeId character { sent: name } } }',
    frame: (n) => ({ type: 'equipment_cantrip_state', character_name: `Rare ${n}`, items: [] }),
  },
  {
    field: 'alertRaised',
    document: `subscription ($afterId: ID) { alertRaised(where: { kinds: [DEATH] }, afterId: $afterId) {
      id character { sent: name } } }`,
    frame: (n) => [
      { type: 'vitals', character_name: `Rare ${n}`, vitae: 0 },
      { type: 'vitals', character_name: `Rare ${n}`, vitae: 5 },
    ],
  },
  {
    field: 'inventoryChanged',
    document: `subscription ($afterId: ID) { inventoryChanged(unbatched: true, afterId: $afterId) {
      id character { sent: name } } }`,
    frame: (n) => ({
      type: 'inventory_delta',
      character_name: `Rare ${n}`,
      server: 'Coldeve',
      action: 'add',
      item: { Id: n, Name: 'Ball' },
    }),
  },
]

interface Event {
  id: string
  sent?: string
  fight?: { sent: string }
  detail?: { sent: string }
  character?: { sent: string }
}
const sentIn = ({ sent, fight, detail, character }: Event): string => sent ?? (fight ?? detail ?? character)!.sent

interface Heard {
  id: string
  sent: string
  seq: number
  resume: { complete: boolean; oldestId: string | null } | undefined
}

describe.skipIf(!hasNats)('[RES3] a stream of facts over the rooms as processes of their own', () => {
  let overlord: Apart
  let token: string
  let plugin: TestPlugin
  const clients: Client[] = []

  beforeAll(async () => {
    overlord = await startApart({
      SHARED_SECRET: SECRET,
      ADMIN_PASSWORD: PASSWORD,
      INGEST_FRAMES_PER_SECOND: '1000000',
    })
    const signedIn = await fetch(`${overlord.gatewayUrl}/login`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ username: 'admin', password: PASSWORD }),
    })
    const made = await fetch(`${overlord.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { ...json, cookie: signedIn.headers.get('set-cookie')!.split(';')[0]! },
      body: JSON.stringify({ query: 'mutation { createToken(input: { name: "resume" }) { secret } }' }),
    })
    token = ((await made.json()) as { data: { createToken: { secret: string } } }).data.createToken.secret
    const pluginOf = (character: string) =>
      connectPlugin(`${overlord.ingestUrl.replace('http', 'ws')}/ws/position`, { secret: SECRET, character })
    const graph = async <T>(query: string, variables: object) => {
      const answer = await fetch(`${overlord.gatewayUrl}/graphql`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      })
      return (await answer.json()) as { data: T }
    }
    await knownCharacter({ plugin: pluginOf, graph }, 'Finder')
    plugin = await pluginOf('Finder')
  })
  afterAll(async () => {
    for (const client of clients) await client.dispose()
    await plugin?.[Symbol.asyncDispose]()
    await overlord?.[Symbol.asyncDispose]()
  })

  /** Follows a stream on a connection of its own. */
  function follow({ field, document }: Kind, afterId: string | null) {
    const url = `${overlord.gatewayUrl.replace('http', 'ws')}/graphql`
    const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { token }, retryAttempts: 0 })
    clients.push(client)
    const heard: Heard[] = []
    let end: unknown = null
    client.subscribe<Record<string, Event>>(
      { query: document, variables: { afterId } },
      {
        next({ data, errors, extensions }) {
          if (errors) end = errors
          else {
            const event = data![field]!
            heard.push({ id: event.id, sent: sentIn(event), ...(extensions as Pick<Heard, 'seq' | 'resume'>) })
          }
        },
        error: (error) => (end = error),
        complete: () => (end ??= 'complete'),
      },
    )
    return { heard, ended: () => end, stop: () => client.terminate() }
  }
  const names = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `Rare ${from + n}`)

  it.each(kinds)(
    '[RES1] $field delivers thousands of missed ones once each, resumed in the middle twice',
    async (kind) => {
      for (let n = 1; n <= MANY; n++) for (const frame of [kind.frame(n)].flat()) plugin.send(frame)
      const heard: Heard[] = []
      for (const share of [MANY / 3, (MANY * 2) / 3, MANY]) {
        const stream = follow(kind, heard.at(-1)?.id ?? '0')
        await until(`${share} of ${kind.field}`, () => heard.length + stream.heard.length >= share, 60_000)
        stream.stop()
        expect(stream.heard[0]!.resume).toMatchObject({ complete: true })
        expect(stream.heard.slice(1).every(({ resume }) => resume === undefined)).toBe(true)
        heard.push(...stream.heard)
      }
      expect(heard.map(({ sent }) => sent)).toEqual(names(1, MANY))
      expect(new Set(heard.map(({ id }) => id)).size).toBe(MANY)
    },
  )

  it.each(kinds.slice(0, 2))(
    '[RES2] $field goes on when its subgraph restarts: none lost without an id, none twice with one',
    async (kind) => {
      const start = follow(kind, '0')
      await until('what is stored', () => start.heard.length === MANY)
      start.stop()
      const without = follow(kind, null)
      const resumed = follow(kind, start.heard.at(-1)!.id)
      let n = MANY
      await until('both to follow', () => {
        plugin.send(kind.frame(++n) as object)
        return without.heard.length > 1 && resumed.heard.length > 1
      })
      const restarted = overlord.restart('telemetry')
      for (let more = 0; more < 50; more++) plugin.send(kind.frame(++n) as object)
      await restarted
      for (let more = 0; more < 50; more++) plugin.send(kind.frame(++n) as object)
      const last = `Rare ${n}`
      await until(
        'the last one',
        () => [without, resumed].every(({ heard }) => heard.some(({ sent }) => sent === last)),
        60_000,
      )
      expect([without.ended(), resumed.ended()]).toEqual([null, null])
      expect(resumed.heard.map(({ sent }) => sent)).toEqual(names(MANY + 1, n))
      const first = Number(without.heard[0]!.sent.slice(5))
      expect(without.heard.map(({ sent }) => sent)).toEqual(names(first, n))
    },
  )
})
