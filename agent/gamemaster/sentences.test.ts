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

  it('[TAB93] is stored as it comes in scripts without blanks too, with figures and characters whole', () => {
    const gathered = sentences()
    expect(gathered.add('あなたは12発撃った。彼は')).toBe('あなたは12発撃った。')
    expect(gathered.rest()).toBe('彼は')
    const text = `${'夜'.repeat(399)}12`
    expect(gathered.add(text)).toBe('夜'.repeat(399))
    expect(gathered.rest()).toBe('12')
    expect(gathered.add(`${'夜'.repeat(400)}\ud83c`)).toBe('夜'.repeat(400))
    expect(gathered.add('\udfb2')).toBe('')
    expect(gathered.rest()).toBe('🎲')
  })

  it('[TAB93] without end and without blanks takes no memory, and nothing of it is lost', () => {
    const gathered = sentences()
    let said = ''
    for (let n = 0; n < 20_000; n++) {
      const ready = gathered.add(n % 2 ? 'abcdefghij' : '0123456789')
      expect(ready.length).toBeLessThan(500)
      said += ready
    }
    expect((said + gathered.rest()).length).toBe(200_000)
  })
})
