// Notable events of the guild as posts.
import type { APIEmbed } from 'discord.js'
import type { DiscordGuildEventsSubscription } from './guild-events.subscription.gen.ts'
import { duration } from './duration.ts'
import { LIMITS, momentTag, placeText, plain, type Post, type PostKind } from './post.ts'

export type GuildEvent = DiscordGuildEventsSubscription['guildEvents']
type Detail = NonNullable<GuildEvent['detail']>
type RareDetail = Extract<Detail, { __typename: 'Rare' }>
type PresenceDetail = Extract<Detail, { __typename: 'PresenceChange' }>
type AlertDetail = Extract<Detail, { __typename: 'Alert' }>

/** The kinds of events that are posted. */
export const EVENT_KINDS = [
  'RARE',
  'DEATH',
  'ALERT',
  'SERVER_DOWN',
  'SERVER_UP',
  'CHARACTER_ARRIVED',
  'CHARACTER_LEFT',
  'PLUGIN_CONNECTED',
  'PLUGIN_DISCONNECTED',
  'IDLE_ENDED',
] as const satisfies readonly GuildEvent['kind'][]

const GOLD = 0xf1c40f
const BLUE = 0x3498db
const GREY = 0x95a5a6
const RED = 0xe74c3c
const ORANGE = 0xe67e22
const PURPLE = 0x9b59b6

/** Rarity by channel: an unknown name may be either. */
export type RareTier = RareDetail['tier']
const TIERS: Record<RareTier, { color: number; words: string }> = {
  GREAT: { color: GOLD, words: 'Great rare' },
  COMMON: { color: BLUE, words: 'Common rare' },
  UNKNOWN: { color: GREY, words: 'Rare of unknown tier' },
}

const ALERTS: Partial<Record<AlertDetail['alertKind'], { kind: PostKind; color: number; title: string }>> = {
  DEATH: { kind: 'death', color: RED, title: 'Death' },
  IDLE: { kind: 'idle', color: ORANGE, title: 'Idle' },
  GONE: { kind: 'gone', color: ORANGE, title: 'Gone' },
  WATCH: { kind: 'watch', color: ORANGE, title: 'Watch rule' },
  VORTEX: { kind: 'vortex', color: PURPLE, title: 'Vortex warning' },
}

const STATUS: Partial<Record<GuildEvent['kind'], (name: string) => string>> = {
  SERVER_DOWN: (server) => `🔴 The game server ${server} does not answer.`,
  SERVER_UP: (server) => `🟢 The game server ${server} answers again.`,
  CHARACTER_ARRIVED: (name) => `▶️ ${name} is in the game.`,
  CHARACTER_LEFT: (name) => `⏹️ ${name} sends no telemetry any more.`,
  PLUGIN_CONNECTED: (name) => `🔌 The plugin of ${name} connected.`,
  PLUGIN_DISCONNECTED: (name) => `🔌 The plugin of ${name} disconnected.`,
}

const isPresence = (detail: Detail): detail is PresenceDetail => detail.__typename === 'PresenceChange'
const isRare = (detail: Detail): detail is RareDetail => detail.__typename === 'Rare'
const isAlert = (detail: Detail): detail is AlertDetail => detail.__typename === 'Alert'

/** The tier of a rare; null for other events. */
export const tierOf = ({ detail }: GuildEvent): RareTier | null => (detail && isRare(detail) ? detail.tier : null)

/** An event as a post; null for one that is not posted, or that is not kept any more. */
export function postOf(event: GuildEvent): Post | null {
  const character = event.character?.name ?? null
  const base = { id: event.id, character }
  const status = STATUS[event.kind]
  if (status) {
    const name = plain(character ?? event.server ?? 'unknown', 100)
    return { ...base, kind: 'status', line: `${status(name)} ${momentTag(event.receivedAt, 't')}`, embed: null }
  }
  const { detail } = event
  if (!detail) return null
  if (event.kind === 'IDLE_ENDED' && isPresence(detail)) return activePost(event, detail, base)
  if (isRare(detail)) return rarePost(event, detail, base)
  return isAlert(detail) ? alertPost(event, detail, base) : null
}

type Base = Pick<Post, 'id' | 'character'>

function rarePost(event: GuildEvent, rare: RareDetail, base: Base): Post {
  const { color, words } = TIERS[rare.tier]
  const name = plain(rare.name, LIMITS.title - 10)
  const who = plain(base.character ?? 'Somebody', 100)
  const place = placeText(rare)
  return {
    ...base,
    kind: 'rare',
    line: `💎 **${who}** found **${name}**${place ? ` at ${place}` : ''}.`,
    embed: {
      title: `💎 ${name}`,
      color,
      timestamp: event.receivedAt,
      footer: { text: words },
      fields: fields([
        ['Who', who],
        ['Where', place],
        ['When', momentTag(event.receivedAt)],
      ]),
    },
  }
}

/** The end of what an idle alert began: muted with it, in the same channel. */
function activePost({ receivedAt }: GuildEvent, { previousSince }: PresenceDetail, base: Base): Post {
  const who = plain(base.character ?? 'Somebody', 100)
  const spent = previousSince ? duration((Date.parse(receivedAt) - Date.parse(previousSince)) / 1_000) : null
  const line = `🏃 **${who}** is active again${spent ? `, after ${spent}` : ''}. ${momentTag(receivedAt, 't')}`
  return { ...base, kind: 'idle', line, embed: null }
}

function alertPost(event: GuildEvent, alert: AlertDetail, base: Base): Post | null {
  const as = ALERTS[alert.alertKind]
  if (!as) return null // of the game server: posted as its status
  const place = placeText({
    ew: alert.alertEw,
    ns: alert.alertNs,
    nearestTown: alert.alertTown,
    dungeon: alert.alertDungeon,
  })
  const text = plain(alert.text, LIMITS.description)
  return {
    ...base,
    kind: as.kind,
    line: `${text}${place ? ` (${place})` : ''}`,
    embed: {
      title: base.character && as.kind !== 'vortex' ? `${as.title}: ${plain(base.character, 100)}` : as.title,
      description: text,
      color: as.color,
      timestamp: event.receivedAt,
      fields: fields([
        ['Where', place],
        ['When', momentTag(event.receivedAt)],
      ]),
    },
  }
}

/** The fields of an embed that have a value, side by side. */
export const fields = (entries: readonly (readonly [name: string, value: string | null])[]): APIEmbed['fields'] =>
  entries.flatMap(([name, value]) => (value ? [{ name, value, inline: true }] : []))
