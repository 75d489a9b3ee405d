// Which plugins are connected where. Every ingest process announces its own; listeners merge them.

export const PRESENCE_TOPIC = 'plugin.presence'
/** A new listener asks all processes to announce at once. */
export const PRESENCE_ASK_TOPIC = 'plugin.presence.ask'
/** How often a process announces its whole list. */
export const PRESENCE_EVERY_MS = 10_000

export interface PluginPresence {
  character: string
  /** Game server, where the plugin named it. */
  server: string | null
  /** When it registered, in milliseconds since 1970, with a fraction. */
  registeredAt: number
}

/** `full`: these are all plugins of this process. Else: these came, and those left. */
export interface PresenceEvent {
  node: string
  full: boolean
  plugins: PluginPresence[]
  /** Characters without a plugin there. */
  left: string[]
}
