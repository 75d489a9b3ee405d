// The Discord bot as a process of its own. It knows the graph's address, a service token and Discord's, and nothing
// else.
import { createLog } from '../../shared/log.ts'
import { liveUntilSignal } from '../../shared/serve/life.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { metricsAccess } from '../../shared/serve/metrics-access.ts'
import { serve } from '../../shared/serve/serve.ts'
import { misspellings } from '../../shared/serve/start-checks.ts'
import { common } from '../../shared/settings/common.ts'
import { knownSettings } from '../../shared/settings/known.ts'
import { readConfig } from '../../shared/settings/setting.ts'
import { settings as agentSettings } from '../settings.ts'
import { discordOptions, ownSettings } from './settings.ts'
import { startDiscord } from './start.ts'

const { HOST, LOG_FILE, LOG_LEVEL, METRICS_TOKEN } = common
const { GATEWAY_URL } = agentSettings
const resources = new Resources()
try {
  const config = readConfig({ ...ownSettings, GATEWAY_URL, HOST, LOG_FILE, LOG_LEVEL, METRICS_TOKEN }, process.env)
  const options = discordOptions(config)
  // The log goes to standard error: a dry run prints messages to standard output.
  const log = createLog(config.LOG_LEVEL, 'discord', config.LOG_FILE)
  liveUntilSignal(resources, log)
  for (const text of misspellings(process.env, knownSettings)) log.warn(text)
  const bot = resources.use(
    await startDiscord({
      ...options,
      urls: config.GATEWAY_URL,
      graphToken: config.DISCORD_GRAPH_TOKEN,
      log,
      print: (line) => process.stdout.write(`${line}\n`),
    }),
  )
  // Nobody handles it: the process ends with an error, and says why.
  void bot.ended.then((error) => Promise.reject(error))
  const door = {
    name: 'discord',
    handle: () => false,
    upgrade: () => false,
    waitsFor: () => Promise.resolve(bot.waitsFor()),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
  const mayMeasure = metricsAccess(config.METRICS_TOKEN, { DISCORD_GRAPH_TOKEN: config.DISCORD_GRAPH_TOKEN })
  const at = { name: 'discord', host: config.HOST, port: config.DISCORD_PORT }
  const { port } = resources.use(await serve({ ...at, doors: [door], log, mayMeasure }))
  log.info({ isDry: options.isDry, port }, 'the Discord bot runs')
} catch (error) {
  console.error(`\n  The Discord bot did not start. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  await resources[Symbol.asyncDispose]()
}
