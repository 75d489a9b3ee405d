import { describe, expect, it } from 'vitest'
import { type Peer, barsOf, sortPeers } from './sharing.ts'

const peer = (name: string, health: number | null, connected = true): Peer => ({
  character: { name },
  connected,
  kinds: [],
  lastShareAt: null,
  server: null,
  vitals: health === null ? null : { health, maxHealth: 200, stamina: null, maxStamina: 100, mana: 500, maxMana: 400 },
})

describe('peers that share', () => {
  it('are listed weakest first, without vitals later, disconnected ones last', () =>
    expect(
      sortPeers([peer('Gone', 1, false), peer('Well', 200), peer('Quiet', null), peer('Weak', 20)]).map(
        ({ character }) => character.name,
      ),
    ).toEqual(['Weak', 'Well', 'Quiet', 'Gone']))
  it('have bars from 0 to 100, and none where a figure is not shared', () =>
    expect(barsOf(peer('Talin', 50)).map(({ percent }) => percent)).toEqual([25, null, 100]))
  it('have no bars without vitals', () => expect(barsOf(peer('Talin', null))).toEqual([]))
})
