import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract } from './registry.ts'

const golden = (file: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'golden', `${file}.json`), 'utf8')) as Record<string, unknown>
const decode = (type: string, raw: Record<string, unknown>) =>
  contract.get(type)!.decode({ type, character_name: 'A', ...raw })

describe('what is left out of a frame', () => {
  it('[FRM4] is nothing of what a healthy plugin sends, nor of what the original’s server adds', () => {
    const added = { received_at: 'x', total_kills: 1, total_rares: 1, session_rares: 1 }
    expect(decode('telemetry', { ...golden('telemetry'), ...added })).toMatchObject({ dropped: [], unknown: [] })
    const sheet = {
      ...golden('character_stats'),
      vitals: { health: { base: 341 } },
      properties: { 218: 3 },
      titles: [1, 12],
      current_title: 12,
    }
    expect(decode('character_stats', sheet)).toMatchObject({ dropped: [], unknown: [] })
    expect(decode('full_inventory', golden('full_inventory'))).toMatchObject({ dropped: [], unknown: [] })
    expect(decode('combat_stats', golden('combat_stats.older'))).toMatchObject({ dropped: [], unknown: [] })
  })

  it('[FRM5] is one figure of a fight, not the fight', () => {
    const rat = {
      kill_count: 3,
      damage_received: 1e20,
      offense: { Magic: { Fire: { crits: 'some', total_attacks: 2 } } },
    }
    const session = { total_kills: 3, total_damage_given: 2 ** 53, monsters: { Rat: rat, Wasp: rat } }
    expect(decode('combat_stats', { session })).toEqual({
      ok: true,
      frame: {
        character_name: 'A',
        session: {
          total_kills: 3,
          monsters: Object.fromEntries(
            ['Rat', 'Wasp'].map((name) => [
              name,
              { kill_count: 3, offense: { Magic: { Fire: { total_attacks: 2 } } } },
            ]),
          ),
        },
      },
      dropped: [
        'session/total_damage_given',
        'session/monsters/*/damage_received',
        'session/monsters/*/offense/*/*/crits',
      ],
      unknown: [],
    })
  })

  it('[FRM4] [FRM5] is reported by its path, names that senders chose as a star', () => {
    expect(decode('combat_stats', { session: { total_kills: 1, monsters: [] } })).toMatchObject({
      frame: { session: { total_kills: 1 } },
      dropped: ['session/monsters'],
    })
    const monster = { KillingBlows: 1, offense: { Fire: { TotalDamageGiven: 1 } }, defense: 'none' }
    expect(decode('combat_stats', { session: { surprise: 1, monsters: { Rat: monster, Wasp: 7 } } })).toMatchObject({
      dropped: ['session/monsters/*/offense/*/*', 'session/monsters/*/defense', 'session/monsters/*'],
      unknown: ['session/surprise', 'session/monsters/*/KillingBlows'],
    })
    const sheet = { attributes: { strength: 290 }, skills: { war_magic: { base: 5, luck: 1 } }, vitals: 7 }
    expect(decode('character_stats', sheet)).toMatchObject({
      dropped: ['attributes/*', 'vitals'],
      unknown: ['skills/*/luck'],
    })
  })

  it('[FRM4] is bounded in number and length', () => {
    const inventions = Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`${n}`.padEnd(500, 'x'), 1]))
    const decoded = decode('chat', { text: 'x', ...inventions })
    expect(decoded.ok && decoded.unknown.length).toBe(50)
    expect(decoded.ok && Math.max(...decoded.unknown.map((name) => name.length))).toBe(64)
  })

  it('[CMB6] is not the flag of older builds, wherever it stands', () => {
    const side = { tallied: true, Magic: { tallied: 1, Fire: { tallied: true, crits: 1 } } }
    const session = { tallied: true, total_kills: '1', monsters: { Rat: { tallied: true, offense: side } } }
    expect(decode('combat_stats', { session })).toMatchObject({
      frame: { session: { total_kills: 1, monsters: { Rat: { offense: { Magic: { Fire: { crits: 1 } } } } } } },
      dropped: [],
      unknown: [],
    })
  })
})
