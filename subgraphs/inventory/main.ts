import { port } from '../../shared/config.ts'
import { runRoom } from '../../shared/serve/room.ts'
import { subgraphDoor } from '../../shared/serve/subgraph-door.ts'
import { startInventory } from './start.ts'

await runRoom('inventory', process.env, { INVENTORY_PORT: port(4012) }, 'INVENTORY_PORT', (around) =>
  subgraphDoor({ ...around, subgraph: startInventory(around) }),
)
