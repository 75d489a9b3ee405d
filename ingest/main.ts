import { keptSecret } from '../shared/auth/secrets.ts'
import { port, settings } from '../shared/config.ts'
import { runRoom } from '../shared/serve/room.ts'
import { ingestSettings } from './settings.ts'
import { startIngest } from './start.ts'

const { SHARED_SECRET, SHARED_SECRET_LEGACY, GAME_SERVER, SPOOL_DIR, SPOOL_MOST_MB, SPOOL_FLUSH_MS } = settings
const { INGEST_FRAMES_PER_SECOND, PLUGINS_PER_ADDRESS, TRUST_PROXY } = settings
const { GAME_SERVER_ADDRESS, PLAYER_COUNTS_URL, RETENTION, INGEST_CAPTURE } = settings
const own = {
  SHARED_SECRET,
  SHARED_SECRET_LEGACY,
  GAME_SERVER,
  SPOOL_DIR,
  SPOOL_MOST_MB,
  SPOOL_FLUSH_MS,
  INGEST_FRAMES_PER_SECOND,
  PLUGINS_PER_ADDRESS,
  TRUST_PROXY,
  GAME_SERVER_ADDRESS,
  PLAYER_COUNTS_URL,
  RETENTION,
  INGEST_CAPTURE,
}

await runRoom('ingest', process.env, { INGEST_PORT: port(4001), ...own }, 'INGEST_PORT', (around, config) => {
  const current = keptSecret(around.dataDir, 'shared-secret', config.SHARED_SECRET).value
  return startIngest({
    ...around,
    secrets: { current, legacy: config.SHARED_SECRET_LEGACY },
    ...ingestSettings(config, around.dataDir),
  })
})
