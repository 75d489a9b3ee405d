import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import type { TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

type Frame = Record<string, unknown>

interface OldClient extends AsyncDisposable {
  seen: Frame[]
  say(message: unknown): void
  of(type: string): Frame[]
  closed: Promise<number>
}

let overlord: TestOverlord
let viewer: TestPerson
let operator: TestPerson
let plugin: TestPlugin
const NAME = 'Larsson'

const opened = (address: string, headers: Record<string, string> = {}) =>
  new Promise<WebSocket>((resolve, reject) => {
    const ws = new WebSocket(`${overlord.url.replace('http', 'ws')}${address}`, { headers })
    ws.once('open', () => resolve(ws)).once('error', reject)
  })

async function connect(headers: Record<string, string>, address = '/ws/live'): Promise<OldClient> {
  const ws = await opened(address, headers)
  const seen: Frame[] = []
  ws.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString()) as Frame))
  const closed = new Promise<number>((resolve) => ws.once('close', resolve))
  return {
    seen,
    closed,
    of: (type) => seen.filter((frame) => frame['type'] === type),
    say: (message) => ws.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async [Symbol.asyncDispose]() {
      ws.close()
      await closed
    },
  }
}
const subscribed = async (headers: Record<string, string>, types: string[] | null): Promise<OldClient> => {
  const client = await connect(headers)
  client.say({ type: 'subscribe', message_types: types })
  return client
}

