import { expect, it } from 'vitest'
import { frameTopic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import type { VersionedStream } from '../../../shared/pubsub/row-versions.ts'
import { frameResolvers } from './resolvers.ts'

it('[FRM7] frames are delivered to subscribers that filter by their type, however long its name, and no others', async () => {
  const pubsub = memoryPubSub()
  const { subscribe } = frameResolvers.Subscription!.frameReceived as unknown as {
    subscribe: (root: unknown, args: object, context: object) => VersionedStream<FrameEvent>
  }
  const long = 'L'.repeat(80)
  const context = { pubsub, phase: 'changes', privacy: { seesEveryPlace: () => true } }
  const stream = subscribe({}, { types: [`${long}1`, `${long}3`, 'short'], characters: null }, context)
  await stream.listen()
  for (const type of [`${long}2`, `${long}3`, 'shorter', 'short', `${long}1`])
    pubsub.publish(frameTopic(type), { type, character: null, receivedAt: '', body: {} } satisfies FrameEvent)
  const types: string[] = []
  while (types.length < 3) types.push(((await stream.next()) as IteratorYieldResult<FrameEvent>).value.type)
  expect(types).toEqual([`${long}3`, 'short', `${long}1`])
  await stream.return?.()
})
