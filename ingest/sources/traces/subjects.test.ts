import { describe, expect, it } from 'vitest'
import { REDACTED } from '../../../shared/contract/redact-trace.ts'
import { subjectsOf } from './subjects.ts'

describe('what a step is about', () => {
  it('are the characters, items and the query that its arguments name, each once', () => {
    expect(subjectsOf({ character: 'Larsson', characters: ['Larsson', 'Marigold'], item_id: '7', query: 'a' })).toEqual(
      {
        characters: ['Larsson', 'Marigold'],
        items: ['7'],
        query: 'a',
      },
    )
    expect(subjectsOf({ radius: 4 })).toBeNull()
    expect(subjectsOf('Larsson')).toBeNull()
  })
  it('is nothing that may not be shown, and nothing that is no name', () => {
    expect(subjectsOf({ character: REDACTED, query: REDACTED, item: { id: 7 }, target: 'x'.repeat(65) })).toBeNull()
  })
})
