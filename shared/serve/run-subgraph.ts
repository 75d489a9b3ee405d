import { common } from '../settings/common.ts'
import { portSetting, type RoomWithPort } from '../settings/room-ports.ts'
import type { Settings } from '../settings/setting.ts'
import { runRoom } from './room.ts'
import { subgraphDoor } from './subgraph-door.ts'
import type { SubgraphRoom } from './subgraph-room.ts'

/** Runs a subgraph as a process of its own. Plugins connect to `ingest`, unless PUBLIC_URL names another address. */
export async function runSubgraph(room: SubgraphRoom, ingest: RoomWithPort, env: NodeJS.ProcessEnv): Promise<void> {
  await room.load()
  const ports: Settings = { [ingest.port.setting]: portSetting(ingest), [room.port.setting]: portSetting(room) }
  const own: Settings = { ...(await room.settings()), ...ports, PUBLIC_URL: common.PUBLIC_URL }
  await runRoom(room.name, env, own, room.port.setting, async (context, config) => {
    const publicUrl = config['PUBLIC_URL'] as string | undefined
    const url = publicUrl
      ? publicUrl.replace(/^http/, 'ws').replace(/\/$/, '')
      : `ws://localhost:${String(config[ingest.port.setting])}`
    const subgraph = await room.start({ ...context, pluginUrl: `${url}/ws/position` }, env)
    return subgraphDoor({ ...context, subgraph })
  })
}
