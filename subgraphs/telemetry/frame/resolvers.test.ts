import { expect, it } from 'vitest'
import { frameTopic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import type { Marked } from '../../../shared/pubsub/marks.ts'
import { frameResolvers } from './resolvers.ts'

it('[FRM7] frames of a type are told to who names it, however long the name, and those of no other', async () => {
  const pubsub = memoryPubSub()
  const { subscribe } = frameResolvers.Subscription!.frameReceived as unknown as {
    subscribe: (root: unknown, args: object, context: object) => Marked<FrameEvent>
  }
  const long = 'L'.repeat(80)
  const context = { pubsub, part: 'changes', privacy: { seesEveryPlace: () => true } }
  const stream = subscribe({}, { types: [`${long}1`, `${long}3`, 'short'], characters: null }, context)
  await stream.listen()
  for (const type of [`${long}2`, `${long}3`, 'shorter', 'short', `${long}1`])
    pubsub.publish(frameTopic(type), { type, character: null, receivedAt: '', body: {} } satisfies FrameEvent)
  const told: string[] = []
  while (told.length < 3) told.push(((await stream.next()) as IteratorYieldResult<FrameEvent>).value.type)
  expect(told).toEqual([`${long}3`, 'short', `${long}1`])
  await stream.return?.()
})
