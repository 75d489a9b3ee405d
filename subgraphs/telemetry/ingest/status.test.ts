import { describe, expect, it, onTestFinished } from 'vitest'
import { INGEST_STATUS_TOPIC, type IngestStatusEvent } from '../../../shared/contract/ingest-status.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { ingestStatus } from './status.ts'

const report = (node: string, fields: Partial<IngestStatusEvent> = {}): IngestStatusEvent => ({
  node,
  at: '',
  plugins: 1,
  framesPerSecond: 0.14,
  waitingBytes: 10,
  storing: true,
  unknownTypes: [],
  unknownFields: [],
  dropped: [],
  ...fields,
})

async function aStatus() {
  let now = 1_000_000
  const pubsub = memoryPubSub()
  const status = await ingestStatus(pubsub, () => now)
  onTestFinished(() => status[Symbol.asyncDispose]())
  return {
    publish: (event: IngestStatusEvent) => void pubsub.publish(INGEST_STATUS_TOPIC, event),
    pass: (ms: number) => (now += ms),
    now: () => status.now(),
  }
}

describe('the status of ingest', () => {
  it('adds up its processes, of each the last report', async () => {
    const status = await aStatus()
    status.publish(report('a', { plugins: 50 }))
    status.publish(report('a', { plugins: 2 }))
    status.publish(report('b', { plugins: 3 }))
    expect(status.now()).toMatchObject({ processes: 2, plugins: 5, framesPerSecond: 0.3, waitingBytes: 20 })
  })

  it('adds up what was dropped or unknown by its name, the most frequent first', async () => {
    const status = await aStatus()
    const field = (type: string, name: string, count: number) => ({ type, name, count })
    status.publish(
      report('a', {
        unknownTypes: [{ name: 'x', count: 1 }],
        unknownFields: [field('t', 'f', 1), field('u', 'f', 5)],
        dropped: [{ reason: 'r', count: 2 }],
      }),
    )
    status.publish(
      report('b', {
        unknownTypes: [
          { name: 'y', count: 2 },
          { name: 'x', count: 3 },
        ],
        unknownFields: [field('t', 'f', 9)],
      }),
    )
    expect(status.now()).toMatchObject({
      unknownTypes: [
        { name: 'x', count: 4 },
        { name: 'y', count: 2 },
      ],
      unknownFields: [field('t', 'f', 10), field('u', 'f', 5)],
      dropped: [{ reason: 'r', count: 2 }],
    })
  })

  it('is that all store only if every one does, and none is no storing', async () => {
    const status = await aStatus()
    expect(status.now()).toMatchObject({ processes: 0, storing: false })
    status.publish(report('a'))
    expect(status.now().storing).toBe(true)
    status.publish(report('b', { storing: false }))
    expect(status.now().storing).toBe(false)
  })

  it('leaves out a process that is silent for more than ten seconds', async () => {
    const status = await aStatus()
    status.publish(report('a'))
    status.pass(10_000)
    expect(status.now().processes).toBe(1)
    status.pass(1)
    expect(status.now().processes).toBe(0)
  })
})
