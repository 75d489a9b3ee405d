import { ingest } from '../rooms.ts'
import { keptSecret } from '../shared/auth/secrets.ts'
import { runRoom } from '../shared/serve/room.ts'
import { portSetting } from '../shared/settings/room-ports.ts'
import { ingestOptions, settings } from './settings.ts'
import { startIngest } from './start.ts'

const { setting } = ingest.port

await runRoom('ingest', process.env, { ...settings, [setting]: portSetting(ingest) }, setting, (around, config) => {
  const current = keptSecret(around.dataDir, 'shared-secret', config.SHARED_SECRET).value
  return startIngest({
    ...around,
    secrets: { current, legacy: config.SHARED_SECRET_LEGACY },
    ...ingestOptions(config, around.dataDir),
  })
})
