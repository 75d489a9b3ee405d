import { describe, expect, it } from 'vitest'
import { placeOf } from '../../event/place-of.ts'
import { type EventLine, describeEvent, joinEvents, withDivider } from './events.ts'

const event = (id: string, more: Partial<EventLine> = {}): EventLine => ({
  id,
  kind: 'CHARACTER_ARRIVED',
  receivedAt: '2026-03-01T12:00:00Z',
  character: { name: 'Talin' },
  detail: { __typename: 'PresenceChange' },
  ...more,
})
const ids = (lines: readonly { id: string }[]) => lines.map(({ id }) => id)

describe('events', () => {
  it('are listed newest first, each once, the oldest left out beyond the limit', () => {
    const joined = joinEvents([event('10'), event('9')], [event('100'), event('10'), event('8')], 3)
    expect(ids(joined)).toEqual(['100', '10', '9'])
  })
  it('have a divider where the viewer left, and say how many came since', () => {
    const events = ['12', '11', '10', '9'].map((id) => event(id))
    const lines = withDivider(events, '10')
    expect(ids(lines)).toEqual(['12', '11', 'divider', '10', '9'])
    expect(lines[2]).toEqual({ id: 'divider', unread: 2 })
  })
  it.each([
    ['on a first visit', null],
    ['when all has been read', '12'],
    ['while the place is further down', '3'],
  ])('have no divider %s', (_, leftAt) => {
    expect(ids(withDivider([event('12'), event('11')], leftAt))).toEqual(['12', '11'])
  })
  it.each<[string, Partial<EventLine>]>([
    ['found Pearl', { kind: 'RARE', detail: { __typename: 'Rare', name: 'Pearl', ew: 1, ns: 2 } }],
    ['reached level 10, from 9', { kind: 'LEVEL', detail: { __typename: 'LevelGain', level: 10, previousLevel: 9 } }],
    ['got 1 item and lost 2 items', { detail: { __typename: 'InventoryBurst', addedCount: 1, removedCount: 2 } }],
    ['began to play', {}],
    ['The game server answers again.', { kind: 'SERVER_UP', detail: null }],
    ['has an event that is not kept any more', { kind: 'RARE', detail: null }],
  ])('read “%s”', (text, more) => expect(describeEvent(event('1', more))).toBe(text))
  it('know their place unless it is hidden', () => {
    expect(placeOf({ detail: { __typename: 'Rare', name: 'Pearl', ew: 1, ns: 2 } })).toEqual({ ew: 1, ns: 2 })
    expect(placeOf({ detail: { __typename: 'Alert', text: 'died', ew: null, ns: null } })).toBeNull()
  })
})
