import { port } from '../../shared/config.ts'
import { runRoom } from '../../shared/serve/room.ts'
import { subgraphDoor } from '../../shared/serve/subgraph-door.ts'
import { startTelemetry } from './start.ts'

await runRoom('telemetry', process.env, { TELEMETRY_PORT: port(4011) }, 'TELEMETRY_PORT', async (around) =>
  subgraphDoor({ ...around, subgraph: await startTelemetry(around) }),
)
