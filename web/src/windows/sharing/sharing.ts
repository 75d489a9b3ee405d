import { byText } from '../../language/language.ts'
import type { SharingWindowQuery } from './sharing-window.query.gen.ts'
import { texts } from './messages.ts'

export type Peer = NonNullable<SharingWindowQuery['peers']>[number]

export interface Bar {
  of: 'health' | 'stamina' | 'mana'
  name: string
  /** 0 to 100; null where one of the two figures is not shared. */
  percent: number | null
  now: number | null
  max: number | null
}

/** What a peer shares of its vitals, as bars; empty when it shares none. */
export function barsOf({ vitals }: Pick<Peer, 'vitals'>): Bar[] {
  if (!vitals) return []
  const bar = (of: Bar['of'], name: string, now: number | null, max: number | null): Bar => ({
    of,
    name,
    now,
    max,
    percent: now === null || !max ? null : Math.min(100, Math.max(0, (now / max) * 100)),
  })
  return [
    bar('health', texts.health, vitals.health, vitals.maxHealth),
    bar('stamina', texts.stamina, vitals.stamina, vitals.maxStamina),
    bar('mana', texts.mana, vitals.mana, vitals.maxMana),
  ]
}

/** The weakest first, since those need help; peers that share no health last, disconnected ones after all others. */
export function sortPeers(peers: readonly Peer[]): Peer[] {
  const health = (peer: Peer) => barsOf(peer)[0]?.percent ?? Infinity
  return [...peers].sort((a, b) => {
    if (a.connected !== b.connected) return a.connected ? -1 : 1
    const [one, other] = [health(a), health(b)]
    return (one === other ? 0 : one - other) || byText(a.character.name, b.character.name)
  })
}
