import { expect, it } from 'vitest'
import { PLUGIN_FRAMES_TOPIC, type PluginFramesEvent } from '../../../shared/contract/plugin-frames.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { pluginFramesOf } from './plugin-frames.ts'

const report = (character: string, node: string, count: number): PluginFramesEvent => ({
  node,
  plugins: [
    {
      character,
      types: [
        { type: 'vitals', count: 1, firstMs: 5, lastMs: 5 },
        { type: 'telemetry', count, firstMs: 1, lastMs: 9 },
      ],
    },
  ],
})

it('frame types of a plugin are those of its last report, most frequent first, of the process that it is connected to', async () => {
  const pubsub = memoryPubSub()
  await using frames = await pluginFramesOf(pubsub)
  expect(frames.of('Larsson', 'a')).toEqual([])
  pubsub.publish(PLUGIN_FRAMES_TOPIC, report('Larsson', 'a', 7))
  pubsub.publish(PLUGIN_FRAMES_TOPIC, report('Larsson', 'a', 8))
  expect(frames.of('Larsson', 'a').map(({ type, count }) => [type, count])).toEqual([
    ['telemetry', 8],
    ['vitals', 1],
  ])
  expect(frames.of('Larsson', 'b')).toEqual([])
})

it('reports of more than 5,000 characters replace the oldest', async () => {
  const pubsub = memoryPubSub()
  await using frames = await pluginFramesOf(pubsub)
  for (let n = 0; n <= 5_000; n++) pubsub.publish(PLUGIN_FRAMES_TOPIC, report(`Character ${n}`, 'a', 2))
  expect(frames.of('Character 0', 'a')).toEqual([])
  expect(frames.of('Character 1', 'a')).toHaveLength(2)
})
