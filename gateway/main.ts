import path from 'node:path'
import { z } from 'zod'
import { openPeople } from '../shared/auth/open-people.ts'
import { guardOf, guardSettings, port, settings } from '../shared/config.ts'
import { announcement } from '../shared/serve/announce.ts'
import { runRoom } from '../shared/serve/room.ts'
import { supergraphFile } from './graph/supergraph.ts'
import { readManifest } from './documents/manifest.ts'
import { startGateway } from './start.ts'

/** Where the processes of a subgraph are, by commas. */
const at = (number: number) =>
  z
    .string()
    .default(`http://127.0.0.1:${number}/graphql`)
    .transform((text) => text.split(',').map((url) => url.trim()))
    .refine((urls) => urls.every((url) => URL.canParse(url)), 'must be addresses separated by commas')
const root = path.join(import.meta.dirname, '..')
const own = {
  SUPERGRAPH_FILE: z.string().default(path.join(root, 'gateway', 'supergraph.graphql')),
  GATEWAY_PORT: port(4000),
  TELEMETRY_URL: at(4011),
  INVENTORY_URL: at(4012),
  COMBAT_URL: at(4013),
  GUILD_URL: at(4014),
  INGEST_PORT: port(4001),
  ...guardSettings,
  GATHER_MS: settings.GATHER_MS,
  ADMIN_USERNAME: settings.ADMIN_USERNAME,
  ADMIN_PASSWORD: settings.ADMIN_PASSWORD,
}
await runRoom(
  'gateway',
  process.env,
  own,
  'GATEWAY_PORT',
  async ({ databaseUrl, pubsub, log, key, dataDir }, config) => {
    const { span, ...guard } = guardOf(config)
    const { people, firstAdmin, close } = await openPeople(databaseUrl, key, { log, pubsub, span })
    const link = await firstAdmin({ username: config.ADMIN_USERNAME, password: config.ADMIN_PASSWORD })
    const url = (config.PUBLIC_URL ?? `http://localhost:${config.GATEWAY_PORT}`).replace(/\/$/, '')
    const door = await startGateway({
      supergraph: supergraphFile(config.SUPERGRAPH_FILE),
      manifest: readManifest(root),
      subgraphs: {
        at: {
          telemetry: config.TELEMETRY_URL,
          inventory: config.INVENTORY_URL,
          combat: config.COMBAT_URL,
          guild: config.GUILD_URL,
        },
      },
      people,
      key,
      ...guard,
      gatherMs: config.GATHER_MS,
      webFolder: path.join(root, root.endsWith('dist') ? 'web' : 'dist/web'),
      log,
    })
    console.log(
      announcement({
        url: `${url}/`,
        link: link && `${url}/login?link=${link}`,
        reusableLink: false,
        pluginUrl: `ws://localhost:${config.INGEST_PORT}/ws/position`,
        freshSecret: null,
        secretFile: path.join(dataDir, 'shared-secret'),
        warnings: [],
      }),
    )
    return {
      ...door,
      async [Symbol.asyncDispose]() {
        await door[Symbol.asyncDispose]()
        await close()
      },
    }
  },
)
