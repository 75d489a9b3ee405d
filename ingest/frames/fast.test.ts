import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contract } from './registry.ts'

const golden = path.join(import.meta.dirname, 'golden')
const frames = readdirSync(golden).map(
  (file) => JSON.parse(readFileSync(path.join(golden, file), 'utf8')) as Record<string, unknown>,
)
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '12',
    '3,5',
    '1,234',
    '1.520',
    '1.000',
    '1 234,5',
    '0',
    ' 7 ',
    'NaN',
    1e300,
    1e-50,
    -1,
    0.5,
    true,
    [],
    {},
    '\0',
    '\ud800',
  ),
  fc.string(),
  fc.double(),
  fc.integer(),
)

describe('the compiled reader of frames', () => {
  it.each(frames.map((frame) => [String(frame['type']), frame] as const))(
    'reads %s as the careful one does, however it is bent',
    (type, frame) => {
      const { decode, schema } = contract.get(type)!
      const names = Object.keys(frame)
      fc.assert(
        fc.property(fc.array(fc.tuple(fc.constantFrom(...names), odd), { maxLength: 3 }), (changes) => {
          const bent = { ...frame, ...Object.fromEntries(changes) }
          // An unknown field sends a frame through the full decoder.
          const careful = decode({ ...bent, 'unknown field': 1 })
          const read = decode(bent)
          expect(read.ok).toBe(careful.ok)
          if (read.ok && careful.ok) {
            expect(read.frame).toEqual(careful.frame)
            expect(read.dropped).toEqual(careful.dropped)
            // Both are checked by compiled code; the schema itself must agree.
            expect(schema.safeParse(read.frame).error).toBeUndefined()
          }
        }),
        { numRuns: 300 },
      )
    },
  )
})
