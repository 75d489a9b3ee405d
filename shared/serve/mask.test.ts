import { GraphQLError } from 'graphql'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { fault } from '../errors.ts'
import { maskResult } from './mask.ts'

const log = pino({ level: 'silent' })
const masked = (error: unknown) => maskResult({ errors: [error as GraphQLError] }, log).errors![0]!

describe('an error of a resolver', () => {
  it('is kept if it was thrown on purpose', () => {
    const error = fault('FORBIDDEN', 'Not for you.')
    expect(masked(error)).toBe(error)
  })

  it('is hidden if something failed, with a trace for the log', () => {
    const error = new GraphQLError('secret', { path: ['me'], originalError: new Error('secret') })
    expect(masked(error)).toMatchObject({ path: ['me'], extensions: { code: 'INTERNAL_SERVER_ERROR' } })
    expect(JSON.stringify(masked(error))).not.toContain('secret')
    expect(masked(error).extensions['trace']).toMatch(/^[0-9a-f]{16}$/)
  })

  it('is the caller’s if the database could not take a value', () => {
    const originalError = Object.assign(new Error('out of range'), { code: '22003' })
    expect(masked(new GraphQLError('x', { originalError })).extensions['code']).toBe('BAD_USER_INPUT')
  })

  it.each([
    ['Argument "first" has invalid value.', 'BAD_USER_INPUT'],
    ['Variable "$n" got invalid value.', 'BAD_USER_INPUT'],
    ['Cannot return null for non-nullable field.', 'INTERNAL_SERVER_ERROR'],
  ])('of the executor gets a code: %s', (message, code) => {
    expect(masked(new GraphQLError(message)).extensions['code']).toBe(code)
    expect(masked({ message, path: ['a'] })).toMatchObject({ path: ['a'], extensions: { code } })
  })
})