beforeAll(async () => {
  overlord = await startOverlord()
  viewer = await aPerson(overlord, 'Reader')
  operator = await aPerson(overlord, 'Helper', 'OPERATOR')
  plugin = await overlord.plugin(NAME)
})
afterAll(async () => {
  for (const one of [viewer, operator]) await one[Symbol.asyncDispose]()
  await plugin[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

const send = (frame: Frame) => plugin.send({ character_name: NAME, timestamp: '2026-06-20T18:03:11Z', ...frame })
const item = (Id: number, Name: string) => ({ Id, Name, ObjectClass: 2, IntValues: { 5: 640 }, Spells: [6105] })

describe('the old live socket', () => {
  it('[FAC8] sends every event in the original’s shape, telemetry without a type', async () => {
    await using client = await connect({ cookie: viewer.cookie })
    let n = 0
    await until('a frame of each kind', () => {
      send({
        type: 'telemetry',
        char_tag: 'main',
        ew: 1.5,
        ns: 2.5,
        kills: 7,
        kills_per_hour: '12.5',
        onlinetime: '01:02:03',
        prismatic_taper_count: '9',
      })
      send({ type: 'vitals', health_current: 10, health_max: 20, vitae: 5 })
      send({ type: 'chat', text: `Larsson says, "hello ${n++}"`, color: 2 })
      send({ type: 'rare', name: 'Star of Tukal', timestamp: new Date().toISOString() })
      send({ type: 'spawn', mob: 'Drudge Slinker', ew: 1, ns: 2, z: 0 })
      send({ type: 'share_vital_update', current_health: 1, max_health: 2 })
      send({ type: 'character_stats', level: 275, properties: { 218: 3 } })
      send({ type: 'combat_stats', session_id: 's', session: { total_kills: n, monsters: {} } })
      // Now and then: items that come one upon the other are one burst, and sent as a whole inventory.
      if (n % 40 === 1) send({ type: 'inventory_delta', action: 'add', item: item(1000 + n, 'Celdon Girth') })
      send({ type: 'brand_new_type', anything: true })
      return (
        client.seen.some((frame) => !('type' in frame)) &&
        [
          'vitals',
          'chat',
          'rare',
          'spawn',
          'share_vital_update',
          'character_stats',
          'combat_stats',
          'inventory_delta',
          'brand_new_type',
        ].every((type) => client.of(type).length)
      )
    })
    const telemetry = client.seen.find((frame) => !('type' in frame))!
    expect(telemetry).toMatchObject({
      character_name: NAME,
      char_tag: 'main',
      ew: 1.5,
      kills: 7,
      kills_per_hour: 12.5,
      onlinetime: '01:02:03',
      prismatic_taper_count: 9,
    })
    expect(client.of('vitals')[0]).toMatchObject({ character_name: NAME, health_current: 10, health_max: 20, vitae: 5 })
    expect(client.of('chat')[0]).toMatchObject({
      character_name: NAME,
      color: 2,
      text: expect.stringContaining('hello') as string,
    })
    expect(client.of('rare')[0]).toMatchObject({ character_name: NAME, name: 'Star of Tukal' })
    expect(client.of('spawn')[0]).toMatchObject({ character_name: NAME, mob: 'Drudge Slinker' })
    expect(client.of('character_stats')[0]).toMatchObject({ character_name: NAME, level: 275, properties: { 218: 3 } })
    expect(client.of('combat_stats')[0]).toMatchObject({ character_name: NAME, session_id: 's' })
    expect(client.of('inventory_delta')[0]).toMatchObject({
      action: 'add',
      item: { Name: 'Celdon Girth', Spells: [6105] },
    })
  })

  it('[FAC8] sends many items at once as the whole inventory, and removed items as removals', async () => {
    await using client = await subscribed({ cookie: viewer.cookie }, ['full_inventory', 'inventory_delta'])
    const many = (n: number) => Array.from({ length: 30 }, (_, i) => item(50_000 + 100 * n + i, `Thing ${i}`))
    let n = 0
    await until('an inventory', () => {
      send({ type: 'full_inventory', items: many(n++) })
      return client.of('full_inventory').some((frame) => frame['item_count'] === 30)
    })
    const { Id } = many(n - 1)[0]!
    const holds = (frame: Frame) => (frame['items'] as Frame[]).some((one) => one['Id'] === Id)
    await until('the last of them', () => client.of('full_inventory').some(holds))
    send({ type: 'inventory_delta', action: 'remove', item_id: Id })
    const isRemoval = (frame: Frame) => frame['action'] === 'remove' && frame['item_id'] === Id
    await until('the removal', () => client.of('inventory_delta').some(isRemoval))
  })

  it('[FAC9] sends a client only what it subscribed to, as the original’s Discord bot does', async () => {
    await using bot = await subscribed({ authorization: `Bearer ${overlord.token}` }, ['rare', 'chat'])
    await using map = await subscribed({ cookie: viewer.cookie }, ['telemetry'])
    await until('both to hear', () => {
      send({ type: 'telemetry', ew: 3, ns: 4 })
      send({ type: 'spawn', mob: 'Drudge Slinker', ew: 1, ns: 2 })
      send({ type: 'chat', text: 'Larsson says, "to the bot"' })
      return bot.of('chat').length > 1 && map.seen.length > 1
    })
    expect(new Set(bot.seen.map((frame) => frame['type']))).toEqual(new Set(['chat']))
    expect(new Set(map.seen.map((frame) => frame['type']))).toEqual(new Set([undefined]))
    map.say({ type: 'subscribe', message_types: null })
    await until('the map to hear everything', () => {
      send({ type: 'spawn', mob: 'Drudge Slinker', ew: 1, ns: 2 })
      return map.of('spawn').length > 0
    })
  })

  it('[FAC9] hides the same private messages as the graph', async () => {
    await using foreign = await subscribed({ cookie: viewer.cookie }, ['chat'])
    await using admin = await subscribed({ cookie: overlord.cookie }, ['chat'])
    let n = 0
    await until('both to hear', () => {
      send({ type: 'chat', text: `Somebody tells you, "secret ${n++}"` })
      send({ type: 'chat', text: 'Larsson says, "open"' })
      const hears = ({ seen }: OldClient) => seen.some(({ text }) => String(text).includes('open'))
      return hears(foreign) && hears(admin) && admin.seen.some(({ text }) => String(text).includes('secret'))
    })
    expect(foreign.seen.filter(({ text }) => String(text).includes('secret'))).toEqual([])
  })

  it('[FAC10] forwards commands only for operators, and answers their sender', async () => {
    await using helper = await subscribed({ cookie: operator.cookie }, [])
    await using reader = await subscribed({ cookie: viewer.cookie }, [])
    const command = { player_name: NAME, command: '/radar start' }
    reader.say(command)
    await until('the refusal', () => reader.of('error').length > 0)
    expect(reader.of('error')[0]).toMatchObject({ code: 'FORBIDDEN', hint: expect.any(String) as string })
    helper.say(command)
    await until('the answer', () => helper.of('command_result').length > 0)
    expect(helper.of('command_result')[0]).toMatchObject({ player_name: NAME, outcome: 'delivered' })
    await until('the command', () => plugin.received.length > 0)
    expect(plugin.received).toEqual([expect.objectContaining(command)])
    expect(reader.of('command_result')).toEqual([])
  })

  it('[FAC10] sends a dungeon’s floors only to the client that requested them', async () => {
    await using asks = await subscribed({ cookie: viewer.cookie }, [])
    await using other = await subscribed({ cookie: viewer.cookie }, [])
    const cells = [{ env_id: 612, x: 70, y: -40, rotation: 180 }]
    send({ type: 'dungeon_map', landblock: '01E9', z_levels: [{ z: -6, cells }] })
    await until('the floors', () => {
      asks.say({ type: 'request_dungeon_map', landblock: '01E9' })
      return asks.of('dungeon_map').length > 0
    })
    expect(asks.of('dungeon_map')[0]).toEqual({ type: 'dungeon_map', landblock: '01E9', z_levels: [{ z: -6, cells }] })
    other.say({ type: 'request_dungeon_map', landblock: 'FFFE' })
    await until('the refusal', () => other.of('error').length > 0)
    expect(other.of('dungeon_map')).toEqual([])
  })

  it.each([
    'no JSON',
    '[]',
    '7',
    '{"type":"subscribe","message_types":7}',
    '{"type":"dance"}',
    '{"player_name":7,"command":[]}',
  ])('[FAC10] says what is wrong with %s, and stays open', async (message) => {
    await using client = await subscribed({ cookie: viewer.cookie }, [])
    client.say(message)
    await until('the complaint', () => client.of('error').length > 0)
    expect(client.of('error')[0]).toMatchObject({ code: 'BAD_USER_INPUT' })
    client.say({ type: 'subscribe', message_types: ['chat'] })
    await until('it to hear', () => {
      send({ type: 'chat', text: 'Larsson says, "still there?"' })
      return client.of('chat').length > 0
    })
  })

  it('[FAC4] needs a sign-in: an IP address is none, and a page of another site has none', async () => {
    const refusal = (address: string, headers: Record<string, string>) =>
      opened(address, headers).then(
        () => 'open',
        (error: Error) => /\d{3}/.exec(error.message)?.[0],
      )
    expect(await refusal('/ws/live', {})).toBe('401')
    expect(await refusal('/ws/live', { 'x-forwarded-for': '127.0.0.1' })).toBe('401')
    expect(await refusal('/ws/live?token=wrong', { cookie: viewer.cookie })).toBe('401')
    expect(await refusal('/ws/live', { cookie: viewer.cookie, origin: 'https://evil.example' })).toBe('403')
    await using byToken = await connect({}, `/api/ws/live?token=${overlord.token}`)
    byToken.say({ type: 'subscribe', message_types: ['chat'] })
    await until('it to hear', () => {
      send({ type: 'chat', text: 'Larsson says, "by token"' })
      return byToken.of('chat').length > 0
    })
  })

  it('[FAC4] ends with the right to it', async () => {
    await using gone = await aPerson(overlord, 'Gone')
    const client = await subscribed({ cookie: gone.cookie }, ['chat'])
    await overlord.graph('mutation ($id: ID!) { deleteUser(input: { id: $id }) { deletedUserId } }', { id: gone.id })
    expect(await client.closed).toBe(4403)
  })

  it('[FAC11] passes a reader by that does not read, and keeps nothing for it beyond bounds', async () => {
    await using quick = await subscribed({ cookie: viewer.cookie }, ['brand_new_type'])
    const slow = await opened('/ws/live', { cookie: viewer.cookie })
    slow.send(JSON.stringify({ type: 'subscribe', message_types: ['brand_new_type'] }))
    const seen: Frame[] = []
    slow.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString()) as Frame))
    await until('both to listen', () => {
      send({ type: 'brand_new_type', n: -1 })
      return quick.seen.length > 0 && seen.length > 0
    })
    slow.pause()
    const filler = 'x'.repeat(100_000)
    for (let n = 0; n < 150; n++) {
      send({ type: 'brand_new_type', n, filler })
      await until('the quick one to hear', () => quick.seen.some((frame) => frame['n'] === n))
    }
    slow.resume()
    await until('the slow one to hear that it missed something', () => {
      send({ type: 'brand_new_type', n: 1_000 })
      return seen.some((frame) => frame['type'] === 'skipped' && Number(frame['count']) > 0)
    })
    slow.terminate()
  })
})
