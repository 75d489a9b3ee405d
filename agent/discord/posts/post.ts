// What the bot posts, in the words of Discord's interface, before anybody sends it.
import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js'

/** Kinds of what is posted, as people name them in `/alerts`. */
export const POST_KINDS = ['rare', 'death', 'idle', 'gone', 'watch', 'vortex', 'status', 'chat'] as const
export type PostKind = (typeof POST_KINDS)[number]

/** A message for one channel, made of one event. */
export interface Post {
  kind: PostKind
  /** The event: Discord drops a second message with the same one within minutes. */
  id: string
  character: string | null
  /** One line about it, for digests, and the whole message where there is no embed. Escaped. */
  line: string
  embed: APIEmbed | null
}

/** The body of a message, without what every message has. */
export interface MessageBody {
  content?: string
  embeds?: APIEmbed[]
  components?: APIActionRowComponent<APIComponentInMessageActionRow>[]
}

/** A message as it is sent: it mentions nobody, and is stored by Discord once. */
export const sentBody = (body: MessageBody, nonce: string) => ({
  ...body,
  allowed_mentions: { parse: [] },
  nonce,
  enforce_nonce: true,
})

/** Longest parts that Discord takes, in characters. */
export const LIMITS = { content: 2_000, title: 256, description: 4_096, field: 1_024 } as const

/** Text of the game as Discord shows it: no formatting, no links, no mentions; cut to `most` characters. */
export function plain(text: string, most: number = LIMITS.field): string {
  const escaped = text
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/([\\`*_~|>#[\]()<:-])/g, '\\$1')
    .replace(/@/g, '@\u200b')
    .replace(/(https?)(\\:)?\/\//gi, '$1\u200b://')
  return cut(escaped, most)
}

/** Cuts a text to a length, with dots where something is left out. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 2).replace(/[\\\uD800-\uDBFF]+$/, '')} …`

/** A moment as every reader's own clock shows it. */
export const momentTag = (at: string, style: 'R' | 'f' | 't' = 'f'): string =>
  `<t:${Math.floor(Date.parse(at) / 1000)}:${style}>`

/** Coordinates as the game writes them: `12.3N, 45.6E`. */
export function coordinates(ew: number | null | undefined, ns: number | null | undefined): string | null {
  if (ew == null || ns == null) return null
  return `${Math.abs(ns).toFixed(1)}${ns < 0 ? 'S' : 'N'}, ${Math.abs(ew).toFixed(1)}${ew < 0 ? 'W' : 'E'}`
}

/** A place in one line: coordinates, dungeon, nearest town; null where nothing is shown. */
export function placeText(place: {
  ew?: number | null
  ns?: number | null
  nearestTown?: string | null
  dungeon?: string | null
}): string | null {
  const parts = [coordinates(place.ew, place.ns), place.dungeon, place.nearestTown]
  const shown = parts.filter((part): part is string => typeof part === 'string' && part !== '')
  return shown.length ? shown.map((part) => plain(part, 200)).join(' · ') : null
}
