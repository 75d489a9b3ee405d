import { ingest, subgraph } from '../../rooms.ts'
import { runSubgraph } from '../../shared/serve/run-subgraph.ts'

await runSubgraph(subgraph('tabletop'), ingest, process.env)
