import { describe, expect, it } from 'vitest'
import { placeOf } from '../../event/place-of.ts'
import { eventAt, type TimelineEvent, wordsOf } from './timeline.ts'

const event = (part: Partial<TimelineEvent>): TimelineEvent => ({
  id: '1',
  kind: 'DEATH',
  receivedAt: '2026-03-01T12:00:00Z',
  character: { name: 'Larsson' },
  detail: null,
  ...part,
})

describe('events of the timeline', () => {
  it('say what happened, the name once', () => {
    expect(wordsOf(event({ detail: { __typename: 'Rare', name: 'a pearl', ew: 1, ns: 2 } }))).toBe('found a pearl')
    expect(wordsOf(event({ detail: { __typename: 'Alert', text: 'Larsson died', ew: null, ns: null } }))).toBe('died')
    expect(wordsOf(event({}))).toBe('died')
    expect(wordsOf(event({ kind: 'ALERT' }))).toBe('raised an alert')
  })

  it('have a place where the event says one', () => {
    expect(placeOf(event({ detail: { __typename: 'Rare', name: 'a pearl', ew: 1, ns: 2 } }))).toEqual({ ew: 1, ns: 2 })
    expect(placeOf(event({ detail: { __typename: 'Alert', text: '', ew: null, ns: 2 } }))).toBeNull()
  })

  it('are marked where the clock stands: the last one that had happened by then', () => {
    const all = [event({ id: '3', receivedAt: '2026-03-01T12:02:00Z' }), event({ id: '2' })]
    expect(eventAt(all, Date.parse('2026-03-01T12:01:00Z'))).toBe('2')
    expect(eventAt(all, Date.parse('2026-03-01T12:02:00Z'))).toBe('3')
    expect(eventAt(all, Date.parse('2026-03-01T11:00:00Z'))).toBeNull()
  })
})
