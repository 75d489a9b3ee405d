import { processes, rooms, subgraphs } from '../../rooms.ts'
import { portSetting, urlSetting, urlSettingName } from '../../shared/settings/room-ports.ts'
import type { Settings } from '../../shared/settings/setting.ts'

/**
 * Every setting there is, by the list of rooms: those of the rooms in its order, then ports and addresses of
 * processes.
 */
export async function allSettings(): Promise<Settings> {
  const own: Settings[] = await Promise.all(rooms.map((room) => room.settings?.() ?? {}))
  const all: Record<string, Settings[string]> = {}
  for (const [name, setting] of own.flatMap((settings) => Object.entries(settings))) {
    if (all[name] && all[name] !== setting)
      throw new Error(`Two rooms declare ${name}: what several use belongs to shared/settings/common.ts.`)
    all[name] = setting
  }
  for (const room of processes) all[room.port.setting] = portSetting(room)
  for (const room of subgraphs) all[urlSettingName(room)] = urlSetting(room)
  return all
}
