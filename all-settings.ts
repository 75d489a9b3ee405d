import { agent, gateway, ingest, processes, subgraphs } from './rooms.ts'
import { demoSettings, settings } from './settings.ts'
import { urlSettingName } from './shared/settings/room-ports.ts'
import type { Settings } from './shared/settings/setting.ts'

/**
 * The settings of every room for one process, read at once so that every fault is named at once. A subgraph reads its
 * own again when it starts.
 */
export async function settingsOfAll() {
  const ofSubgraphs: Settings = Object.assign({}, ...(await Promise.all(subgraphs.map((room) => room.settings()))))
  const ofRooms = { ...(await ingest.settings()), ...(await gateway.settings()), ...(await agent.settings()) }
  return { ...ofSubgraphs, ...settings, ...demoSettings, ...ofRooms }
}

/** Names of all settings, those of rooms as processes of their own included. */
export async function knownSettings(): Promise<Set<string>> {
  const ofProcesses = processes.flatMap((room) => [room.port.setting, urlSettingName(room)])
  return new Set([...Object.keys(await settingsOfAll()), ...ofProcesses, 'DEMO_CHARACTERS'])
}
