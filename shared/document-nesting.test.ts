import { parse } from 'graphql'
import { describe, expect, it } from 'vitest'
import { isNestedTooDeep, MAX_NESTING } from './document-nesting.ts'

const wrapped = (head: string, open: string, times: number, core: string, close: string, tail: string) =>
  `${head}${open.repeat(times)}${core}${close.repeat(times)}${tail}`

describe('a document is nested too deep', () => {
  it.each([
    ['lists', '{ a(b: ', '[', '1', ']', ') }'],
    ['objects', '{ a(b: ', '{c:', '1', '}', ') }'],
    ['selections', '{ a ', '{ a ', '', '}', '}'],
    ['fragments', '{ ', '... { ', 'a', '}', '}'],
    ['types', 'query ($a: ', '[', 'Int', ']', ') { a }'],
    ['defaults', 'query ($a: Int = ', '[', '1', ']', ') { a }'],
    ['lists behind strings and comments', '{ a(b: "\\"{", c: """\\""" [ " """) # " [\n b(c: ', '[', '"]"', ']', ') }'],
  ])('by %s', (_, head, open, core, close, tail) => {
    const within = wrapped(head, open, MAX_NESTING - 2, core, close, tail)
    parse(within)
    expect(isNestedTooDeep(within)).toBe(false)
    expect(isNestedTooDeep(wrapped(head, open, MAX_NESTING + 1, core, close, tail))).toBe(true)
    expect(isNestedTooDeep(wrapped(head, open, 100_000, '', '', ''))).toBe(true)
  })

  it('never by brackets in strings and comments, or beside each other', () => {
    const many = '['.repeat(1_000)
    for (const text of [
      `{ a(b: "${many}") }`,
      `{ a(b: """${many}\n""") }`,
      `{ a } # ${many}`,
      `{ ${'a(b: [1]) '.repeat(900)} }`,
    ]) {
      parse(text)
      expect(isNestedTooDeep(text)).toBe(false)
    }
    for (const text of [`"${many}`, `"""${many}`, `#${many}`, `"\\${many}`]) expect(isNestedTooDeep(text)).toBe(false)
  })
})
