// The settings that follow from a room's entry in the list of rooms: its port, and where a subgraph is found.
import { addresses, port } from './readers.ts'
import { setting } from './setting.ts'

/** A room that can run as a process of its own. */
export interface RoomWithPort {
  folder: string
  /** The environment variable with its port, and the port without it. */
  port: { readonly setting: string; readonly fallback: number }
}

/** The setting of a room's port. */
export const portSetting = (room: RoomWithPort) =>
  setting(port(room.port.fallback), 'ports of rooms that run as processes of their own', {
    fallback: `\`${room.port.fallback}\``,
  })

/** The name of the setting that says where a subgraph is. */
export const urlSettingName = (subgraph: RoomWithPort) => subgraph.port.setting.replace(/_PORT$/, '_URL')

/** Where the gateway finds a subgraph: the addresses of all its processes. */
export const urlSetting = (subgraph: RoomWithPort) => {
  const fallback = `http://127.0.0.1:${subgraph.port.fallback}/graphql`
  const about = 'where the gateway finds the subgraphs then; several processes of one separated by commas'
  return setting(addresses(fallback), about, { fallback: `\`${fallback}\`` })
}
