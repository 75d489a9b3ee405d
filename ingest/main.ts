import { keptSecret } from '../shared/auth/secrets.ts'
import { healthSettings, port, settings } from '../shared/config.ts'
import { runRoom } from '../shared/serve/room.ts'
import { startIngest } from './start.ts'

const {
  SHARED_SECRET,
  SHARED_SECRET_LEGACY,
  GAME_SERVER,
  GAME_SERVER_ADDRESS,
  PLAYER_COUNTS_URL,
  RETENTION,
  INGEST_CAPTURE,
} = settings

await runRoom(
  'ingest',
  process.env,
  {
    INGEST_PORT: port(4001),
    SHARED_SECRET,
    SHARED_SECRET_LEGACY,
    GAME_SERVER,
    GAME_SERVER_ADDRESS,
    PLAYER_COUNTS_URL,
    RETENTION,
    INGEST_CAPTURE,
  },
  'INGEST_PORT',
  (around, config) => {
    const current = keptSecret(around.dataDir, 'shared-secret', config.SHARED_SECRET).value
    return startIngest({
      ...around,
      secrets: { current, legacy: config.SHARED_SECRET_LEGACY },
      gameServer: config.GAME_SERVER,
      health: healthSettings(config),
      retention: config.RETENTION,
      captureFrames: config.INGEST_CAPTURE,
    })
  },
)
