import { setTimeout as wait } from 'node:timers/promises'
import { startControl, type Control } from '../control.ts'
import { MEASURED_CORE, canPin } from '../stage.ts'
import type { Figure } from '../figure.ts'
import { startSubgraphs } from './apart.ts'
import type { PumpReport } from './pump.ts'
import type { Read, Readers } from './readers.ts'
import type { Served } from './server.ts'

const FIELDS = 'at n ew ns z kills state text'
export const SAME = [`subscription { ticks { character { name } ${FIELDS} } }`]
const JOINED = [`subscription { ticks { character { name inventory { itemCount burden value } } ${FIELDS} } }`]
/** Five streams that differ by a name. */
const FIVE = Array.from(
  { length: 5 },
  (_, n) => `subscription { ticks { called${n}: n character { name } ${FIELDS} } }`,
)
const WARM_MS = 1_500
const SECONDS = 4

interface Run {
  /** Share of published events that reached readers. */
  delivered: number
  /** Processor time of the server for one event at one reader, in microseconds. */
  cpuUs: number
  core: number
  p99: number
  /** How often a subgraph executed an event. */
  executions: number
  /** Of the process with the subgraphs, where it is one of its own. */
  subgraphCore: number | null
}

const core = canPin ? MEASURED_CORE : undefined
const serverOf = (served: Served) => startControl('graph/server.ts', served, core, ['--expose-gc'])
export const order = async (server: Control, what: string) =>
  (await (await fetch(`http://127.0.0.1:${server.port}/control?${what}`)).json()) as PumpReport

/** Publishes so many events a second to readers, and measures in the middle of it. */
async function run(served: Served, perSecond: number, reading: Omit<Readers, 'url'>, isApart = false): Promise<Run> {
  await using subgraphs = isApart ? await startSubgraphs() : null
  await using server = await serverOf({ ...served, ...(subgraphs ? { addresses: subgraphs.addresses } : {}) })
  const url = `ws://127.0.0.1:${server.port}/graphql`
  await using readers = await startControl('graph/readers.ts', { ...reading, url } satisfies Readers)
  const ask = async (path = '') => (await (await fetch(`http://127.0.0.1:${readers.port}/${path}`)).json()) as Read
  const publisher = subgraphs ?? server
  await order(publisher, `perSecond=${perSecond}`)
  await wait(WARM_MS)
  const observe = async (path: string) => ({
    read: await ask(path),
    paid: await order(server, ''),
    published: await order(publisher, ''),
  })
  const [before, begun] = [await observe('reset'), performance.now()]
  await wait(SECONDS * 1000)
  const after = await observe('')
  const seconds = (performance.now() - begun) / 1000
  const messages = after.read.messages - before.read.messages
  const cpu = after.paid.cpuSeconds - before.paid.cpuSeconds
  const published = after.published.published - before.published.published
  return {
    delivered: messages / (published * reading.readers),
    cpuUs: (cpu / messages) * 1e6,
    core: (100 * cpu) / seconds,
    p99: after.read.p99Ms,
    executions: (after.published.executed - before.published.executed) / published,
    subgraphCore: subgraphs && (100 * (after.published.cpuSeconds - before.published.cpuSeconds)) / seconds,
  }
}

const CALM = 'ws.send(text) to each, at a tenth of the rate'

/** `calm`: what an event costs the control where it is not saturated; `raw`: how late it is under the same load. */
function figures(name: string, run: Run, { calm, raw }: { calm: Run; raw: Run }, asked: number): Figure[] {
  const bench = 'graph'
  const { subgraphCore } = run
  return [
    {
      bench,
      name,
      unit: 'us/event',
      better: 'less',
      ours: run.cpuUs,
      control: calm.cpuUs,
      against: CALM,
      asked,
      beside: { '% of a core': run.core, ...(subgraphCore === null ? {} : { 'subgraphs’ % of a core': subgraphCore }) },
    },
    {
      bench,
      name: `${name}, delivered`,
      unit: '%',
      better: 'more',
      ours: 100 * run.delivered,
      control: null,
      against: null,
      asked: 99,
      beside: { 'control delivered %': 100 * raw.delivered },
    },
    {
      bench,
      name: `${name}, p99`,
      unit: 'ms',
      better: 'less',
      ours: run.p99,
      control: raw.p99,
      against: 'ws.send(text) to each',
      asked: 2,
    },
  ]
}

const many = { readers: 500 }
const few = { readers: 100 }

/** What an event costs a loop that sends the text to each. */
async function rawRuns() {
  const calm = await run({ as: 'plain' }, 20, many)
  const [raw, rawFew] = [await run({ as: 'plain' }, 200, many), await run({ as: 'plain' }, 200, few)]
  return { many: { calm, raw }, few: { calm, raw: rawFew } }
}

/**
 * What an event costs at each reader, beside a loop that sends the same text; and beside Hive's gateway as it comes.
 */
export async function benchStreams(): Promise<Figure[]> {
  const raw = await rawRuns()
  const same = await run({ as: 'ours' }, 200, { ...many, queries: SAME })
  const gathered = await run({ as: 'ours', gatherMs: 20 }, 200, { ...many, queries: SAME })
  const own = await run({ as: 'ours' }, 200, { ...many, queries: SAME, ownIds: true })
  const joined = await run({ as: 'ours' }, 200, { ...few, queries: JOINED })
  const hive = await run({ as: 'hive' }, 200, { ...many, queries: SAME })
  const [gatheredCost] = figures('the same, gathered for 20 ms', gathered, raw.many, 0.45)
  return [
    ...figures('500 readers, 200 events/s', same, raw.many, 1),
    gatheredCost!, // that it is later is what is asked
    ...figures('the same, operations of own names', own, raw.many, 1.6),
    ...figures('100 readers, 200 events/s, a field of another subgraph', joined, raw.few, 1.3).slice(0, 2),
    {
      bench: 'graph',
      name: '500 readers, 200 events/s, delivered',
      unit: '%',
      better: 'more',
      ours: 100 * same.delivered,
      control: 100 * hive.delivered,
      against: 'Hive gateway as it comes',
      asked: 2.5,
      beside: { 'control % of a core': hive.core, 'control p99 ms': hive.p99, beside: 'Hive gateway as it comes' },
    },
  ]
}

/** The same where subgraphs are processes of their own. */
export async function benchStreamsApart(): Promise<Figure[]> {
  const raw = await rawRuns()
  const same = await run({ as: 'ours' }, 200, { ...many, queries: SAME }, true)
  const joined = await run({ as: 'ours' }, 200, { ...few, queries: JOINED }, true)
  const five = await run({ as: 'ours' }, 50, { ...few, queries: FIVE }, true)
  return [
    ...figures('subgraphs apart: 500 readers, 200 events/s', same, raw.many, 1),
    ...figures('subgraphs apart: 100 readers, a field of another subgraph', joined, raw.few, 3.5).slice(0, 2),
    {
      bench: 'graph',
      name: 'subgraphs apart: executions of an event, 100 readers of 5 streams',
      unit: 'times',
      better: 'less',
      ours: five.executions,
      control: FIVE.length,
      against: 'streams that differ',
      asked: 1,
    },
  ]
}
