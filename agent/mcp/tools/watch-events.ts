import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { characterLink } from '../links.ts'
import { defineTool } from '../tool.ts'
import { characterName } from './fields.ts'
import { McpWatchEventsDocument, type McpWatchEventsSubscription } from './watch-events.subscription.gen.ts'

const KINDS = [
  'RARE',
  'DEATH',
  'ALERT',
  'LEVEL',
  'QUEST_COMPLETED',
  'CHARACTER_ARRIVED',
  'CHARACTER_LEFT',
  'PLUGIN_CONNECTED',
  'PLUGIN_DISCONNECTED',
  'IDLE_ENDED',
  'SERVER_UP',
  'SERVER_DOWN',
  'INVENTORY',
] as const
const MAX_EVENTS = 200

type Event = McpWatchEventsSubscription['guildEvents']

/** What happened, in words; null where the kind says it all. */
function wordsOf({ detail }: Event): string | null {
  switch (detail?.__typename) {
    case 'Alert':
      return detail.text
    case 'Rare':
      return `${detail.rare} (${detail.tier.toLowerCase()})`
    case 'LevelGain':
      return `level ${detail.level}`
    case 'QuestCompletion':
      return detail.quest
    case 'InventoryBurst':
      return `${detail.addedCount} items more, ${detail.removedCount} fewer`
    default:
      return null
  }
}

export const watchEvents = defineTool({
  name: 'watch_events',
  title: 'Watch what happens',
  description:
    'Waits up to 30 seconds for events and returns them: rares, deaths, alerts, levels, quests, who comes and goes. ' +
    'Ends early after `count` events.',
  isSlow: true,
  needsStream: true,
  deadlineMs: 35_000,
  input: {
    seconds: z.int().min(1).max(30).default(10),
    count: z.int().min(1).max(MAX_EVENTS).default(20),
    kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).optional(),
    characters: z.array(characterName).min(1).max(100).optional(),
  },
  row: {
    at: z.string(),
    kind: z.string(),
    character: z.string().nullable(),
    server: z.string().nullable(),
    text: z.string().nullable(),
  },
  async run({ seconds, count, kinds, characters }, { graph, signal, progress }) {
    const seen: Event[] = []
    const enough = new AbortController()
    const where = { ...(kinds && { kinds }), ...(characters && { characters }) }
    const stop = graph.follow(McpWatchEventsDocument, { where }, ({ guildEvents }) => {
      if (seen.length < count) seen.push(guildEvents)
      progress(seen.length, count, `${seen.length} events`)
      if (seen.length >= count) enough.abort()
    })
    try {
      const over = AbortSignal.any([enough.signal, signal])
      await wait(seconds * 1_000, undefined, { signal: over }).catch(() => undefined)
    } finally {
      stop()
    }
    signal.throwIfAborted()
    const rows = seen.map((event) => ({
      at: event.receivedAt,
      kind: event.kind,
      character: event.character?.name ?? null,
      server: event.server,
      text: wordsOf(event),
    }))
    return { rows, total: rows.length, ...(rows.length === 0 && { note: 'Nothing happened meanwhile.' }) }
  },
  links: ({ character }) => (character === null ? [] : [characterLink(character)]),
})
