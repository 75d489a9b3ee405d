import { keptSecret } from '../../shared/auth/secrets.ts'
import { port, settings } from '../../shared/config.ts'
import { runRoom } from '../../shared/serve/room.ts'
import { subgraphDoor } from '../../shared/serve/subgraph-door.ts'
import { startGuild } from './start.ts'

const { SHARED_SECRET, PUBLIC_URL } = settings

await runRoom(
  'guild',
  process.env,
  { GUILD_PORT: port(4014), INGEST_PORT: port(4001), SHARED_SECRET, PUBLIC_URL },
  'GUILD_PORT',
  (around, config) => {
    const secret = keptSecret(around.dataDir, 'shared-secret', config.SHARED_SECRET).value
    const url = config.PUBLIC_URL
      ? config.PUBLIC_URL.replace(/^http/, 'ws').replace(/\/$/, '')
      : `ws://localhost:${config.INGEST_PORT}`
    return subgraphDoor({
      ...around,
      subgraph: startGuild({ ...around, plugin: { url: `${url}/ws/position`, secret } }),
    })
  },
)
