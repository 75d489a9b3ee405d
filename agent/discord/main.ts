// The Discord bot as a process of its own. It knows the graph's address, a service token and Discord's, and nothing
// else.
import { createLog } from '../../shared/log.ts'
import { liveUntilSignal } from '../../shared/serve/life.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { common } from '../../shared/settings/common.ts'
import { readConfig } from '../../shared/settings/setting.ts'
import { settings as agentSettings } from '../settings.ts'
import { discordOptions, ownSettings } from './settings.ts'
import { startDiscord } from './start.ts'

const { LOG_LEVEL } = common
const { GATEWAY_URL } = agentSettings
const resources = new Resources()
try {
  const config = readConfig({ ...ownSettings, GATEWAY_URL, LOG_LEVEL }, process.env)
  const options = discordOptions(config)
  // The log goes to standard error: a dry run prints messages to standard output.
  const log = createLog(config.LOG_LEVEL, 'discord')
  liveUntilSignal(resources, log)
  resources.use(
    await startDiscord({
      ...options,
      urls: config.GATEWAY_URL,
      graphToken: config.DISCORD_GRAPH_TOKEN,
      log,
      print: (line) => process.stdout.write(`${line}\n`),
    }),
  )
  log.info({ isDry: options.isDry }, 'the Discord bot runs')
} catch (error) {
  console.error(`\n  The Discord bot did not start. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  await resources[Symbol.asyncDispose]()
}
