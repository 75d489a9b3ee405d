import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { PRESENCE_TOPIC } from '../../../shared/contract/presence.ts'
import { topic } from '../../../shared/contract/topics.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { peersOf, type Peers } from './peers.ts'

const NOON = Date.parse('2026-06-01T12:00:00Z')
let now: number
let pubsub: ReturnType<typeof memoryPubSub>
let peers: Peers

beforeEach(async () => {
  now = NOON
  pubsub = memoryPubSub()
  peers = await peersOf(pubsub, () => now)
  onTestFinished(() => peers[Symbol.asyncDispose]())
})
const share = (kind: string, body: object, character: string | null = 'Larsson') =>
  pubsub.publish(topic('frame', kind), { character, receivedAt: new Date(now).toISOString(), body })
const connect = (...characters: string[]) =>
  pubsub.publish(PRESENCE_TOPIC, {
    node: 'a',
    full: true,
    plugins: characters.map((character) => ({ character, registeredAt: NOON, server: 'Coldeve' })),
    left: [],
  })
const only = () => {
  expect(peers.list()).toHaveLength(1)
  return peers.list()[0]!
}

describe('what plugins share with each other', () => {
  it('is the newest of each kind, under the names of the plugin or of others', () => {
    share('share_vital_update', { current_health: '1,200', max_health: 1500, stamina: 3, mana_current: 4.0 })
    share('share_position_update', { ew: '1.5', ns: -2, z: 0, heading: 90, landcell: -1 })
    expect(only()).toMatchObject({
      vitals: { health: 1_200, maxHealth: 1_500, stamina: 3, maxStamina: null, mana: 4, maxMana: null },
      position: { ew: 1.5, ns: -2, z: 0, heading: 90, landCell: 0xffff_ffff },
      kinds: ['share_position_update', 'share_vital_update'],
      lastShareAt: '2026-06-01T12:00:00.000Z',
    })
    now += 1_000
    share('share_vital_update', { health: 7 })
    expect(only()).toMatchObject({
      vitals: { health: 7, maxHealth: null },
      position: { ew: 1.5 },
      lastShareAt: '2026-06-01T12:00:01.000Z',
    })
  })

  it.each([
    ['a health beyond 32 bits', 'share_vital_update', { health: 2 ** 31 }, { vitals: { health: null } }],
    ['a health that is no number', 'share_vital_update', { health: {} }, { vitals: { health: null } }],
    ['a cell beyond 32 bits', 'share_position_update', { land_cell: 2 ** 32 }, { position: { landCell: null } }],
    ['the greatest cell', 'share_position_update', { land_cell: 2 ** 32 - 1 }, { position: { landCell: 2 ** 32 - 1 } }],
  ])('leaves out what cannot be: %s', (_, kind, body, expected) => {
    share(kind, body)
    expect(only()).toMatchObject(expected)
  })

  it('of nobody is left out', () => {
    share('share_vital_update', { health: 1 }, null)
    expect(peers.list()).toEqual([])
  })

  it('without a plugin is forgotten after a minute, with one it stays while the plugin is connected', () => {
    connect('Larsson')
    share('share_cast_attempt', { server: 'x'.repeat(100) })
    share('share_cast_attempt', { server: 'x'.repeat(100) }, 'Ghost')
    expect(peers.list().map(({ character, connected, server }) => [character, connected, server])).toEqual([
      ['Ghost', false, 'x'.repeat(64)],
      ['Larsson', true, 'Coldeve'],
    ])
    now += 60_000
    connect('Larsson')
    expect(peers.list()).toHaveLength(2)
    now += 1
    expect(only()).toMatchObject({ character: 'Larsson', since: '2026-06-01T12:00:00.000Z' })
    connect()
    expect(peers.list()).toEqual([])
  })

  it('of more than 5,000 characters is kept of those heard last', () => {
    for (let n = 0; n < 5_000; n++) share('share_item_update', {}, `C${n}`)
    share('share_item_update', {}, 'C0')
    share('share_item_update', {}, 'New')
    const names = new Set(peers.list().map(({ character }) => character))
    expect([names.size, names.has('C0'), names.has('C1'), names.has('New')]).toEqual([5_000, true, false, true])
  })
})
