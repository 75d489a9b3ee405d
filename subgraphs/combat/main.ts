import { port } from '../../shared/config.ts'
import { runRoom } from '../../shared/serve/room.ts'
import { subgraphDoor } from '../../shared/serve/subgraph-door.ts'
import { startCombat } from './start.ts'

await runRoom('combat', process.env, { COMBAT_PORT: port(4013) }, 'COMBAT_PORT', (around) =>
  subgraphDoor({ ...around, subgraph: startCombat(around) }),
)
