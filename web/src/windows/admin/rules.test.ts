import { describe, expect, it } from 'vitest'
import { LAG_BYTES, accountProblem, formatBytes, ingestProblems, pressScope, tokenProblem } from './rules.ts'

describe('scopes of a token', () => {
  it('are added and removed one by one', () => {
    expect(pressScope(['READ'], 'STORE')).toEqual(['READ', 'STORE'])
    expect(pressScope(['READ', 'STORE'], 'READ')).toEqual(['STORE'])
  })
  it('are AGENT alone, or others without it', () => {
    expect(pressScope(['READ', 'STORE'], 'AGENT')).toEqual(['AGENT'])
    expect(pressScope(['AGENT'], 'READ')).toEqual(['READ'])
  })
})

describe('what cannot be created', () => {
  it.each([
    ['', ['READ'], /1 to 64/],
    ['a/b', ['READ'], /1 to 64/],
    ['x'.repeat(65), ['READ'], /1 to 64/],
    ['bot', [], /at least one scope/],
  ] as const)('token %s with %j', (name, scopes, text) => expect(tokenProblem(name, scopes)).toMatch(text))
  it('not a token with name and scope', () => expect(tokenProblem(' my-bot 2.0 ', ['READ'])).toBeNull())
  it('account with a short password or a strange name', () => {
    expect(accountProblem('Talin', '123456789')).toMatch(/at least 10/)
    expect(accountProblem('Tal<in', '1234567890')).toMatch(/1 to 63/)
    expect(accountProblem("O'Talin", '1234567890')).toBeNull()
  })
})

describe('health of ingest', () => {
  const well = { processes: 1, storing: true, waitingBytes: LAG_BYTES }
  it('has no problem while frames are stored', () => expect(ingestProblems(well)).toEqual([]))
  it('lists every problem, the worst first', () =>
    expect(ingestProblems({ processes: 0, storing: false, waitingBytes: LAG_BYTES + 1 })).toHaveLength(3))
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [12_300, '12 kB'],
    [3_600_000, '3.4 MB'],
  ])('%i bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text))
})
