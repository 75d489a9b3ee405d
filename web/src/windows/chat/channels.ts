import type { ChatChannel } from '../../generated/types.ts'
import { texts } from './messages.ts'

/** In the order of the chips. */
export const channels: readonly { id: ChatChannel; name: string; colour: string }[] = [
  {
    id: 'SAY',
    get name() {
      return texts.say
    },
    colour: 'var(--fg)',
  },
  {
    id: 'TELL',
    get name() {
      return texts.tell
    },
    colour: 'var(--tell)',
  },
  {
    id: 'FELLOWSHIP',
    get name() {
      return texts.fellow
    },
    colour: 'var(--warn)',
  },
  {
    id: 'ALLEGIANCE',
    get name() {
      return texts.allegiance
    },
    colour: 'var(--accent)',
  },
  {
    id: 'GENERAL',
    get name() {
      return texts.general
    },
    colour: 'var(--info)',
  },
  {
    id: 'TRADE',
    get name() {
      return texts.trade
    },
    colour: 'var(--good)',
  },
  { id: 'LFG', name: 'LFG', colour: 'var(--info)' },
  {
    id: 'ROLEPLAY',
    get name() {
      return texts.roleplay
    },
    colour: 'var(--society)',
  },
  {
    id: 'SOCIETY',
    get name() {
      return texts.society
    },
    colour: 'var(--society)',
  },
  {
    id: 'OTHER',
    get name() {
      return texts.gameText
    },
    colour: 'var(--muted)',
  },
]
export const channelColour = Object.fromEntries(channels.map(({ id, colour }) => [id, colour])) as Record<
  ChatChannel,
  string
>
export const channelName = Object.fromEntries(channels.map(({ id, name }) => [id, name])) as Record<ChatChannel, string>
