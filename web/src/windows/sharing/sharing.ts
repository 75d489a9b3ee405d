import type { SharingWindowQuery } from './sharing-window.query.gen.ts'

export type Peer = NonNullable<SharingWindowQuery['peers']>[number]

export interface Bar {
  name: 'Health' | 'Stamina' | 'Mana'
  /** 0 to 100; null where one of the two figures is not shared. */
  percent: number | null
  now: number | null
  max: number | null
}

/** What a peer shares of its vitals, as bars; empty when it shares none. */
export function barsOf({ vitals }: Pick<Peer, 'vitals'>): Bar[] {
  if (!vitals) return []
  const bar = (name: Bar['name'], now: number | null, max: number | null): Bar => ({
    name,
    now,
    max,
    percent: now === null || !max ? null : Math.min(100, Math.max(0, (now / max) * 100)),
  })
  return [
    bar('Health', vitals.health, vitals.maxHealth),
    bar('Stamina', vitals.stamina, vitals.maxStamina),
    bar('Mana', vitals.mana, vitals.maxMana),
  ]
}

/** The weakest first, since those need help; peers that share no health last, disconnected ones after all others. */
export function sortPeers(peers: readonly Peer[]): Peer[] {
  const health = (peer: Peer) => barsOf(peer)[0]?.percent ?? Infinity
  return [...peers].sort((a, b) => {
    if (a.connected !== b.connected) return a.connected ? -1 : 1
    const [one, other] = [health(a), health(b)]
    return (one === other ? 0 : one - other) || a.character.name.localeCompare(b.character.name)
  })
}
