import { keptSecret } from '../shared/auth/secrets.ts'
import { port, settings } from '../shared/config.ts'
import { runRoom } from '../shared/serve/room.ts'
import { startIngest } from './start.ts'

const { SHARED_SECRET, SHARED_SECRET_LEGACY, GAME_SERVER, RETENTION } = settings

await runRoom(
  'ingest',
  process.env,
  { INGEST_PORT: port(4001), SHARED_SECRET, SHARED_SECRET_LEGACY, GAME_SERVER, RETENTION },
  'INGEST_PORT',
  (around, config) => {
    const current = keptSecret(around.dataDir, 'shared-secret', config.SHARED_SECRET).value
    return startIngest({
      ...around,
      secrets: { current, legacy: config.SHARED_SECRET_LEGACY },
      gameServer: config.GAME_SERVER,
      retention: config.RETENTION,
    })
  },
)
