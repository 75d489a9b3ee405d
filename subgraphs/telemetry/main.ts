import { port, settings } from '../../shared/config.ts'
import { runRoom } from '../../shared/serve/room.ts'
import { subgraphDoor } from '../../shared/serve/subgraph-door.ts'
import { startTelemetry } from './start.ts'

const own = { TELEMETRY_PORT: port(4011), UNOWNED_TELLS: settings.UNOWNED_TELLS }

await runRoom('telemetry', process.env, own, 'TELEMETRY_PORT', async (around, { UNOWNED_TELLS }) =>
  subgraphDoor({ ...around, subgraph: await startTelemetry({ ...around, unownedTells: UNOWNED_TELLS }) }),
)
