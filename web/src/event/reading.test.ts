import { describe, expect, it } from 'vitest'
import { isLaterEvent, momentAfter, moveMark, readMark } from './reading.ts'

const mark = { id: '99', at: '2026-03-01T12:00:00.000Z' }

describe('the mark up to which somebody has read', () => {
  it('moves forward only, by the size of ids', () => {
    expect(moveMark(null, mark)).toEqual(mark)
    expect(moveMark(mark, { ...mark, id: '100' }).id).toBe('100')
    expect(moveMark(mark, { ...mark, id: '98' })).toBe(mark)
    expect(isLaterEvent('99', '99')).toBe(false)
  })
  it('is read back as it was stored', () => expect(readMark(JSON.parse(JSON.stringify(mark)))).toEqual(mark))
  it.each([null, 7, 'x', {}, { id: 1, at: mark.at }, { id: '1; drop', at: mark.at }, { id: '1', at: 'never' }])(
    'is not read from %j',
    (stored) => expect(readMark(stored)).toBeNull(),
  )
  it('is followed by the next millisecond', () => expect(momentAfter(mark)).toBe('2026-03-01T12:00:00.001Z'))
})
