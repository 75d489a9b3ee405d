import { describe, expect, it } from 'vitest'
import { COMMAND_TOPIC, replyTopic, type CommandReply } from '../../shared/contract/commands.ts'
import { PRESENCE_TOPIC, type PresenceEvent } from '../../shared/contract/presence.ts'
import { memoryPubSub } from '../../shared/pubsub/memory.ts'
import { presenceOf } from '../../shared/pubsub/presence.ts'
import { deliverCommands } from './commands.ts'
import type { PluginSocket } from './plugin-socket.ts'
import { roster } from './roster.ts'

const aSocket = (registeredAt: number, takes = true) => {
  const sent: string[] = []
  const socket = {
    character: () => 'Larsson',
    server: () => null,
    registeredAt: () => registeredAt,
    frameTypes: () => [],
    deliver: (text: string) => Promise.resolve(takes ? Boolean(sent.push(text)) : false),
  } as unknown as PluginSocket
  return { socket, sent }
}

async function command(bus: ReturnType<typeof memoryPubSub>): Promise<CommandReply[]> {
  const replies: CommandReply[] = []
  const stop = await bus.subscribe(replyTopic('1'), (reply) => replies.push(reply as CommandReply))
  bus.publish(COMMAND_TOPIC, { id: '1', character: 'Larsson', command: '/x' })
  await new Promise(setImmediate)
  stop()
  return replies
}

describe('a command', () => {
  it('[CMD3] is delivered by one process alone, even when two plugins registered in the same instant', async () => {
    const bus = memoryPubSub()
    const [one, two] = [aSocket(5), aSocket(5)]
    await using a = await roster(bus, new Set([one.socket]), 'a')
    await using b = await roster(bus, new Set([two.socket]), 'b')
    for (const each of [a, b]) {
      each.changed('Larsson')
      await deliverCommands(bus, each)
    }
    expect(await command(bus)).toEqual([{ delivered: true, node: 'b' }])
    expect([one.sent.length, two.sent.length]).toEqual([0, 1])
  })

  it('[CMD3] for a plugin that does not read is answered as not delivered, and no older plugin gets it', async () => {
    const bus = memoryPubSub()
    const [old, deaf] = [aSocket(1), aSocket(2, false)]
    await using here = await roster(bus, new Set([old.socket, deaf.socket]), 'a')
    await deliverCommands(bus, here)
    expect(await command(bus)).toEqual([{ delivered: false, node: 'a' }])
    expect(old.sent).toEqual([])
  })
})

describe('presence', () => {
  const presenceEvent = (event: Partial<PresenceEvent>) => ({ node: 'a', full: false, plugins: [], left: [], ...event })
  const plugin = (character: string, registeredAt = 1) => ({ character, server: null, registeredAt })

  it('forgets a process that ended without a goodbye, and the characters it held', async () => {
    const bus = memoryPubSub()
    let now = 0
    const left: string[] = []
    await using presence = await presenceOf(bus, { clock: () => now, onLeft: (character) => left.push(character) })
    bus.publish(PRESENCE_TOPIC, presenceEvent({ full: true, plugins: [plugin('One'), plugin('Two')] }))
    bus.publish(PRESENCE_TOPIC, presenceEvent({ node: 'b', plugins: [plugin('Two', 9)] }))
    bus.publish(PRESENCE_TOPIC, presenceEvent({ left: ['Two'] }))
    expect(left).toEqual([]) // another process has a plugin of it
    expect(presence.of('Two')).toMatchObject({ node: 'b', registeredAt: 9 })
    expect(presence.all().map(({ character }) => character)).toEqual(['One', 'Two'])
    now = 60_000
    expect(presence.of('Two')).toBeUndefined()
    bus.publish(PRESENCE_TOPIC, presenceEvent({ full: true }))
    expect(left).toEqual(['One'])
  })
})
