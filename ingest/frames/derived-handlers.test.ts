import { describe, expect, it } from 'vitest'
import { contract } from './registry.ts'
import { clientMoment, orderMoment } from '../../shared/contract/fields.ts'
import type { HandlerContext, Outcome } from './outcome.ts'
import { handlers } from './registry.ts'

const now = new Date('2026-06-20T12:00:00.000Z')

/** What becomes of a frame. */
function outcomeOf(raw: Record<string, unknown> & { type: string }): Outcome {
  const decoded = contract.get(raw.type)!.decode(raw)
  if (!decoded.ok) return { kept: false, path: decoded.path, reason: decoded.reason }
  const around: HandlerContext = { now, receivedAt: now.toISOString(), server: 'Coldeve', nextId: () => '1', raw }
  return handlers.get(raw.type)!(decoded.frame as never, around)
}
const A = { character_name: 'A' }

describe('a portal', () => {
  it.each([
    [-44.34, 65.98, -443, 660],
    [-44.26, 66.04, -443, 660],
    [0.04, -0.04, 0, 0],
  ])('[PRT1] at %s, %s stands at %s, %s tenths', (ew, ns, ewTenths, nsTenths) => {
    const outcome = outcomeOf({ type: 'portal', ...A, ew, ns })
    expect(outcome).toMatchObject({ rows: [{ table: 'portals', row: { ewTenths, nsTenths, name: null } }] })
  })
  it('[PRT1] that is nowhere is refused', () => {
    expect(outcomeOf({ type: 'portal', ...A, ew: -1e6, ns: 1e6 })).toMatchObject({ kept: true })
    expect(outcomeOf({ type: 'portal', ...A, ew: 0, ns: -1_000_000.1 })).toMatchObject({ kept: false, path: '/ns' })
    expect(outcomeOf({ type: 'portal', ...A, ew: 1e9, ns: 0 })).toMatchObject({ kept: false, path: '/ew' })
    expect(outcomeOf({ type: 'portal', ...A, ew: 0 })).toMatchObject({ kept: false, path: '/ns' })
  })
})

describe('a quest', () => {
  it('[QST1] [QST2] is ready at a moment of our clock, whatever the client’s says', () => {
    const reported = (countdown: unknown) =>
      outcomeOf({ type: 'quest', ...A, quest_name: 'Q', countdown, timestamp: '2020-01-01T00:00:00Z' })
    expect(reported('2h')).toMatchObject({
      rows: [{ row: { readyAt: '2026-06-20T14:00:00.000Z', clientAt: '2020-01-01T00:00:00.000Z' } }],
    })
    expect(reported('READY')).toMatchObject({ rows: [{ row: { readyAt: now.toISOString() } }] })
    expect(reported(90)).toMatchObject({ rows: [{ row: { readyAt: '2026-06-20T12:01:30.000Z' } }] })
    expect(reported('who knows')).toMatchObject({ rows: [{ row: { readyAt: null, countdown: 'who knows' } }] })
    expect(reported(undefined)).toMatchObject({ rows: [{ row: { readyAt: null, countdown: null } }] })
    expect(reported('  ')).toMatchObject({ rows: [{ row: { countdown: null } }] })
    expect(reported(' 2h ')).toMatchObject({ rows: [{ row: { countdown: '2h' } }] })
  })
})

describe('radar', () => {
  it('[RDR1] [RDR2] is published at once and stored nowhere, valid objects beside invalid ones', () => {
    const objects = [{ id: -2147000001, object_class: 5, distance: '4,2' }, null, 'x', {}]
    const outcome = outcomeOf({ type: 'nearby_objects', ...A, landblock: 0x01e90104, objects })
    expect(outcome).toMatchObject({ kept: true, rows: [] })
    expect(outcome.kept && outcome.publish[0]).toMatchObject({
      topic: 'ev.radar.QQ',
      event: { landblock: '01E9', objects: [{ gameId: 2147967295, objectClassName: 'Monster', distance: 4.2 }] },
    })
  })
})

describe('the floor of a dungeon', () => {
  it('[DNG1] goes by its landblock, whichever character reported it', () => {
    const z_levels = [{ z: 0, cells: [{ env_id: 1, x: 0, y: 0 }] }]
    expect(outcomeOf({ type: 'dungeon_map', landblock: '0x01e9', z_levels })).toMatchObject({
      rows: [{ table: 'dungeon_maps', row: { landblock: '01E9', character: null } }],
    })
  })
  it.each([
    ['/landblock', { landblock: 'cellar', z_levels: [] }],
    ['/z_levels', { landblock: '01E9', z_levels: [] }],
    ['/z_levels', { landblock: '01E9', z_levels: [{ z: 1, cells: [{ x: 1 }] }] }],
  ])('[DNG2] is refused for its %s', (path, fields) => {
    expect(outcomeOf({ type: 'dungeon_map', ...fields })).toMatchObject({ kept: false, path })
  })
})

describe('what is passed on verbatim', () => {
  const bodies = {
    portal: { ew: 1, ns: 2 },
    spawn: { ew: 1, ns: 2, mob: 'Drudge' },
    quest: { quest_name: 'Q' },
    equipment_cantrip_state: { items: [] },
    nearby_objects: { objects: [] },
    dungeon_map: { landblock: '01E9', z_levels: [{ env_id: 1, x: 0, y: 0 }] },
  }
  it.each(Object.entries(bodies))('[FRM7] %s: the frame itself, unknown fields and all', (type, fields) => {
    const raw = { type, ...A, ...fields, brand_new: [1] }
    const outcome = outcomeOf(raw)
    const event = { type, character: 'A', receivedAt: now.toISOString(), body: raw }
    expect(outcome.kept && outcome.publish).toContainEqual({
      topic: expect.stringContaining('ev.frame.') as string,
      event,
    })
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)
    expect(outcomeOf({ ...raw, deep })).toMatchObject({ kept: false, reason: 'is nested too deep' })
  })
})

it('[TIM3] a moment more than a day ahead of our clock counts as a day ahead', () => {
  const order = (at: string) => orderMoment(clientMoment(at, now).toISOString(), now.toISOString())
  expect(order('2026-06-20T11:00:00Z')).toBe('2026-06-20T11:00:00.000Z')
  expect(order('2026-06-20T20:00:00Z')).toBe('2026-06-20T20:00:00.000Z')
  expect(order('2099-01-01T00:00:00Z')).toBe('2026-06-21T12:00:00.000Z')
})
