import type { Figure } from '../figure.ts'
import { standAside } from '../stage.ts'
import { benchGraphQueries } from './queries.ts'
import { benchStreams } from './streams.ts'

/** What the gateway itself costs, over subgraphs that answer from memory. */
export async function benchGraph(): Promise<Figure[]> {
  standAside()
  return [...(await benchGraphQueries()), ...(await benchStreams())]
}
