import { ingest } from '../rooms.ts'
import { keptSecret } from '../shared/auth/secrets.ts'
import { runRoom } from '../shared/serve/room.ts'
import { portSetting } from '../shared/settings/room-ports.ts'
import { ingestOptions, settings } from './settings.ts'
import { startIngest } from './start.ts'

const { setting } = ingest.port

const own = { ...settings, [setting]: portSetting(ingest) }
const open: Parameters<typeof runRoom<typeof own>>[4] = (context, config) => {
  const current = keptSecret(context.dataDir, 'shared-secret', config.SHARED_SECRET).value
  return startIngest({
    ...context,
    secrets: { current, legacy: config.SHARED_SECRET_LEGACY },
    ...ingestOptions(config, context.dataDir),
  })
}
await runRoom('ingest', process.env, own, setting, open, { migrates: true })
