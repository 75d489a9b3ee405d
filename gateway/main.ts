import path from 'node:path'
import { ingest, gateway, loadEdges, subgraphs } from '../rooms.ts'
import { openPeople } from '../shared/auth/open-people.ts'
import { announcement, plainHttpWarnings, publicUrlOf } from '../shared/serve/announce.ts'
import { runRoom } from '../shared/serve/room.ts'
import { portSetting, urlSetting, urlSettingName } from '../shared/settings/room-ports.ts'
import { readConfig } from '../shared/settings/setting.ts'
import { readManifest } from './documents/manifest.ts'
import { supergraphFile } from './graph/supergraph.ts'
import { gatewayOptions, ownSettings, settings } from './settings.ts'
import { startGateway } from './start.ts'

const root = path.join(import.meta.dirname, '..')
const urls = Object.fromEntries(subgraphs.map((subgraph) => [urlSettingName(subgraph), urlSetting(subgraph)]))
const own = {
  ...settings,
  ...ownSettings,
  ...urls,
  [gateway.port.setting]: portSetting(gateway),
  [ingest.port.setting]: portSetting(ingest),
}
let announce: (port: number) => void = () => undefined
await runRoom(
  'gateway',
  process.env,
  own,
  gateway.port.setting,
  async ({ databaseUrl, pubsub, log, key, host }, config) => {
    const { span, viewLinks, ...options } = gatewayOptions(config)
    const { people, firstAdmin, ownToken, close } = await openPeople(databaseUrl, key, { log, pubsub, span, viewLinks })
    const link = await firstAdmin({ username: config.ADMIN_USERNAME, password: config.ADMIN_PASSWORD })
    if (config.AGENT_TOKEN) await ownToken('agent', config.AGENT_TOKEN)
    const found = readConfig(urls, process.env)
    const door = await startGateway({
      supergraph: supergraphFile(config.SUPERGRAPH_FILE),
      manifest: readManifest(root),
      subgraphs: {
        at: Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, found[urlSettingName(subgraph)]!])),
      },
      people,
      key,
      edges: await loadEdges(),
      ...options,
      webFolder: path.join(root, root.endsWith('dist') ? 'web' : 'dist/web'),
      log,
    })
    announce = (port) => {
      const url = publicUrlOf(config.PUBLIC_URL, host, port)
      const plugins = config.PUBLIC_URL ? url : publicUrlOf(undefined, host, Number(config[ingest.port.setting]))
      const pluginUrl = `${plugins.replace(/^http/, 'ws')}/ws/position`
      const secretPlace = 'SHARED_SECRET of ingest, or the file shared-secret in its DATA_DIR'
      const warnings = plainHttpWarnings(host, config.PUBLIC_URL, config.TRUST_PROXY)
      const signIn = link && `${url}/login?link=${link}`
      const said = {
        url: `${url}/`,
        link: signIn,
        reusableLink: false,
        pluginUrl,
        freshSecret: null,
        secretPlace,
        warnings,
      }
      console.log(announcement(said))
    }
    return {
      ...door,
      async [Symbol.asyncDispose]() {
        await door[Symbol.asyncDispose]()
        await close()
      },
    }
  },
  { announce: (port) => announce(port) },
)
