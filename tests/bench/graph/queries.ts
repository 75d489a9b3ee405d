import autocannon from 'autocannon'
import { startControl, type Control } from '../control.ts'
import type { Figure } from '../figure.ts'
import { canPin, MEASURED_CORE } from '../stage.ts'
import { startSubgraphs } from './apart.ts'
import type { Served } from './server.ts'
import { names } from './world.ts'

const PLACE = 'telemetry { ew ns z kills killsPerHour state receivedAt }'
const THREE = `name live ${PLACE} inventory { itemCount burden value } combat { sessionId totalKills }`
const variables = { name: names[7] }
let unseen = 0

/** The bodies of the requests; of a document not seen before, another one each time. */
export const QUESTIONS = {
  one: () => ({ query: `query One($name: String!) { character(name: $name) { name live ${PLACE} } }`, variables }),
  join1: () => ({ query: `query Join1($name: String!) { character(name: $name) { ${THREE} } }`, variables }),
  join60: () => ({ query: `query Join60 { characters(first: 60) { ${THREE} } }` }),
  unseen: () => ({
    query: `query Join1($name: String!) { c${unseen++}: character(name: $name) { ${THREE} } }`,
    variables,
  }),
}
type Question = keyof typeof QUESTIONS

const WARM_SECONDS = 2
const SECONDS = 4

interface Fired {
  perSecond: number
  p99: number
}

export async function fire(port: number, body: () => object, seconds: number): Promise<Fired> {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
    requests: [{ setupRequest: (request) => ({ ...request, body: JSON.stringify(body()) }) }],
    connections: 16,
    duration: seconds,
  })
  if (result.non2xx || result.errors) throw new Error(`${result.non2xx + result.errors} requests failed`)
  return { perSecond: result.requests.average, p99: result.latency.p99 }
}

/** Looks at one answer before many are counted: an error is quick to give. */
async function asked({ port }: Control, name: Question): Promise<Fired> {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
    body: JSON.stringify(QUESTIONS[name]()),
  })
  const text = await answer.text()
  if (text.includes('"errors"') || !text.includes('killsPerHour')) throw new Error(`${name} is answered ${text}`)
  await fire(port, QUESTIONS[name], WARM_SECONDS)
  return fire(port, QUESTIONS[name], SECONDS)
}

const start = (served: Served) => startControl('graph/server.ts', served, canPin ? MEASURED_CORE : undefined)

interface Beside {
  control: Fired
  against: string
  /** Questions a second over the control's, at least. */
  asked?: number
  /** How long the slowest hundredth takes over the control's, at most. */
  askedP99?: number
}

function figures(name: string, own: Fired, { control, against, asked, askedP99 }: Beside): Figure[] {
  const bench = 'graph'
  const late: Figure = {
    bench,
    name: `${name}, p99`,
    unit: 'ms',
    better: 'less',
    ours: own.p99,
    control: control.p99,
    against,
    asked: askedP99!,
  }
  return [
    {
      bench,
      name,
      unit: 'queries/s',
      better: 'more',
      ours: own.perSecond,
      control: control.perSecond,
      against,
      ...(asked ? { asked } : {}),
      beside: { 'p99 ms': own.p99, 'control p99 ms': control.p99, beside: against },
    },
    ...(askedP99 ? [late] : []),
  ]
}

/**
 * Questions a second of a graph in one process over data in memory, beside plain graphql-js and beside Hive's gateway
 * as it comes.
 */
export async function benchQueries(): Promise<Figure[]> {
  await using ours = await start({ as: 'ours' })
  await using plain = await start({ as: 'plain' })
  await using hive = await start({ as: 'hive' })
  const found: Figure[] = []
  const asks = { one: { plain: 0.35, hive: 5 }, join1: { plain: 0.5 }, join60: { plain: 1.5, hive: 2.5 } }
  for (const [name, limit] of Object.entries(asks) as [Question, { plain: number; hive?: number }][]) {
    const own = await asked(ours, name)
    found.push(
      ...figures(`query ${name}`, own, {
        control: await asked(plain, name),
        against: 'plain graphql-js over node:http',
        asked: limit.plain,
        askedP99: 2,
      }),
    )
    const stock = { control: await asked(hive, name), against: 'Hive gateway as it comes' }
    found.push(...figures(`query ${name}`, own, limit.hive ? { ...stock, asked: limit.hive } : stock))
  }
  return found
}

/** Documents not seen before, beside the same executor without the gateway around it. */
export async function benchUnseen(): Promise<Figure[]> {
  await using ours = await start({ as: 'ours' })
  await using bare = await start({ as: 'bare' })
  const own = await asked(ours, 'unseen')
  return figures('query never seen', own, {
    control: await asked(bare, 'unseen'),
    against: 'our executor over node:http',
    asked: 0.7,
  })
}

/** The same questions where subgraphs are processes of their own, beside Apollo's gateway over the same ones. */
export async function benchQueriesApart(): Promise<Figure[]> {
  await using subgraphs = await startSubgraphs()
  const { addresses } = subgraphs
  await using ours = await start({ as: 'ours', addresses })
  await using apollo = await start({ as: 'apollo', addresses })
  const found: Figure[] = []
  for (const name of Object.keys(QUESTIONS) as Question[]) {
    const own = await asked(ours, name)
    found.push(
      ...figures(`subgraphs apart: ${name}`, own, {
        control: await asked(apollo, name),
        against: '@apollo/gateway as it comes',
        asked: 1.8,
      }),
    )
  }
  return found
}
