// What tests of access see that is only in memory: the last reports of ingest and of plugins.
import { INGEST_STATUS_TOPIC, type IngestStatusEvent } from '../../shared/contract/ingest-status.ts'
import { PLUGIN_FRAMES_TOPIC, type PluginFramesEvent } from '../../shared/contract/plugin-frames.ts'
import { PRESENCE_TOPIC, type PresenceEvent } from '../../shared/contract/presence.ts'
import { frameTopic, topic, type FrameEvent, type RadarEvent } from '../../shared/contract/topics.ts'
import { worldCommandTopic, worldReplyTopic, type WorldCommand } from '../../shared/contract/world-commands.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'

/** What is only in memory. */
export function publishSeeds(pubsub: PubSub, names: readonly string[]): void {
  const now = new Date().toISOString()
  const status: IngestStatusEvent = {
    node: 'n',
    at: now,
    plugins: 1,
    framesPerSecond: 1,
    waitingBytes: 0,
    storing: true,
    unknownTypes: [{ name: 'x', count: 1 }],
    unknownFields: [{ type: 'x', name: 'y', count: 1 }],
    dropped: [{ reason: 'x', count: 1 }],
  }
  pubsub.publish(INGEST_STATUS_TOPIC, status)
  const plugins = names.map((character) => ({ character, server: 'Coldeve', registeredAt: Date.now() }))
  pubsub.publish(PRESENCE_TOPIC, { node: 'n', full: true, plugins, left: [] } satisfies PresenceEvent)
  const types = [{ type: 'telemetry', count: 1, firstMs: Date.now(), lastMs: Date.now() }]
  const frames = { node: 'n', plugins: names.map((character) => ({ character, types })) } satisfies PluginFramesEvent
  pubsub.publish(PLUGIN_FRAMES_TOPIC, frames)
  for (const character of names) {
    pubsub.publish(topic('radar', character), radarOf(character, names))
    const body = { type: 'share_position_update', ew: 1.4, ns: 2.6, z: 3, heading: 90, land_cell: 7 }
    const frame: FrameEvent = { type: body.type, character, receivedAt: now, body }
    pubsub.publish(frameTopic(body.type), frame)
    const vitals = { type: 'share_vital_update', health: 5 }
    pubsub.publish(frameTopic(vitals.type), { ...frame, type: vitals.type, body: vitals } satisfies FrameEvent)
  }
}

/** A radar picture of a character with all others in it. */
export function radarOf(character: string, names: readonly string[]): RadarEvent {
  const now = new Date().toISOString()
  const objects = names.map((name, n) => ({
    gameId: n,
    name,
    objectClassName: 'Player',
    objectClass: 24,
    ew: 1,
    ns: 1,
    z: 1,
    distance: 1,
  }))
  const place = { landblock: '01E9', ew: 1.4, ns: 2.6, z: 3, heading: 90 }
  return { character, clientAt: now, receivedAt: now, ...place, objects }
}

/** A world where the bot finds nothing anywhere. */
export const answerWorldCommands = (pubsub: PubSub) =>
  pubsub.subscribe(worldCommandTopic('demo'), (event) => {
    const { id, center, radius } = event as WorldCommand
    const found = { blocks: {}, loaded: 0, columns: 1, entities: [] }
    const sight = { center: center ?? { x: 0, y: null, z: 0 }, radius, ...found }
    pubsub.publish(worldReplyTopic(id), { ok: true, message: 'x', sight })
  })
