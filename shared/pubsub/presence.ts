import {
  PRESENCE_ASK_TOPIC,
  PRESENCE_EVERY_MS,
  PRESENCE_TOPIC,
  type PluginPresence,
  type PresenceEvent,
} from '../contract/presence.ts'
import type { PubSub } from './pubsub.ts'

/** The plugins connected to any ingest process. */
export interface Presence extends AsyncDisposable {
  /** The newest plugin of each character. */
  all(): (PluginPresence & { node: string })[]
  /** The newest plugin of a character, of all processes or of those but one. */
  of(character: string, exceptNode?: string): (PluginPresence & { node: string }) | undefined
}

/** A process that reported nothing for this long is treated as ended. */
const LOST_AFTER_MS = 2.5 * PRESENCE_EVERY_MS

/** Merges the reports of all ingest processes. `onLeft` is called for characters without a plugin on any process. */
export async function presenceOf(
  pubsub: PubSub,
  { clock = Date.now, onLeft = () => undefined }: { clock?: () => number; onLeft?: (character: string) => void } = {},
): Promise<Presence> {
  const nodes = new Map<string, { heardMs: number; plugins: Map<string, PluginPresence> }>()

  const newest = (character: string, exceptNode?: string) => {
    let found: (PluginPresence & { node: string }) | undefined
    for (const [node, { plugins, heardMs }] of nodes) {
      const plugin = plugins.get(character)
      if (!plugin || node === exceptNode || clock() - heardMs > LOST_AFTER_MS) continue
      // Equal moments: the process' name decides, so that everybody decides alike.
      const isNewer =
        !found ||
        plugin.registeredAt > found.registeredAt ||
        (plugin.registeredAt === found.registeredAt && node > found.node)
      if (isNewer) found = { ...plugin, node }
    }
    return found
  }

  const stop = await pubsub.subscribe(PRESENCE_TOPIC, (event) => {
    const { node, full, plugins, left } = event as PresenceEvent
    const known = nodes.get(node)?.plugins ?? new Map<string, PluginPresence>()
    const own = full ? new Map<string, PluginPresence>() : known
    for (const plugin of plugins) own.set(plugin.character, plugin)
    for (const character of left) own.delete(character)
    nodes.set(node, { heardMs: clock(), plugins: own })
    if (full && own.size === 0) nodes.delete(node)
    const gone = full ? [...known.keys()].filter((character) => !own.has(character)) : left
    for (const character of gone) if (!newest(character)) onLeft(character)
  })
  const sweep = setInterval(() => {
    for (const [node, { heardMs, plugins }] of nodes) {
      if (clock() - heardMs <= LOST_AFTER_MS) continue
      nodes.delete(node)
      for (const character of plugins.keys()) if (!newest(character)) onLeft(character)
    }
  }, PRESENCE_EVERY_MS).unref()
  pubsub.publish(PRESENCE_ASK_TOPIC, {})

  return {
    all() {
      const characters = new Set([...nodes.values()].flatMap(({ plugins }) => [...plugins.keys()]))
      return [...characters].flatMap((character) => newest(character) ?? [])
    },
    of: newest,
    [Symbol.asyncDispose]() {
      clearInterval(sweep)
      stop()
      return Promise.resolve()
    },
  }
}
