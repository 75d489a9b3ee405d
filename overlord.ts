// The whole of Overlord in one process: starts every room of the list and hands the subgraphs to the gateway.
import './shared/serve/production.ts'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readManifest } from './gateway/documents/manifest.ts'
import { fixedSupergraph } from './gateway/graph/supergraph.ts'
import type { isOurs } from './gateway/sign-in/origin.ts'
import { identifyBesideGraph } from './gateway/sign-in/who.ts'
import { gatewayOptions } from './gateway/settings.ts'
import { ingestOptions } from './ingest/settings.ts'
import { discordOptions, isConfigured } from './agent/discord/settings.ts'
import { modelOf } from './agent/settings.ts'
import { settingsOfAll } from './all-settings.ts'
import { agent, gateway, ingest, loadEdges, subgraphs } from './rooms.ts'
import { openPeople } from './shared/auth/open-people.ts'
import { keptSecret } from './shared/auth/secrets.ts'
import { checkDatabase } from './shared/db/check-database.ts'
import { openDatabase } from './shared/db/open.ts'
import { createLog } from './shared/log.ts'
import { natsFault } from './shared/pubsub/nats-access.ts'
import { openPubSub } from './shared/pubsub/open.ts'
import { announcement, ownUrl, plainHttpWarnings, publicUrlOf } from './shared/serve/announce.ts'
import { Resources } from './shared/serve/resources.ts'
import { liveUntilSignal } from './shared/serve/life.ts'
import { lockFolder } from './shared/serve/lock.ts'
import { metricsAccess } from './shared/serve/metrics-access.ts'
import { measureDisk } from './shared/serve/process-metrics.ts'
import { serve } from './shared/serve/serve.ts'
import { checkDisk, checkFolder, checkPort, misspellings, refuseFaults } from './shared/serve/start-checks.ts'
import { knownSettings } from './shared/settings/known.ts'
import type { Subgraph } from './shared/serve/subgraph.ts'
import { readConfig, type Config } from './shared/settings/setting.ts'
import { startTracing } from './shared/trace/start.ts'

const ROOT = import.meta.dirname

