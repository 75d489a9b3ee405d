import autocannon from 'autocannon'
import { startControl } from '../control.ts'
import type { Figure } from '../figure.ts'
import { canPin, MEASURED_CORE } from '../stage.ts'
import type { Served } from './server.ts'
import { names } from './world.ts'

const PLACE = 'telemetry { ew ns z kills killsPerHour state receivedAt }'
const THREE = `name live ${PLACE} inventory { itemCount burden value } combat { sessionId totalKills }`
const QUESTIONS = {
  one: `query One($name: String!) { character(name: $name) { name live ${PLACE} } }`,
  join1: `query Join1($name: String!) { character(name: $name) { ${THREE} } }`,
  join60: `query Join60 { characters(first: 60) { ${THREE} } }`,
}
const SECONDS = 4

async function fire(port: number, body: object, seconds: number) {
  const result = await autocannon({
    url: `http://127.0.0.1:${port}/graphql`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer bench' },
    body: JSON.stringify(body),
    connections: 16,
    duration: seconds,
  })
  if (result.non2xx || result.errors) throw new Error(`${result.non2xx + result.errors} requests failed`)
  return { perSecond: result.requests.average, p99: result.latency.p99 }
}

/** Questions a second of an embedded graph over data in memory, beside plain graphql-js and beside Hive's gateway as it comes. */
export async function benchGraphQueries(): Promise<Figure[]> {
  const start = (as: Served['as']) => startControl('graph/server.ts', { as } satisfies Served, canPin ? MEASURED_CORE : undefined) // prettier-ignore
  await using ours = await start('ours')
  await using plain = await start('plain')
  await using hive = await start('hive')
  const figures: Figure[] = []
  for (const [name, query] of Object.entries(QUESTIONS)) {
    const body = { query, ...(query.includes('$name') ? { variables: { name: names[7] } } : {}) }
    const of = async ({ port }: { port: number }) => {
      await fire(port, body, 2)
      return fire(port, body, SECONDS)
    }
    const [own, bare, stock] = [await of(ours), await of(plain), await of(hive)]
    const figure = (against: string, control: typeof own): Figure => ({
      bench: 'graph',
      name: `query ${name}`,
      unit: 'queries/s',
      better: 'more',
      ours: own.perSecond,
      control: control.perSecond,
      against,
      beside: { 'p99 ms': own.p99, 'control p99 ms': control.p99, beside: against },
    })
    figures.push(figure('plain graphql-js over node:http', bare), figure('Hive gateway as it comes', stock))
  }
  return figures
}
