import { setTimeout as wait } from 'node:timers/promises'
import { startControl } from '../control.ts'
import type { Figure } from '../figure.ts'
import { canPin, MEASURED_CORE } from '../stage.ts'
import type { Read, Readers } from './readers.ts'
import type { Served } from './server.ts'
import { order, SAME } from './streams.ts'

/** One reader that reads nothing, and one that must lose nothing by it. */
export async function benchStalled(): Promise<Figure[]> {
  const served: Served = { as: 'ours' }
  await using server = await startControl('graph/server.ts', served, canPin ? MEASURED_CORE : undefined, [
    '--expose-gc',
  ])
  const url = `ws://127.0.0.1:${server.port}/graphql`
  const reading: Readers = { url, readers: 1, stalled: 1, queries: SAME }
  await using readers = await startControl('graph/readers.ts', reading)
  const ask = async () => (await (await fetch(`http://127.0.0.1:${readers.port}/`)).json()) as Read
  await order(server, 'perSecond=1000')
  await wait(2_000)
  const heap = (await order(server, 'gc&perSecond=10000')).heap
  const before = (await ask()).messages
  const published = (await order(server, '')).published
  while ((await order(server, '')).published < published + 200_000) await wait(500)
  const end = await order(server, 'gc&perSecond=0')
  await wait(1_000)
  const read = (await ask()).messages - before
  return [
    {
      bench: 'graph',
      name: 'heap after 200,000 events past a reader that reads nothing',
      unit: 'MB more',
      better: 'less',
      ours: (end.heap - heap) / 2 ** 20,
      control: null,
      against: null,
      asked: 10,
      beside: { 'of 100 the other reader got': (100 * read) / (end.published - published) },
    },
  ]
}
