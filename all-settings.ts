import { agent, gateway, ingest, subgraphs } from './rooms.ts'
import { demoSettings, settings } from './settings.ts'
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
