// The assistant as a process of its own. It knows the graph's address and a token, and nothing else.
import { agent } from '../rooms.ts'
import { createLog } from '../shared/log.ts'
import { Resources } from '../shared/serve/resources.ts'
import { liveUntilSignal } from '../shared/serve/life.ts'
import { metricsAccess } from '../shared/serve/metrics-access.ts'
import { serve } from '../shared/serve/serve.ts'
import { misspellings } from '../shared/serve/start-checks.ts'
import { common } from '../shared/settings/common.ts'
import { knownSettings } from '../shared/settings/known.ts'
import { portSetting } from '../shared/settings/room-ports.ts'
import { readConfig } from '../shared/settings/setting.ts'
import { startTracing } from '../shared/trace/start.ts'
import { modelOf, ownSettings } from './settings.ts'
import { startAgent } from './start.ts'

const { HOST, LOG_FILE, LOG_LEVEL, METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT } = common
const resources = new Resources()
try {
  const shared = { HOST, LOG_FILE, LOG_LEVEL, METRICS_TOKEN, OTEL_EXPORTER_OTLP_ENDPOINT }
  const own = { ...ownSettings, ...shared, [agent.port.setting]: portSetting(agent) }
  const config = readConfig(own, process.env)
  const log = createLog(config.LOG_LEVEL, 'agent', config.LOG_FILE)
  const mayMeasure = metricsAccess(config.METRICS_TOKEN, { AGENT_TOKEN: config.AGENT_TOKEN })
  liveUntilSignal(resources, log)
  for (const text of misspellings(process.env, knownSettings)) log.warn(text)
  resources.use(await startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, 'overlord-agent', log))
  const running = resources.use(
    await startAgent({
      urls: config.GATEWAY_URL,
      token: config.AGENT_TOKEN,
      model: modelOf(config),
      webHosts: config.ASSISTANT_WEB_HOSTS,
      log,
    }),
  )
  const served = resources.use(
    await serve({
      name: 'agent',
      host: config.HOST,
      port: Number(config[agent.port.setting]),
      doors: [
        {
          name: 'agent',
          handle: () => false,
          upgrade: () => false,
          waitsFor: () => Promise.resolve(running.waitsFor()),
          [Symbol.asyncDispose]: () => Promise.resolve(),
        },
      ],
      log,
      mayMeasure,
    }),
  )
  log.info({ port: served.port }, 'listening')
} catch (error) {
  console.error(`\n  agent did not start. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
  await resources[Symbol.asyncDispose]()
}
