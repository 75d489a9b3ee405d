import { describe, expect, it } from 'vitest'
import { findFighters } from './fighters.ts'

const fight = (receivedAt: string) => ({
  sessionId: receivedAt,
  startedAt: receivedAt,
  receivedAt,
  totals: { kills: 1, damageGiven: 1 },
})
const fighter = (name: string, ...fights: string[]) => ({
  name,
  combat: { lifetime: { kills: 1, damageGiven: 1 }, fights: { nodes: fights.map(fight) } },
})
const nodes = [
  fighter('Talin', '2026-03-01T10:00:00Z'),
  fighter('Erynn', '2026-03-01T12:00:00Z', '2026-02-01T12:00:00Z'),
  fighter('Berel'),
  { name: 'Lost', combat: null },
]
const names = (text: string) => findFighters(nodes, text).map(({ name }) => name)

describe('fighters to choose from', () => {
  it('come in the order of their last fights', () => expect(names('')).toEqual(['Erynn', 'Talin', 'Berel']))
  it('are found by a part of the name, ignoring case', () => expect(names(' TAL ')).toEqual(['Talin']))
})
