import { setTimeout as wait } from 'node:timers/promises'
import { startControl, type Control } from '../control.ts'
import { MEASURED_CORE, canPin } from '../stage.ts'
import type { Figure } from '../figure.ts'
import type { Read, Readers } from './readers.ts'
import type { Served } from './server.ts'

const FIELDS = 'at n ew ns z kills state text'
const SAME = `subscription { ticks { character { name } ${FIELDS} } }`
const JOINED = `subscription { ticks { character { name inventory { itemCount burden value } } ${FIELDS} } }`
const WARM_MS = 1_500
const SECONDS = 4

interface Run {
  /** Share of what was told that reached readers. */
  delivered: number
  /** Processor time of the server for one event at one reader, in microseconds. */
  cpuUs: number
  core: number
  p99: number
}

interface Told {
  told: number
  cpuSeconds: number
  heap: number
}

const core = canPin ? MEASURED_CORE : undefined
const serverOf = (served: Served) => startControl('graph/server.ts', served, core, ['--expose-gc'])
const order = async (server: Control, what: string) =>
  (await (await fetch(`http://127.0.0.1:${server.port}/control?${what}`)).json()) as Told

/** Tells so many events a second to readers, and counts in the middle of it. */
async function run(served: Served, perSecond: number, reading: Omit<Readers, 'url'>): Promise<Run> {
  await using server = await serverOf(served)
  const url = `ws://127.0.0.1:${server.port}/graphql`
  await using readers = await startControl('graph/readers.ts', { ...reading, url } satisfies Readers)
  const ask = async (path = '') => (await (await fetch(`http://127.0.0.1:${readers.port}/${path}`)).json()) as Read
  await order(server, `perSecond=${perSecond}`)
  await wait(WARM_MS)
  const [before, cost, begun] = [await ask('anew'), await order(server, ''), performance.now()]
  await wait(SECONDS * 1000)
  const [after, paid] = [await ask(), await order(server, '')]
  const seconds = (performance.now() - begun) / 1000
  const messages = after.messages - before.messages
  const cpu = paid.cpuSeconds - cost.cpuSeconds
  return {
    delivered: messages / ((paid.told - cost.told) * reading.readers),
    cpuUs: (cpu / messages) * 1e6,
    core: (100 * cpu) / seconds,
    p99: after.p99Ms,
  }
}

const beside = (run: Run, control?: Run) => ({
  'delivered %': 100 * run.delivered,
  '% of a core': run.core,
  'p99 ms': run.p99,
  ...(control ? { 'control delivered %': 100 * control.delivered, 'control p99 ms': control.p99, 'p99 ratio': run.p99 / control.p99 } : {}), // prettier-ignore
})
/** `calm`: what an event costs the control where it is not saturated; `control`: how late it is under the same load. */
const figure = (name: string, run: Run, calm: Run, control: Run): Figure => ({
  bench: 'graph',
  name,
  unit: 'us/event',
  better: 'less',
  ours: run.cpuUs,
  control: calm.cpuUs,
  against: 'ws.send(text) to each, at a tenth of the rate',
  beside: beside(run, control),
})

/** What an event costs at each reader, beside a loop that sends the same text; and beside Hive's gateway as it comes. */
export async function benchStreams(): Promise<Figure[]> {
  const many = { readers: 500 }
  const few = { readers: 100 }
  const raw = await run({ as: 'plain' }, 200, many)
  const calm = await run({ as: 'plain' }, 20, many)
  const rawFew = await run({ as: 'plain' }, 200, few)
  const same = await run({ as: 'ours' }, 200, { ...many, query: SAME })
  const gathered = await run({ as: 'ours', gatherMs: 20 }, 200, { ...many, query: SAME })
  const own = await run({ as: 'ours' }, 200, { ...many, query: SAME, ownIds: true })
  const joined = await run({ as: 'ours' }, 200, { ...few, query: JOINED })
  const hive = await run({ as: 'hive' }, 200, { ...many, query: SAME })
  return [
    figure('500 readers, 200 events/s', same, calm, raw),
    figure('the same, gathered for 20 ms', gathered, calm, raw),
    figure('the same, operations of own names', own, calm, raw),
    figure('100 readers, 200 events/s, a field of another subgraph', joined, calm, rawFew),
    {
      bench: 'graph',
      name: '500 readers, 200 events/s, delivered',
      unit: '%',
      better: 'more',
      ours: 100 * same.delivered,
      control: 100 * hive.delivered,
      against: 'Hive gateway as it comes',
      beside: { 'control % of a core': hive.core, 'control p99 ms': hive.p99 },
    },
    await stalled(),
  ]
}

/** One reader that reads nothing, and one that must lose nothing by it. */
async function stalled(): Promise<Figure> {
  await using server = await serverOf({ as: 'ours' })
  const url = `ws://127.0.0.1:${server.port}/graphql`
  const reading: Readers = { url, readers: 1, stalled: 1, query: SAME }
  await using readers = await startControl('graph/readers.ts', reading)
  const ask = async () => (await (await fetch(`http://127.0.0.1:${readers.port}/`)).json()) as Read
  await order(server, 'perSecond=1000')
  await wait(2_000)
  const heap = (await order(server, 'gc&perSecond=10000')).heap
  const before = (await ask()).messages
  const told = (await order(server, '')).told
  while ((await order(server, '')).told < told + 200_000) await wait(500)
  const end = await order(server, 'gc&perSecond=0')
  await wait(1_000)
  const read = (await ask()).messages - before
  return {
    bench: 'graph',
    name: 'heap after 200,000 events past a reader that reads nothing',
    unit: 'MB more',
    better: 'less',
    ours: (end.heap - heap) / 2 ** 20,
    control: null,
    against: null,
    beside: { 'of 100 the other reader got': (100 * read) / (end.told - told) },
  }
}
