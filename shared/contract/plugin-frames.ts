// Which types of frames each plugin sent since it connected. Every ingest process reports its own.

export const PLUGIN_FRAMES_TOPIC = 'plugin.frames'
/** Plugins in one event: a message broker takes messages of a limited size. */
export const PLUGINS_PER_EVENT = 100
/** The name under which types are counted that this version does not know. */
export const OTHER_TYPES = 'other'

export interface PluginFrameType {
  type: string
  count: number
  /** The first one, in milliseconds since 1970. */
  firstMs: number
  lastMs: number
}

export interface PluginFramesEvent {
  node: string
  plugins: { character: string; types: PluginFrameType[] }[]
}
