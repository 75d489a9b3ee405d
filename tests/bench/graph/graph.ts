import type { Figure } from '../figure.ts'
import { standAside } from '../stage.ts'
import { benchHop } from './hop.ts'
import { benchQueries, benchQueriesApart, benchUnseen } from './queries.ts'
import { benchStalled } from './stalled.ts'
import { benchStreams, benchStreamsApart } from './streams.ts'

const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  queries: benchQueries,
  unseen: benchUnseen,
  streams: benchStreams,
  stalled: benchStalled,
  'queries-apart': benchQueriesApart,
  'streams-apart': benchStreamsApart,
  hop: benchHop,
}

/** What the gateway itself costs, over subgraphs that answer from memory: within, and as processes of their own. */
export async function benchGraph(part?: string): Promise<Figure[]> {
  standAside()
  if (part !== undefined && !Object.hasOwn(parts, part))
    throw new Error(`graph has no part ${part}; there are ${Object.keys(parts).join(', ')}.`)
  const figures: Figure[] = []
  for (const [name, bench] of Object.entries(parts)) {
    if (part !== undefined && part !== name) continue
    console.error(`  ${name} …`)
    figures.push(...(await bench()))
  }
  return figures
}
