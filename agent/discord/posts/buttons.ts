// The button by which a channel mutes what a message is about.
import { ButtonStyle, ComponentType } from 'discord.js'
import { POST_KINDS, type MessageBody, type Post, type PostKind } from './post.ts'

/** How long a button mutes, in milliseconds. */
export const MUTE_MS = 3_600_000
const MUTABLE: ReadonlySet<PostKind> = new Set(['death', 'idle', 'gone', 'watch', 'rare'])
/** Discord takes ids of at most 100 characters. */
const MAX_ID = 100

/** Adds the button to a message about one character. */
export function withMuteButton({ kind, character }: Post, body: MessageBody): MessageBody {
  if (character === null || !MUTABLE.has(kind)) return body
  const id = `mute/${kind}/${character}`
  if (id.length > MAX_ID) return body
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: id,
    label: 'Mute for 1 h',
  } as const
  return { ...body, components: [{ type: ComponentType.ActionRow, components: [button] }] }
}

/** What a button mutes; null for one that is not ours. */
export function readMuteButton(id: string): { kind: PostKind; character: string } | null {
  const [verb, kind, ...name] = id.split('/')
  const character = name.join('/')
  return verb === 'mute' && POST_KINDS.includes(kind as PostKind) && character
    ? { kind: kind as PostKind, character }
    : null
}
