import { describe, expect, it } from 'vitest'
import { addUp } from './totals.ts'

const leaf = (attacks: number, max: number) => ({ total_attacks: attacks, max_crit_damage: max })
const session = (kills: number, attacks: number, max: number) => ({
  total_kills: kills,
  monsters: { Drudge: { kill_count: kills, offense: { Magic: { Fire: leaf(attacks, max) } } } },
})

describe('combat totals', () => {
  it('[CMB2] add sums leaf by leaf and take the greatest of maxima', () => {
    const totals = addUp([
      session(3, 10, 500),
      session(4, 20, 200),
      { monsters: { Drudge: { offense: { Magic: { Cold: leaf(1, 1) } } }, Wasp: { kill_count: 9 } } },
    ])
    expect(totals.kills).toBe(7)
    expect(totals.monsters.map(({ name, kills }) => [name, kills])).toEqual([
      ['Wasp', 9],
      ['Drudge', 7],
    ])
    expect(
      totals.monsters[1]!.offense.map(({ element, totalAttacks, maxCritDamage }) => [
        element,
        totalAttacks,
        maxCritDamage,
      ]),
    ).toEqual([
      ['Fire', 30, 500],
      ['Cold', 1, 1],
    ])
  })
  it('of nothing are nothing', () => {
    expect(addUp([])).toEqual({
      damageGiven: 0,
      damageReceived: 0,
      kills: 0,
      aetheriaSurges: 0,
      cloakSurges: 0,
      monsters: [],
    })
  })
})
