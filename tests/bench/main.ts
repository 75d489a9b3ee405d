// npm run bench [ingest|latency|queries|outage|store|items|suits|graph|questions|agent|tabletop|logins|sharing|eye|
// large|web]: figures beside their controls, taken in one run. No figure here passes or fails by its time.
import { parseArgs } from 'node:util'
import { benchAgent } from './agent.ts'
import { benchEye } from './eye.ts'
import { benchIngest } from './ingest/ingest.ts'
import { benchGraph } from './graph/graph.ts'
import { benchQuestions } from './graph/questions.ts'
import { benchItems } from './items.ts'
import { benchLarge } from './large.ts'
import { benchLogins } from './logins.ts'
import { benchLatency } from './latency.ts'
import { benchOutage } from './outage.ts'
import { benchQueries } from './queries.ts'
import { benchSharing } from './sharing.ts'
import { benchStore } from './store.ts'
import { benchSuits } from './suits.ts'
import { benchTabletop } from './tabletop.ts'
import { benchWeb } from './web/web.ts'
import { isRecorded, table, writeResults, type Figure } from './figure.ts'

const benches: Record<string, () => Promise<Figure[]>> = {
  ingest: benchIngest,
  latency: benchLatency,
  queries: benchQueries,
}
/**
 * Takes minutes, so only when asked for by name; its figures stand under a key of their own. `--rows` is for fewer than
 * 10 million, `--part` for one part of graph or of web, which is not written down.
 */
const named: typeof benches = {
  store: () => benchStore(rows),
  outage: benchOutage,
  items: benchItems,
  suits: () => benchSuits(sizes),
  graph: () => benchGraph(values.part),
  questions: benchQuestions,
  agent: benchAgent,
  logins: benchLogins,
  sharing: benchSharing,
  tabletop: benchTabletop,
  eye: benchEye,
  large: benchLarge,
  web: () => benchWeb(values.part),
}

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string' }, sizes: { type: 'string' }, part: { type: 'string' } },
})
/**
 * Of suits: numbers of candidates, by commas; none is the advice alone. What is asked for in part is not written down.
 */
const sizes = values.sizes?.split(',').filter(Boolean).map(Number)
const rows = Number(values.rows ?? 10_000_000)

const unknown = wanted.filter((name) => !Object.hasOwn({ ...benches, ...named }, name))
if (unknown.length) {
  console.error(
    `No bench is called ${unknown.join(', ')}; there are ${Object.keys({ ...benches, ...named }).join(', ')}.`,
  )
  process.exitCode = 1
} else {
  const figures: Figure[] = []
  for (const name of wanted.length ? wanted : Object.keys(benches)) {
    console.error(`${name} …`)
    figures.push(...(await { ...benches, ...named }[name]!()))
  }
  console.log(table(figures))
  // A part alone must not pass for the whole.
  const [only] = wanted
  if (!sizes && wanted.length === 1 && !values.part && isRecorded(only))
    console.log(`\nWritten to ${writeResults(figures, new Date(), only)}`)
  if (!wanted.length) console.log(`\nWritten to ${writeResults(figures, new Date())}`)
}
