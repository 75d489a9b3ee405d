import { describe, expect, it } from 'vitest'
import { readFrame, type Arrival } from './read-frame.ts'

const now = new Date('2026-06-20T12:00:00.000Z')
const arrival: Arrival = { now, receivedAt: now.toISOString(), server: 'Coldeve', nextId: () => '1' }
const readTestFrame = (frame: object) => readFrame(JSON.stringify(frame), arrival)
const telemetry = { type: 'telemetry', character_name: 'A', ew: 1, ns: 2 }

describe('the result of a frame', () => {
  it.each([
    ['2026-06-20T11:00:00.1234567Z', '2026-06-20T11:00:00.123Z'],
    ['2026-06-20 11:00:00', '2026-06-20T11:00:00.000Z'],
    [1_781_953_200, '2026-06-20T11:00:00.000Z'],
    ['1781953200', '2026-06-20T11:00:00.000Z'],
    [1_781_953_200_123, '2026-06-20T11:00:00.123Z'],
    [1_781_953_200.5, '2026-06-20T11:00:00.500Z'],
    ['', now.toISOString()],
    [undefined, now.toISOString()],
  ])('[TIM2] reads the moment %j as %s', (timestamp, clientAt) => {
    expect(readTestFrame({ ...telemetry, timestamp })).toMatchObject({ left: [], publish: [{ event: { clientAt } }] })
  })
  it.each(['garbage', 12, '178195320', '06.07.2026 18:03:11', '20.06.2026 18:03:11', '0001-01-01T00:00:00Z'])(
    '[TIM2] [FRM5] counts a moment that cannot be read, %j, whatever the frame, and again when read again',
    (timestamp) => {
      const left = ['field telemetry.timestamp']
      for (let again = 0; again < 2; again++)
        expect(readTestFrame({ ...telemetry, timestamp })).toMatchObject({
          left,
          publish: [{ event: { clientAt: now.toISOString() } }],
        })
      const quest = { type: 'quest', character_name: 'A', quest_name: 'Q', timestamp }
      expect(readTestFrame(quest)).toMatchObject({ left: ['field quest.timestamp'] })
    },
  )
  it.each(['nonsense', 3600, '45:10', '1:2:3'])(
    '[FRM5] counts a time in the game that cannot be read: %j',
    (onlinetime) => {
      const event = { onlineSeconds: null }
      expect(readTestFrame({ ...telemetry, onlinetime })).toMatchObject({
        left: ['field telemetry.onlinetime'],
        publish: [{ event }],
      })
      expect(readTestFrame({ ...telemetry, onlinetime: '' })).toMatchObject({ left: [] })
    },
  )

  it('[FRM4] [FRM5] [INV12] reports which fields of items were left out, once a frame', () => {
    const item = { Id: 1, BrandNewKey: 1, IntValues: { 131: 'Gold' } }
    expect(readTestFrame({ type: 'inventory_delta', character_name: 'A', action: 'add', item })).toMatchObject({
      left: ['field inventory_delta.item/IntValues/*'],
      unknownFields: ['item/BrandNewKey'],
    })
    expect(
      readTestFrame({ type: 'full_inventory', character_name: 'A', items: [item, { ...item, Id: 2 }], mood: 1 }),
    ).toMatchObject({
      left: ['field full_inventory.items/*/IntValues/*'],
      unknownFields: ['mood', 'items/*/BrandNewKey'],
    })
  })
  it('[FRM5] [RDR2] counts things on the radar that are none', () => {
    const frame = { type: 'nearby_objects', character_name: 'A', objects: [{ id: 1 }, {}, 7] }
    expect(readTestFrame(frame)).toMatchObject({ left: ['field nearby_objects.objects/*'] })
  })

  it('[FRM6] names the character of a refused frame, by whichever name', () => {
    const letter = { character: 'A', path: '/ew' }
    expect(readTestFrame({ type: 'portal', player_name: 'A', ns: 1 })).toMatchObject({ kind: 'refused', letter })
    expect(readTestFrame({ type: 'portal', character_name: '', player_name: 'A' })).toMatchObject({
      letter: { character: 'A' },
    })
  })

  it('[FRM1] does not mind a byte order mark before a frame, nor zeros behind it', () => {
    const text = JSON.stringify({ ...telemetry, vt_state: 'a\0b' })
    const plain = readFrame(text, arrival)
    expect(plain).toMatchObject({ kind: 'kept', rows: [{ row: { state: 'ab' } }, {}] })
    for (const odd of [`\ufeff${text}`, `${text}\0\0`, `\ufeff${text}\0`])
      expect(readFrame(odd, arrival)).toEqual(plain)
    for (const none of ['\ufeff', '\0', '\ufeff'.repeat(100_000), `{}x\0`])
      expect(readFrame(none, arrival)).toMatchObject({ kind: 'refused', letter: { reason: 'is no JSON' } })
  })

  it.each(['ADD', 'Add', ' add '])('[FRM2] takes the action of a delta as %j', (action) => {
    const frame = { type: 'inventory_delta', character_name: 'A', action, item: { Id: 1 } }
    expect(readTestFrame(frame)).toMatchObject({ kind: 'kept', rows: [{ row: { kind: 'put' } }] })
    expect(readTestFrame({ ...frame, action: 'Remove' })).toMatchObject({ rows: [{ row: { kind: 'take' } }] })
    expect(readTestFrame({ ...frame, action: 'juggle' })).toMatchObject({
      kind: 'refused',
      letter: { path: '/action' },
    })
  })
})