// eslint-disable-next-line max-lines-per-function -- lists what is opened, in the order of its closing
async function startOverlord(env: NodeJS.ProcessEnv, resources: Resources): Promise<string> {
  const config = readConfig(await settingsOfAll(), env)
  const log = createLog(config.LOG_LEVEL, 'overlord', config.LOG_FILE)
  liveUntilSignal(resources, log)
  const [startIngest, startGateway, startAgent] = await loadAll()
  resources.use(await startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, 'overlord', log))

  await refuseFaults([checkFolder(config.DATA_DIR)])
  const lock = lockFolder(config.DATA_DIR)
  resources.defer(() => lock[Symbol.dispose]())
  await refuseFaults([
    checkPort(config.HOST, config.PORT),
    checkDisk(config.DATA_DIR, existsSync(path.join(config.DATA_DIR, 'postgres'))),
    config.DATABASE_URL ? checkDatabase(config.DATABASE_URL, { migrates: true }) : null,
    natsFault(config),
  ])
  const plugin = keptSecret(config.DATA_DIR, 'shared-secret', config.SHARED_SECRET)
  const key = keptSecret(config.DATA_DIR, 'secret-key', config.SECRET_KEY).value
  const database = await resources.open(
    openDatabase({
      url: config.DATABASE_URL,
      dataDir: config.DATA_DIR,
      postgresDir: config.POSTGRES_DIR,
      keepAdopted: false,
    }),
  )
  const databaseUrl = database.url
  const pubsub = resources.use(await openPubSub(config, { name: 'overlord', secret: key, log }))

  const plugins = await startIngest({
    databaseUrl,
    pubsub,
    secrets: { current: plugin.value, legacy: config.SHARED_SECRET_LEGACY },
    ...ingestOptions(config, config.DATA_DIR),
    ...(config.DEMO ? { health: null } : {}), // a demo asks nobody outside
    log: log.child({ room: 'ingest' }),
  })
  const publicUrl = publicUrlOf(config.PUBLIC_URL, config.HOST, config.PORT)
  const pluginUrl = `${publicUrl.replace(/^http/, 'ws')}/ws/position`
  const host = { databaseUrl, pubsub, log: log.child({ room: 'subgraphs' }), dataDir: config.DATA_DIR, key, pluginUrl }
  const started: Subgraph[] = []
  for (const subgraph of subgraphs) started.push(resources.use(await subgraph.start(host, env)))

  const { span, viewLinks, ...options } = gatewayOptions(config)
  const { people, firstAdmin, ownToken, close } = await openPeople(databaseUrl, key, { log, pubsub, span, viewLinks })
  resources.defer(close)
  const graph = await startGateway({
    supergraph: fixedSupergraph(readFileSync(path.join(ROOT, 'gateway', 'supergraph.graphql'), 'utf8')),
    manifest: readManifest(ROOT),
    subgraphs: { inProcess: started },
    people,
    key,
    edges: await loadEdges(),
    ...options,
    webFolder: path.join(ROOT, ROOT.endsWith('dist') ? 'web' : 'dist/web'),
    log: log.child({ room: 'gateway' }),
  })
  const holdsToken = metricsAccess(config.METRICS_TOKEN, {
    SECRET_KEY: key,
    SHARED_SECRET: plugin.value,
    AGENT_TOKEN: config.AGENT_TOKEN,
  })
  measureDisk(config.DATA_DIR, config.DISK_MIN_MB)
  const mayMeasure = async (request: Parameters<typeof isOurs>[0]) => {
    if (holdsToken(request)) return true
    return 'viewer' in (await identifyBesideGraph(request, people, options.origins))
  }
  const served = resources.use(
    await serve({ name: 'overlord', host: config.HOST, port: config.PORT, doors: [plugins, graph], log, mayMeasure }),
  )

  if (config.AGENT === 'on') {
    const token = keptSecret(config.DATA_DIR, 'agent-token', config.AGENT_TOKEN).value
    await ownToken('agent', token)
    resources.use(
      await startAgent({
        urls: [`${ownUrl(config.HOST, served.port)}/graphql`],
        token,
        model: modelOf(config),
        webHosts: config.ASSISTANT_WEB_HOSTS,
        log: log.child({ room: 'agent' }),
      }),
    )
  }

  if (isConfigured(config)) {
    // Loaded only where it is used: the library is large.
    const { startDiscord } = await import('./agent/discord/start.ts')
    const { keepDiscord } = await import('./agent/discord/keep.ts')
    const graphToken = keptSecret(config.DATA_DIR, 'discord-token', undefined).value
    await ownToken('discord', graphToken)
    const room = log.child({ room: 'discord' })
    const options = {
      ...discordOptions(config),
      urls: [`${ownUrl(config.HOST, served.port)}/graphql`],
      graphToken,
      log: room,
    }
    resources.use(keepDiscord(() => startDiscord({ ...options, print: (line) => room.info(line) }), room))
  }

  const link = await firstAdmin({ username: config.ADMIN_USERNAME, password: config.ADMIN_PASSWORD }, config.DEMO)
  const here = config.PORT === served.port ? publicUrl : `http://localhost:${served.port}`
  return announcement({
    url: `${here}/`,
    link: link && `${here}/login?link=${link}`,
    reusableLink: config.DEMO,
    pluginUrl: pluginUrl.replace(`:${config.PORT}/`, `:${served.port}/`),
    freshSecret: plugin.fresh ? plugin.value : null,
    secretPlace: config.SHARED_SECRET ? 'SHARED_SECRET' : path.join(config.DATA_DIR, 'shared-secret'),
    warnings: [...warnings(config), ...misspellings(env, knownSettings)],
  })
}

/** Loads every room's code, with the metrics it counts: tracing exports those that are there when it begins. */
const loadAll = async () => {
  const [startIngest, startGateway, startAgent] = await Promise.all([
    ingest.start(),
    gateway.start(),
    agent.start(),
    ...subgraphs.map((room) => room.load()),
  ])
  return [startIngest, startGateway, startAgent] as const
}

type Warned = Pick<
  Config<Awaited<ReturnType<typeof settingsOfAll>>>,
  'HOST' | 'PUBLIC_URL' | 'TRUST_PROXY' | 'SHARED_SECRET_LEGACY'
>

function warnings({ HOST, PUBLIC_URL, TRUST_PROXY, SHARED_SECRET_LEGACY }: Warned): string[] {
  const found: string[] = []
  if (SHARED_SECRET_LEGACY)
    found.push(
      'SHARED_SECRET_LEGACY is set: plugins with that second secret are let in too. Unset it once every ' +
        'plugin has the real one.',
    )
  return [...found, ...plainHttpWarnings(HOST, PUBLIC_URL, TRUST_PROXY)]
}

const resources = new Resources()
try {
  console.log(await startOverlord(process.env, resources))
} catch (error) {
  const why = error instanceof Error ? error.message : String(error)
  console.error(`\n  Overlord did not start. ${why}\n`)
  process.exitCode = 1
  await resources[Symbol.asyncDispose]()
}
