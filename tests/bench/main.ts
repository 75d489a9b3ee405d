// npm run bench [ingest|latency|queries|outage]: figures beside their controls, taken in one run. Nothing here judges time.
import { benchIngest } from './ingest/ingest.ts'
import { benchLatency } from './latency.ts'
import { benchOutage } from './outage.ts'
import { benchQueries } from './queries.ts'
import { table, writeResults, type Figure } from './figure.ts'

const benches: Record<string, () => Promise<Figure[]>> = {
  ingest: benchIngest,
  latency: benchLatency,
  queries: benchQueries,
  outage: benchOutage,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length) {
  console.error(`No bench is called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`)
  process.exitCode = 1
} else {
  const figures: Figure[] = []
  for (const name of wanted.length ? wanted : Object.keys(benches)) {
    console.error(`${name} …`)
    figures.push(...(await benches[name]!()))
  }
  console.log(table(figures))
  // A part alone must not pass for the whole.
  if (!wanted.length) console.log(`\nWritten to ${writeResults(figures, new Date())}`)
}
