import { describe, expect, it } from 'vitest'
import { endpoints } from './endpoints.ts'
import { ownPath } from '../../shared/serve/own-path.ts'
import { router } from './route.ts'

const route = router(endpoints('2026.6.24.1746-5ade47d'))

describe('routes', () => {
  it.each([
    ['/api/live', '/live'],
    ['/api/live/', '/live'],
    ['/live', '/live'],
    ['/api-version', '/api-version'],
    ['/api/api-admin/users', '/api-admin/users'],
    ['/api', '/api'],
    ['/', '/'],
    ['//', '/'],
  ])('[FAC1] %s means %s', (given, own) => expect(ownPath(given)).toBe(own))

  it('take the parts out of a path, blanks and slashes included', () => {
    expect(route('/stats/Larsson%20of%2FEastham')?.parts).toEqual({ character: 'Larsson of/Eastham' })
    expect(route('/api-admin/users')?.endpoints.map(({ method }) => method)).toEqual(['GET', 'POST'])
    expect(route('/api-admin/users/7/admin')?.parts).toEqual({ id: '7' })
  })

  it.each([
    '/stats',
    '/stats/',
    '/stats/%E0%A4%A',
    '/stats/a/b',
    '/inventory/Larsson/nothing',
    '/search',
    '/__proto__',
  ])('%s is none of ours', (path) => expect(route(path)).toBeNull())
})
