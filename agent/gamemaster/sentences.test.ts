import { describe, expect, it } from 'vitest'
import { sentences } from './sentences.ts'

describe('narration', () => {
  it('[TAB43] is stored in whole sentences, and nothing of it is lost', () => {
    const gathered = sentences()
    const pieces = ['You fire', ' 1', '2 rounds. The gan', 'ger dives; 4', '.5 metres.\nHe', ' is gone']
    const said = pieces.map((piece) => gathered.add(piece))
    expect(said).toEqual(['', '', 'You fire 12 rounds. ', '', 'The ganger dives; 4.5 metres.\n', ''])
    expect(gathered.rest()).toBe('He is gone')
  })

  it('[TAB43] is cut at a blank where a sentence does not end', () => {
    const gathered = sentences()
    const said = gathered.add('word '.repeat(100))
    expect(said.endsWith(' ')).toBe(true)
    expect(said + gathered.rest()).toBe('word '.repeat(100))
  })
})
