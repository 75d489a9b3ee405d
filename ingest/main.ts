import { ingest } from '../rooms.ts'
import { keptSecret } from '../shared/auth/secrets.ts'
import { runRoom } from '../shared/serve/room.ts'
import { portSetting } from '../shared/settings/room-ports.ts'
import { ingestOptions, settings } from './settings.ts'
import { startIngest } from './start.ts'

const { setting } = ingest.port

await runRoom('ingest', process.env, { ...settings, [setting]: portSetting(ingest) }, setting, (context, config) => {
  const current = keptSecret(context.dataDir, 'shared-secret', config.SHARED_SECRET).value
  return startIngest({
    ...context,
    secrets: { current, legacy: config.SHARED_SECRET_LEGACY },
    ...ingestOptions(config, context.dataDir),
  })
})
