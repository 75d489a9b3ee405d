import type { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import { MAX_REPORTED_NAMES } from '../../../shared/contract/ingest-status.ts'
import { frameTopic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import type { VersionedStream } from '../../../shared/pubsub/row-versions.ts'
import { ingestStatus } from '../ingest/status.ts'
import { frameResolvers } from './resolvers.ts'
import { typesNamed } from './types-named.ts'

it('[FRM7] frames are delivered to subscribers that filter by their type, however long its name, and no others', async () => {
  const pubsub = memoryPubSub()
  const { subscribe } = frameResolvers.Subscription!.frameReceived as unknown as {
    subscribe: (root: unknown, args: object, context: object) => Promise<VersionedStream<FrameEvent>>
  }
  const long = 'L'.repeat(80)
  const ingest = await ingestStatus(pubsub)
  const context = { pubsub, ingest, phase: 'changes', privacy: { seesEveryPlace: () => true } }
  const stream = await subscribe({}, { types: [`${long}1`, `${long}3`, 'short'], characters: null }, context)
  await stream.listen()
  for (const type of [`${long}2`, `${long}3`, 'shorter', 'short', `${long}1`])
    pubsub.publish(frameTopic(type), { type, character: null, receivedAt: '', body: {} } satisfies FrameEvent)
  const types: string[] = []
  while (types.length < 3) types.push(((await stream.next()) as IteratorYieldResult<FrameEvent>).value.type)
  expect(types).toEqual([`${long}3`, 'short', `${long}1`])
  await stream.return?.()
  await ingest[Symbol.asyncDispose]()
})

describe('a type of frames', () => {
  const status = { at: '', plugins: 1, framesPerSecond: 0, waitingBytes: 0, storing: true, processes: 1 }
  const sent = (...names: string[]) => ({
    ...status,
    unknownTypes: names.map((name) => ({ name, count: 1 })),
    unknownFields: [],
    dropped: [],
  })

  it('is named ignoring case, whether this version knows it or only plugins sent it', () => {
    expect(typesNamed(['Portal', 'share_anything', 'NOVEL', 'Novel'], sent('novel'))).toEqual([
      'portal',
      'share_anything',
      'novel',
      'novel',
    ])
  })

  it('that is not relayed is refused with the nearest that are', () => {
    const refusal = (type: string) => {
      try {
        typesNamed([type], sent('novel'))
      } catch (error) {
        return (error as GraphQLError).extensions
      }
    }
    expect(refusal('portl')).toMatchObject({
      code: 'BAD_USER_INPUT',
      nearest: ['portal', expect.any(String), expect.any(String)],
    })
    expect(refusal('telemetry')).toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  it('may be any while it is not known which were sent', () => {
    expect(typesNamed(['portl'], sent('other'))).toEqual(['portl'])
    expect(typesNamed(['portl'], { ...sent(), processes: 0 })).toEqual(['portl'])
    expect(typesNamed(['portl'], sent(...Array.from({ length: MAX_REPORTED_NAMES }, (_, n) => `t${n}`)))).toEqual([
      'portl',
    ])
  })
})
