import { describe, expect, it } from 'vitest'
import { topic } from '../../../shared/contract/topics.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { until } from '../../../shared/testing/until.ts'
import type { WorldChange } from '../world/world-source.ts'
import { DerethWorld } from './dereth-world.ts'
import { floorCells } from './tiles.ts'

/** A world with two characters, of whom one hides its place. */
async function start() {
  const pubsub = memoryPubSub()
  const hidden = new Set(['Hidden'])
  const changes: WorldChange[] = []
  const world = new DerethWorld({
    pubsub,
    isShown: (name) => !hidden.has(name),
    floorOf: () => Promise.resolve([{ z: -6, cells: [{ envId: 1, x: 10, y: -20, rotation: 0 }] }]),
    onError: (error) => {
      throw error
    },
  })
  const running = world.start((change) => changes.push(change))
  const telemetry = (character: string, ew: number, ns: number) =>
    pubsub.publish(topic('telemetry', character), { character, ew, ns, z: 4.2 })
  await until('it listens', () => {
    telemetry('Larsson', 10, -20)
    return world.players().length > 0
  })
  const names = () => changes.flatMap(({ entities = [] }) => entities.map(({ name }) => name))
  return { pubsub, world, changes, names, telemetry, hidden, stop: () => running[Symbol.asyncDispose]() }
}

describe('the world of Dereth', () => {
  it('has characters at their place in tiles of 10 m, the ground they were on, and an eye that follows one', async () => {
    const { world, changes, stop } = await start()
    expect(world.players()).toEqual([{ id: 'c-Larsson', kind: 'PLAYER', name: 'Larsson', x: 240, y: 4.2, z: 480 }])
    expect(world.place()).toEqual({ x: 240, y: 4.2, z: 480 })
    expect(changes.flatMap(({ cells = [] }) => cells)).toHaveLength(9)
    expect(world.follow('nobody')).toBe(false)
    expect(world.follow('larsson')).toBe(true)
    const sight = await world.scan({ center: { x: 240, y: null, z: 480 }, radius: 2 })
    expect(sight).toMatchObject({ loaded: 9, columns: 25, blocks: { dirt_path: 9 } })
    await stop()
  })

  it('never has a character that hides its place, nor what is near it, nor its name in the radar of others', async () => {
    const { pubsub, world, names, changes, telemetry, hidden, stop } = await start()
    telemetry('Hidden', 1, 1)
    const object = (gameId: number, name: string) => ({ gameId, name, objectClassName: 'Player', ew: 1, ns: 1, z: 0 })
    const radar = (character: string, objects: object[]) =>
      pubsub.publish(topic('radar', character), { character, landblock: null, objects })
    radar('Hidden', [object(1, 'Rat of the hidden one')])
    radar('Larsson', [object(2, 'Hidden'), object(3, 'Drudge')])
    await until('what is near', () => names().includes('Drudge'))
    expect(new Set(names())).toEqual(new Set(['Larsson', 'Eye', 'Drudge']))
    hidden.add('Larsson')
    telemetry('Larsson', 10, -20)
    await until('it is gone', () => changes.some(({ gone = [] }) => gone.includes('c-Larsson')))
    expect(world.follow('Larsson')).toBe(false)
    await stop()
  })

  it('has the floor of a dungeon once somebody is in it, under the place of its landblock', async () => {
    const { pubsub, changes, stop } = await start()
    pubsub.publish(topic('radar', 'Larsson'), { character: 'Larsson', landblock: '01E9', objects: [] })
    await until('the floor', () =>
      changes.some(({ cells = [] }) => cells.some(({ block }) => block === 'stone_bricks')),
    )
    const [cell] = floorCells('01E9', [{ z: -6, cells: [{ envId: 1, x: 10, y: -20, rotation: 0 }] }])
    // 01: one landblock from the western edge; E9: 233 from the southern one.
    expect(cell).toEqual({
      x: Math.floor((0.8 - 101.95) * 24 + 1),
      z: Math.floor(-(233 * 0.8 - 101.95) * 24 + 2),
      y: -6,
      block: 'stone_bricks',
    })
    await stop()
  })
})
