// Many posts for one channel as one message.
import type { MessageBody, Post } from './post.ts'
import { cut, LIMITS } from './post.ts'

/** Lines of a digest; the rest is counted. */
const MAX_LINES = 15

/** Posts without an embed that follow each other are lines of one message. At most so many. */
const MAX_JOINED = 20

/** How many posts at the beginning of a list go out together as lines of one message. */
export function joinable(posts: readonly Post[]): number {
  let length = 0
  let count = 0
  for (const { embed, line } of posts) {
    length += Math.min(line.length, LIMITS.content) + 1
    if (embed || count >= MAX_JOINED || (count > 0 && length > LIMITS.content)) break
    count++
  }
  return Math.max(1, count)
}

/** One post, or several without embeds, as a message. */
export function messageOf(posts: readonly Post[]): MessageBody {
  const [first] = posts
  if (first?.embed) return { embeds: [first.embed] }
  return { content: cut(posts.map(({ line }) => line).join('\n'), LIMITS.content) }
}

/** More posts than a channel may have, as one message: how many of each kind, and the newest of them. */
export function digestOf(posts: readonly Post[]): MessageBody {
  const counts = new Map<string, number>()
  for (const { kind } of posts) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  const kinds = [...counts].sort((a, b) => b[1] - a[1]).map(([kind, count]) => `${count} × ${kind}`)
  const lines = posts.slice(-MAX_LINES).map(({ line }) => `• ${cut(line, 240)}`)
  const left = posts.length - lines.length
  return {
    embeds: [
      {
        title: `${posts.length} events`,
        color: 0x95a5a6,
        description: cut([kinds.join(', '), '', ...lines].join('\n'), LIMITS.description),
        ...(left > 0 && { footer: { text: `and ${left} before these` } }),
      },
    ],
  }
}
