import { describe, expect, it } from 'vitest'
import { answerOf, lastEventId, withEvent, type ChatEvent, type Turn } from './turns.ts'

let ids = 0
const event = (kind: ChatEvent['kind'], seq: number, payload: object = {}): ChatEvent => ({
  id: String(++ids),
  turnId: 't',
  seq,
  kind,
  payload,
  at: '2026-06-01T12:00:00.000Z',
})
const turnsOf = (...events: ChatEvent[]) => events.reduce<readonly Turn[]>(withEvent, [])

describe('turns', () => {
  it('begin with their first event, take each event once, and end with the last', () => {
    const asked = event('STATUS', 0, { text: 'Asked', message: 'who is online' })
    const text = event('TEXT', 1, { text: 'a' })
    const done = event('DONE', 2)
    const turns = turnsOf(asked, text, asked, done)
    expect(turns).toHaveLength(1)
    expect(turns[0]).toMatchObject({ message: 'who is online', endedAt: done.at })
    expect(turns[0]!.events.map(({ seq }) => seq)).toEqual([0, 1, 2])
    expect(withEvent(turns, done)).toBe(turns)
    expect(lastEventId(turns)).toBe(done.id)
  })

  it('show text and tools in their order, and each result at its call', () => {
    const [turn] = turnsOf(
      event('TOOL_CALL', 1, { id: 'c', name: 'get', title: 'Get', arguments: { name: 'x' } }),
      event('TOOL_RESULT', 2, { id: 'c', ok: true, ms: 12, content: { rows: [] }, error: null }),
      event('TEXT', 3, { text: 'a' }),
      event('TEXT', 4, { text: 'b' }),
    )
    const answer = answerOf(turn!)
    expect(answer.parts).toEqual([
      {
        kind: 'tool',
        id: 'c',
        name: 'get',
        title: 'Get',
        arguments: { name: 'x' },
        result: { ok: true, ms: 12, content: { rows: [] }, error: null },
      },
      { kind: 'text', text: 'ab' },
    ])
    expect(answer.status).toBe('Get')
  })

  it.each([
    [event('ERROR', 1, { code: 'TOO_SLOW', message: 'x' }), true],
    [event('DONE', 1, { reason: 'INCOMPLETE', suggestions: ['q', 'help'] }), true],
    [event('DONE', 1, { reason: 'COMPLETE', isFallback: true }), true],
    [event('DONE', 1, { reason: 'TOOL_FAILED' }), true],
    [event('DONE', 1, { reason: 'COMPLETE' }), false],
    [event('TEXT', 1, { text: 'a' }), false],
  ])('may be asked for again where that may help: %j, %s', (one, mayRetry) => {
    const [turn] = turnsOf(one)
    expect(answerOf({ ...turn!, message: 'q' })).toMatchObject({ mayRetry })
    expect(answerOf({ ...turn!, message: 'q' }).suggestions).not.toContain('q')
  })

  it('say what they ended with', () => {
    const [done] = turnsOf(event('DONE', 1, { note: 'n', suggestions: ['help', 5] }))
    expect(answerOf(done!)).toMatchObject({ status: null, note: 'n', suggestions: ['help'], error: null })
    const [failed] = turnsOf(event('ERROR', 1, { code: 'STOPPED', message: 'It was stopped.' }))
    expect(answerOf(failed!)).toMatchObject({ status: null, error: 'It was stopped.', stopped: true })
  })
})
