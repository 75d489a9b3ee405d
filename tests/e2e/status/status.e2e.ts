import { createSocket, type Socket } from 'node:dgram'
import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
let game: Socket
const counts = createServer((_, response) =>
  response.end('[{"server":"Coldeve","count":312,"date":"2026-06-20T18:00:00Z"}]'),
)
beforeAll(async () => {
  game = createSocket('udp4')
  game.on('message', (_, from) => game.send('welcome', from.port, from.address))
  await new Promise<void>((resolve) => game.bind(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => counts.listen(0, '127.0.0.1', resolve))
  overlord = await startOverlord({
    env: {
      INGEST_CAPTURE: '2',
      GAME_SERVER_ADDRESS: `127.0.0.1:${game.address().port}`,
      PLAYER_COUNTS_URL: `http://127.0.0.1:${(counts.address() as AddressInfo).port}/`,
    },
  })
})
afterAll(async () => {
  await overlord[Symbol.asyncDispose]()
  game.close()
  counts.closeAllConnections()
  counts.close()
})
const reader = () => ({ authorization: `Bearer ${overlord.token}` })

describe('the game server', () => {
  it('[SRV1] [SRV3] is in the graph: whether it is there, how fast, how many play', async () => {
    interface Server {
      state: string
      latencyMs: number
      players: number
      history: { state: string; players: number }[]
    }
    await using feed = overlord.feed<Server>(
      'subscription { gameServerChanged { state latencyMs players history { state players } } }',
      'gameServerChanged',
    )
    const seen = await until('the first look', async () => {
      const { data } = await overlord.graph<{ gameServer: (Server & Record<string, unknown>) | null }>(
        `{ gameServer { name address state latencyMs players playersAt since checkedAt history(hours: 1) { state players
          } } }`,
      )
      return data.gameServer?.state === 'UP' && data.gameServer
    })
    expect(seen).toMatchObject({
      name: 'Coldeve',
      players: 312,
      playersAt: '2026-06-20T18:00:00.000Z',
      history: [{ state: 'UP', players: 312 }],
    })
    expect(seen.latencyMs).toBeGreaterThan(0)
    expect(await feed.find(() => true)).toMatchObject({ state: 'UP', players: 312 })
  })
})

describe('the way in', () => {
  it('[ING1] reports its status; names chosen by senders are for admins', async () => {
    await using feed = overlord.feed<{ plugins: number; framesPerSecond: number; storing: boolean }>(
      'subscription { ingestChanged { plugins framesPerSecond storing waitingBytes processes at } }',
      'ingestChanged',
    )
    await using plugin = await overlord.plugin('Counted')
    const timer = setInterval(() => {
      plugin.send({ type: 'telemetry', character_name: 'Counted', ew: 1, ns: 1, surprise: 1, deaths: 'none' })
      plugin.send({ type: 'never_heard', character_name: 'Counted' })
    }, 20)
    const busy = await feed.find((status) => status.framesPerSecond > 5)
    clearInterval(timer)
    expect(busy).toMatchObject({ plugins: 1, storing: true, processes: 1 })
    interface Names {
      ingest: {
        unknownTypes: { name: string }[]
        unknownFields: { type: string; name: string }[]
        dropped: { reason: string }[]
      }
    }
    const NAMES =
      '{ ingest { storing unknownTypes { name count } unknownFields { type name count } dropped { reason count } } }'
    const { data } = await overlord.graph<Names>(NAMES)
    expect(data.ingest.unknownTypes).toContainEqual({ name: 'never_heard', count: expect.any(Number) as number })
    expect(data.ingest.unknownFields).toContainEqual({
      type: 'telemetry',
      name: 'surprise',
      count: expect.any(Number) as number,
    })
    expect(data.ingest.dropped.map(({ reason }) => reason)).toContain('field telemetry.deaths')
    const refused = await overlord.graph(NAMES, {}, { headers: reader(), mayFail: true })
    expect(refused.errors?.map(({ extensions }) => extensions?.code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
    expect(refused.data).toMatchObject({ ingest: { storing: true, unknownTypes: null } })
  })

  it('[ING2] shows admins what could not be kept, and why', async () => {
    await using plugin = await overlord.plugin('Garbled')
    plugin.sendText('no json')
    plugin.send({ type: 'telemetry', character_name: 'Garbled', ew: 'nowhere', ns: 1 })
    const LETTERS = `{ deadLetters(where: { characters: ["Garbled"], types: ["telemetry"] }) { totalCount
        nodes { type characterName path reason frame } } }`
    const { data } = await until('the letter', async () => {
      const answer = await overlord.graph<{ deadLetters: { totalCount: number; nodes: unknown[] } }>(LETTERS)
      return answer.data.deadLetters.nodes.length > 0 && answer
    })
    expect(data.deadLetters.nodes).toEqual([
      {
        type: 'telemetry',
        characterName: 'Garbled',
        path: '/ew',
        reason: 'is missing or not understood',
        frame: expect.stringContaining('nowhere') as string,
      },
    ])
    const refused = await overlord.graph(LETTERS, {}, { headers: reader(), mayFail: true })
    expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })

  it('[CAP1] keeps the first frames of each type if configured', async () => {
    await until('the files', () => {
      const files = readdirSync(path.join(overlord.dataDir, 'capture'))
      return ['_bad.jsonl', 'never_heard.jsonl', 'register.jsonl', 'telemetry.jsonl'].every((file) =>
        files.includes(file),
      )
    })
  })
})

describe('peers', () => {
  const PEERS = `{ plugins { character { name } server } peers { character { name } connected server kinds
    vitals { health maxHealth mana } position { ew ns heading landCell } } }`
  interface Answer {
    plugins: { character: { name: string }; server: string | null }[]
    peers: { character: { name: string }; connected: boolean; vitals: unknown; position: unknown; kinds: string[] }[]
  }
  const ask = async () => (await overlord.graph<Answer>(PEERS)).data

  it('[PEE1] show what each plugin shared last, read leniently, and go with its socket', async () => {
    const plugin = await overlord.plugin()
    plugin.send({ type: 'register', player_name: 'Sharer', server: 'Frostfell' })
    plugin.send({
      type: 'share_vital_update',
      character_name: 'Sharer',
      current_health: '341',
      max_health: 372,
      current_mana: 'x',
    })
    plugin.send({
      type: 'share_position_update',
      character_name: 'Sharer',
      ew: '-44,31',
      ns: 65.98,
      heading: 271.5,
      land_cell: -1270873856,
    })
    const shared = await until('the peer', async () => {
      const { peers } = await ask()
      return peers.find(({ connected, kinds }) => connected && kinds.length === 2)
    })
    expect(shared).toEqual({
      character: { name: 'Sharer' },
      connected: true,
      server: 'Frostfell',
      kinds: ['share_position_update', 'share_vital_update'],
      vitals: { health: 341, maxHealth: 372, mana: null },
      position: { ew: -44.31, ns: 65.98, heading: 271.5, landCell: 3024093440 },
    })
    expect((await ask()).plugins).toContainEqual({ character: { name: 'Sharer' }, server: 'Frostfell' })
    await plugin[Symbol.asyncDispose]()
    await until('the end', async () => {
      const { peers, plugins } = await ask()
      return !peers.length && !plugins.some(({ character }) => character.name === 'Sharer')
    })
  })

  it('[PEE2] which types of frames a connected plugin sent, how many and since when, is known', async () => {
    await using plugin = await overlord.plugin('Counter')
    const before = new Date().toISOString()
    for (let n = 0; n < 3; n++) plugin.send({ type: 'chat', character_name: 'Counter', text: `line ${n}` })
    plugin.send({ type: 'invented_yesterday', character_name: 'Counter' })
    interface Types {
      plugins: {
        character: { name: string }
        frameTypes: { type: string; count: number; since: string; lastAt: string }[]
      }[]
    }
    const types = await until('the report', async () => {
      const { data } = await overlord.graph<Types>(
        '{ plugins { character { name } frameTypes { type count since lastAt } } }',
      )
      const own = data.plugins.find(({ character }) => character.name === 'Counter')
      return own?.frameTypes.some(({ type }) => type === 'other') && own.frameTypes
    })
    expect(types.map(({ type, count }) => [type, count])).toEqual([
      ['chat', 3],
      ['register', 1],
      ['other', 1],
    ])
    const { since, lastAt } = types[0]!
    expect(since >= before && lastAt >= since).toBe(true)
  })
})
