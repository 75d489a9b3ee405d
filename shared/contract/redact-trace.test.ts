import { describe, expect, it } from 'vitest'
import { allowList, readAllowed, redact, REDACTED } from './redact-trace.ts'

const list = allowList(
  new Map([
    ['rcon.exec', ['command']],
    ['journal', ['*']],
  ]),
)

describe('what is stored of a tool', () => {
  it('are the fields on its list; others keep their name alone', () => {
    expect(redact('rcon.exec', { command: 'list', player: 'x', count: 3 }, list)).toEqual({
      command: 'list',
      player: REDACTED,
      count: 3,
    })
    expect(redact('other', { command: 'list' }, list)).toEqual({ command: REDACTED })
  })
  it('is no text or list without fields, unless everything of the tool is shown', () => {
    expect(redact('rcon.exec', 'output', list)).toBe(REDACTED)
    expect(redact('rcon.exec', ['output'], list)).toBe(REDACTED)
    expect(redact('journal', ['output'], list)).toEqual(['output'])
    expect(redact('rcon.exec', 12, list)).toBe(12)
    expect(redact('rcon.exec', undefined, list)).toBeNull()
  })
  it('is never a secret, however deep and whatever the list says', () => {
    expect(
      redact('journal', { a: { api_key: 'k', list: [{ password: 'p', page: 1 }] }, Authorization: 'b' }, list),
    ).toEqual({
      a: { api_key: REDACTED, list: [{ password: REDACTED, page: 1 }] },
      Authorization: REDACTED,
    })
  })
  it('is bounded in size, and text that Postgres takes', () => {
    const large = redact('journal', { rows: Array.from({ length: 100 }, () => 'y'.repeat(1_000)) }, list)
    expect(large).toMatchObject({ tooLarge: true })
    expect(redact('journal', { text: 'y'.repeat(5_000) }, list)).toEqual({ text: `${'y'.repeat(2_000)}…` })
    expect(redact('journal', { 'a\0': 'b\0\ud800' }, list)).toEqual({ a: 'b\ufffd' })
    const own = redact('journal', JSON.parse('{"__proto__": {"x": 1}, "y": 2}'), list)
    expect(JSON.stringify(own)).toBe('{"y":2}')
  })
})

describe('the setting', () => {
  it('names fields of tools, or all fields of one', () => {
    expect(readAllowed(' rcon.exec = command, args ;journal=*')).toEqual(
      new Map([
        ['rcon.exec', ['command', 'args']],
        ['journal', ['*']],
      ]),
    )
    expect(readAllowed('')).toEqual(new Map())
    for (const wrong of ['journal', 'a=', '=b', 'a=b c', 'a=*,b']) expect(readAllowed(wrong), wrong).toBeNull()
  })
})
