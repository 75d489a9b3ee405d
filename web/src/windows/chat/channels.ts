import type { ChatChannel } from '../../generated/types.ts'

/** In the order of the chips. */
export const channels: readonly { id: ChatChannel; name: string; colour: string }[] = [
  { id: 'SAY', name: 'Say', colour: 'var(--fg)' },
  { id: 'TELL', name: 'Tell', colour: 'var(--tell)' },
  { id: 'FELLOWSHIP', name: 'Fellow', colour: 'var(--warn)' },
  { id: 'ALLEGIANCE', name: 'Allegiance', colour: 'var(--accent)' },
  { id: 'GENERAL', name: 'General', colour: 'var(--info)' },
  { id: 'TRADE', name: 'Trade', colour: 'var(--good)' },
  { id: 'LFG', name: 'LFG', colour: 'var(--info)' },
  { id: 'ROLEPLAY', name: 'Roleplay', colour: 'var(--society)' },
  { id: 'SOCIETY', name: 'Society', colour: 'var(--society)' },
  { id: 'OTHER', name: 'Game text', colour: 'var(--muted)' },
]
export const channelColour = Object.fromEntries(channels.map(({ id, colour }) => [id, colour])) as Record<
  ChatChannel,
  string
>
export const channelName = Object.fromEntries(channels.map(({ id, name }) => [id, name])) as Record<ChatChannel, string>
