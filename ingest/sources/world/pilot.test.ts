import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TRACE_ACTIVITY_TOPIC, type TraceActivity } from '../../../shared/contract/traces.ts'
import {
  worldCommandTopic,
  worldReplyTopic,
  type WorldCommand,
  type WorldReply,
} from '../../../shared/contract/world-commands.ts'
import { heartbeatTopic, modeTopic, type WorldHeartbeat, type WorldState } from '../../../shared/contract/world-view.ts'
import { askOnce } from '../../../shared/pubsub/ask.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { Resources } from '../../../shared/serve/resources.ts'
import { until } from '../../../shared/testing/until.ts'
import { worldPilot } from './pilot.ts'
import { sightOf } from './sight.ts'
import type { Area, WorldSource } from './world-source.ts'

const log = pino({ level: 'silent' })
const player = { id: 'p', kind: 'PLAYER' as const, name: 'Marigold', x: 5, y: 64, z: 5 }
const NOW: WorldState = {
  connected: true,
  timeOfDay: 0,
  weather: 'CLEAR',
  focus: null,
  mode: 'idle',
  player: null,
}

let pubsub = memoryPubSub()
let resources = new Resources()
let state = NOW
let scans: Area[] = []
let frames: { x: number; z: number }[] = []
let bot = { x: 0, y: 64, z: 0 }
beforeEach(() => {
  pubsub = memoryPubSub()
  resources = new Resources()
  state = NOW
  scans = []
  frames = []
  bot = { x: 0, y: 64, z: 0 }
})
afterEach(() => resources[Symbol.asyncDispose]())

/** A flat world with one player in it. */
const flat: WorldSource = {
  name: 'flat',
  kind: 'DEMO',
  intervalMs: 1,
  start: () => ({ [Symbol.asyncDispose]: () => Promise.resolve() }),
  players: () => [player],
  place: () => bot,
  follow: (name) => name.toLowerCase() === 'marigold' && Boolean((bot = { x: player.x, y: player.y, z: player.z })),
  goTo: ({ x, z }) => Boolean((bot = { x, y: 64, z })),
  scan(area) {
    scans.push(area)
    return Promise.resolve(sightOf(area, (x) => (x < 0 ? null : { block: 'stone' }), [player]))
  },
  dispatch: (name) => (name === 'Marigold' ? null : `There is no player ${name} in this world.`),
}

async function start(activeMs = 60_000, heartbeatMs = 60_000) {
  const modes: unknown[] = []
  await pubsub.subscribe(modeTopic('flat'), (event) => {
    const { mode, player } = event as WorldState
    modes.push([mode, player])
  })
  const running = {
    state: () => state,
    setMode: (mode: Pick<WorldState, 'mode' | 'player'>) => void (state = { ...state, ...mode }),
    keepFrame: (place: { x: number; z: number }) => Promise.resolve(void frames.push(place)),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  const pilot = await worldPilot(flat, running, { pubsub, log }, { activeMs, heartbeatMs, scanMs: 1 })
  resources.defer(() => pilot[Symbol.dispose]())
  return modes
}
const trace = (activity: Partial<TraceActivity>) =>
  pubsub.publish(TRACE_ACTIVITY_TOPIC, { kind: 'CALL', player: null, mode: null, lookedAt: null, ...activity })
const command = (asked: Partial<WorldCommand>) => {
  const event = { id: 'one', world: 'flat', action: 'SCAN', target: null, center: null, radius: 2, ...asked }
  const [topic, replyTopic] = [worldCommandTopic('flat'), worldReplyTopic('one')]
  return askOnce<WorldReply>(pubsub, { topic, replyTopic, event, patienceMs: 5_000 })
}

describe('the bot of a world', () => {
  it('goes to the player of the newest trace, scans there, and is idle once traces end', async () => {
    const modes = await start(1)
    trace({ player: 'Marigold', mode: 'god' })
    await until('idle', () => modes.length === 2)
    expect(modes).toEqual([
      ['god', 'Marigold'],
      ['idle', 'Marigold'],
    ])
    expect(bot).toEqual({ x: 5, y: 64, z: 5 })
    expect(scans[0]).toEqual({ center: bot, radius: 16 })
    expect(frames).toEqual([{ x: 5, y: 64, z: 5 }])
  })

  it('keeps mode and player where a trace names none, and follows the newer of two sessions', async () => {
    const modes = await start()
    trace({ player: 'Marigold', mode: 'god' })
    trace({})
    trace({ player: 'Nobody', mode: 'sudo' })
    trace({ player: 'Marigold', mode: 'god' })
    expect(modes).toEqual([
      ['god', 'Marigold'],
      ['sudo', 'Nobody'],
      ['god', 'Marigold'],
    ])
  })

  it('goes to the place of a trace of a player who is not in this world', async () => {
    await start()
    trace({ player: 'Nobody', mode: 'sudo', lookedAt: { x: 40, y: null, z: -3, radius: 2 } })
    expect(bot).toMatchObject({ x: 40, z: -3 })
  })

  it('scans once more where it is after traces that came during a scan, and not once for each', async () => {
    await start()
    const goTo = (x: number) => trace({ player: 'Nobody', lookedAt: { x, y: null, z: 0, radius: 1 } })
    for (let x = 1; x <= 50; x++) goTo(x)
    await until('the last place', () => frames.at(-1)?.x === 50)
    expect(scans).toHaveLength(2)
  })

  it('sends a heartbeat whether anything happens or not', async () => {
    const beats: WorldHeartbeat[] = []
    await pubsub.subscribe(heartbeatTopic('flat'), (event) => beats.push(event as WorldHeartbeat))
    await start(60_000, 1)
    await until('two beats', () => beats.length >= 2)
    expect(beats[0]).toMatchObject({ world: 'flat', mode: 'idle', players: [{ name: 'Marigold' }] })
  })

  it('follows, looks, scans and sends further bots on command, and says what it cannot do', async () => {
    await start()
    expect(await command({ action: 'FOLLOW', target: 'Marigold' })).toMatchObject({ ok: true })
    expect(await command({ action: 'FOLLOW', target: 'Nobody' })).toMatchObject({ ok: false })
    expect((await command({ action: 'FOLLOW' }))?.message).toContain('needs a target')
    const seen = await command({ action: 'LOOK', center: { x: 0, y: null, z: 0 } })
    // Columns west of 0 are not loaded: what is there counts.
    expect(seen).toMatchObject({ ok: true, sight: { loaded: 15, columns: 25, blocks: { stone: 15 } } })
    expect(bot).toEqual({ x: 0, y: 64, z: 0 })
    expect((await command({ action: 'SCAN', center: { x: 5, y: null, z: 5 } }))?.sight?.entities).toHaveLength(1)
    expect(await command({ action: 'DISPATCH', target: 'Marigold' })).toMatchObject({ ok: true })
    expect(await command({ action: 'DISPATCH', target: 'Nobody' })).toMatchObject({ ok: false })
  })
})
