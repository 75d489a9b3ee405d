// The two streams of the graph that are posted: notable events, and what is said to the allegiance.
import type { GraphClient } from '../graph/client.ts'
import type { Memory } from './memory.ts'
import type { Send, Target } from './outlet.ts'
import { killsSinceLast } from './posts/kills-since-last.ts'
import { DiscordGuildEventsDocument } from './posts/guild-events.subscription.gen.ts'
import { DiscordNewestEventDocument } from './posts/newest-event.query.gen.ts'
import { DiscordNewestUtteranceDocument } from './posts/newest-utterance.query.gen.ts'
import { EVENT_KINDS, postOf, tierOf } from './posts/of-event.ts'
import { momentTag, plain, type Post } from './posts/post.ts'
import { DiscordUtterancesDocument } from './posts/utterances.subscription.gen.ts'
import { Relay, type RelayOptions } from './relay.ts'
import { targetOf, type Routes } from './routes.ts'

export interface Common extends Pick<RelayOptions, 'perMinute' | 'decorate' | 'log'> {
  graph: GraphClient
  memory: Memory
  send: Send
}

/** Every character that hears a vortex raises an alert: one in so many milliseconds is posted. */
const VORTEX_MS = 300_000

/** Posts notable events. */
export function relayOfEvents({ graph, ...common }: Common, routes: Routes): Promise<Relay> {
  const { memory, log } = common
  const wants = (target: Target, post: Post, at: number) => {
    if (target.kind === 'channel' && memory.isMuted(target.id, post.kind, post.character)) return false
    if (post.kind !== 'vortex') return true
    const last = memory.vortex()
    if (last?.id === post.id) return true // it comes again after a restart
    if (last && at - last.at < VORTEX_MS) return false
    memory
      .saveVortex({ id: post.id, at })
      .catch((error: unknown) => log.warn({ error }, 'a vortex could not be stored; one may be posted twice'))
    return true
  }
  return Relay.start({
    ...common,
    stream: 'events',
    newest: async () => (await graph.ask(DiscordNewestEventDocument, {})).guildEvents?.nodes[0]?.id ?? '0',
    follow: (after, next) =>
      graph.follow(
        DiscordGuildEventsDocument,
        () => ({ kinds: [...EVENT_KINDS], afterId: after() }),
        ({ guildEvents: event }, { resume }) => {
          if (resume && !resume.complete)
            log.warn({ oldest: resume.oldestId }, 'events from before this one are gone: they are not posted')
          const post = postOf(event)
          const target = post && targetOf(routes, post.kind, tierOf(event))
          const isWanted = target && wants(target, post, Date.parse(event.receivedAt))
          next({ id: event.id, posts: isWanted ? [{ target, post }] : [] })
        },
      ),
    complete: (post) => killsSinceLast(graph, post),
  })
}

/** Posts what is said to the allegiance. */
export function relayOfChat({ graph, ...common }: Common, target: Target, monitor: string | null): Promise<Relay> {
  return Relay.start({
    ...common,
    stream: 'chat',
    newest: async () => (await graph.ask(DiscordNewestUtteranceDocument, {})).chat?.nodes[0]?.changeId ?? '0',
    follow: (after, next) =>
      graph.follow(
        DiscordUtterancesDocument,
        () => ({ characters: monitor === null ? null : [monitor], afterId: after() }),
        ({ chatReceived: said }) => {
          const who = plain(said.sender ?? 'Somebody', 64)
          const post: Post = {
            kind: 'chat',
            id: said.changeId,
            character: null,
            line: `${momentTag(said.receivedAt, 't')} **${who}**: ${plain(said.message, 1_500)}`,
            embed: null,
          }
          const isMuted = target.kind === 'channel' && common.memory.isMuted(target.id, 'chat', null)
          next({ id: said.changeId, posts: isMuted ? [] : [{ target, post }] })
        },
      ),
  })
}
