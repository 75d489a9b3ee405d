// What each connected plugin sent, as ingest reports it every ten seconds. In memory only.
import {
  PLUGIN_FRAMES_TOPIC,
  type PluginFramesEvent,
  type PluginFrameType,
} from '../../../shared/contract/plugin-frames.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'

const MAX_CHARACTERS = 5_000

export interface PluginFrames extends AsyncDisposable {
  /** What the plugin of a character sent to one ingest process, most frequent first; empty before the first report. */
  of(character: string, node: string): PluginFrameType[]
}

export async function pluginFramesOf(pubsub: PubSub): Promise<PluginFrames> {
  const reported = new Map<string, { node: string; types: PluginFrameType[] }>()
  const stop = await pubsub.subscribe(PLUGIN_FRAMES_TOPIC, (event) => {
    const { node, plugins } = event as PluginFramesEvent
    for (const { character, types } of plugins) {
      reported.delete(character) // to the end: the one reported longest ago is removed first
      reported.set(character, { node, types })
    }
    for (const character of reported.keys()) {
      if (reported.size <= MAX_CHARACTERS) break
      reported.delete(character)
    }
  })
  return {
    of(character, node) {
      const found = reported.get(character)
      return found?.node === node ? [...found.types].sort((a, b) => b.count - a.count) : []
    },
    [Symbol.asyncDispose]() {
      stop()
      return Promise.resolve()
    },
  }
}
