import type { GraphClient } from '../../graph/client.ts'
import { DiscordKillsBetweenDocument } from './kills-between.query.gen.ts'
import type { Post } from './post.ts'
import { DiscordPreviousRareDocument } from './previous-rare.query.gen.ts'

const ANSWER_MS = 2_000
const numbers = new Intl.NumberFormat('en')

/** Adds to the post of a rare how many kills its finder made since the one before, where that is known. */
export async function killsSinceLast(graph: GraphClient, post: Post): Promise<Post> {
  const at = post.embed?.timestamp
  if (post.kind !== 'rare' || !post.embed || !at || post.character === null) return post
  const signal = AbortSignal.timeout(ANSWER_MS)
  const character = post.character
  try {
    const until = new Date(Date.parse(at) - 1).toISOString()
    const { rares } = await graph.ask(DiscordPreviousRareDocument, { character, until }, { signal })
    const since = rares?.nodes[0]?.receivedAt
    if (!since) return post
    const { character: finder } = await graph.ask(
      DiscordKillsBetweenDocument,
      { character, since, until: at },
      { signal },
    )
    const kills = finder?.rates?.kills
    if (kills == null) return post
    const field = { name: 'Kills since the last', value: `about ${numbers.format(kills)}`, inline: true }
    return { ...post, embed: { ...post.embed, fields: [...(post.embed.fields ?? []), field] } }
  } catch {
    return post // the find itself matters more
  }
}
