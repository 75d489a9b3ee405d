import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

describe('exported tables', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('never let %j be a formula', (text) => {
    expect(csvCell(text).replace(/^"/, '')).toMatch(/^'/)
  })
  it('leave numbers numbers, below zero as well', () => {
    expect(csvLine([-3, 1.5, 0])).toBe('-3,1.5,0\r\n')
  })
  it('quote what would break a line or a cell, and what begins or ends with a blank', () => {
    expect(csvCell('a,b')).toBe('"a,b"')
    expect(csvCell('say "hi"\nnow')).toBe('"say ""hi""\nnow"')
    expect(csvCell(' a')).toBe('" a"')
    expect(csvCell('=cmd|"x",1')).toBe(`"'=cmd|""x"",1"`)
  })
  it('leave what is not known empty', () => {
    expect(csvLine(['a', null, undefined, '', false])).toBe('a,,,,false\r\n')
  })
})
