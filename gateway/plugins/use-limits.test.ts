import { buildSchema, parse, validate, type ValidationRule } from 'graphql'
import { describe, expect, it } from 'vitest'
import { useLimits } from './use-limits.ts'

const schema = buildSchema('type Query { a: Query }')
const rules: ValidationRule[] = []
useLimits().onValidate!({ addValidationRule: (rule: ValidationRule) => void rules.push(rule) } as never)

/** What is said of a document; by depth, fields or aliases. */
const refusals = (text: string) =>
  validate(schema, parse(text), rules).map(({ message, extensions }) => `${String(extensions['code'])}: ${message}`)
const tooMany = (what: string, most: number) =>
  `BAD_USER_INPUT: This document has more ${what} than the ${most} that are served. Ask for less at once, or page.`
const DEPTH = tooMany('depth', 16)
const FIELDS = tooMany('fields', 2000)
const ALIASES = tooMany('aliases', 100)

const deep = (levels: number): string => (levels === 1 ? 'a' : `a { ${deep(levels - 1)} }`)
const wide = (fields: number) => 'a '.repeat(fields)
const aliased = (fields: number) => 'b: a '.repeat(fields)

describe('a document', () => {
  it.each([
    ['16 deep', `{ ${deep(16)} }`, []],
    ['17 deep', `{ ${deep(17)} }`, [DEPTH]],
    ['17 deep in one of its branches', `{ a a { ${deep(16)} } a { a } }`, [DEPTH]],
    ['of 2,000 fields', `{ ${wide(2000)} }`, []],
    ['of 2,001 fields', `{ ${wide(2001)} }`, [FIELDS]],
    ['of 2,001 fields at two levels', `{ ${wide(1000)} a { ${wide(1000)} } }`, [FIELDS]],
    ['of 100 aliases', `{ ${aliased(100)} }`, []],
    ['of 101 aliases', `{ ${aliased(101)} }`, [ALIASES]],
    ['of 101 aliases at two levels', `{ ${aliased(50)} b: a { ${aliased(50)} } }`, [ALIASES]],
    ['with everything too much', `{ ${aliased(2001)} ${deep(17)} }`, [DEPTH, FIELDS, ALIASES]],
  ])('%s', (_, text, said) => {
    expect(refusals(text)).toEqual(said)
  })

  it('counts what stands in fragments wherever they are spread, and their names as nothing', () => {
    const fragment = `fragment F on Query { ${wide(1000)} }`
    expect(refusals(`{ ...F ...F } ${fragment}`)).toEqual([])
    expect(refusals(`{ ...F ...F a } ${fragment}`)).toEqual([FIELDS])
    expect(refusals(`{ a { ...D } } fragment D on Query { ${deep(15)} }`)).toEqual([])
    expect(refusals(`{ a { ...D } } fragment D on Query { ${deep(16)} }`)).toEqual([DEPTH])
    expect(refusals(`{ ... on Query { ${deep(16)} } }`)).toEqual([])
    expect(refusals(`{ ... on Query { ${deep(17)} } }`)).toEqual([DEPTH])
    expect(refusals(`{ ... on Query { ${aliased(101)} } }`)).toEqual([ALIASES])
  })

  it('is measured at once where fragments double it again and again', () => {
    const chain = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)
    const begun = performance.now()
    expect(refusals(`{ ...F0 } ${chain.join(' ')} fragment F60 on Query { a }`)).toEqual([FIELDS])
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('may name fragments that are not there, or spread themselves: other rules refuse those', () => {
    expect(refusals('{ ...Missing a }')).toEqual([])
    expect(refusals('{ ...F } fragment F on Query { a ...F }')).toEqual([])
  })

  it('is as large as the largest of its operations', () => {
    expect(refusals(`query A { ${wide(2001)} } query B { ${deep(17)} } query C { a }`)).toEqual([DEPTH, FIELDS])
    expect(refusals(`query A { ${wide(1500)} } query B { ${wide(1500)} }`)).toEqual([])
    expect(refusals(`{ a } fragment F on Query { ${wide(2001)} }`)).toEqual([])
  })
})
