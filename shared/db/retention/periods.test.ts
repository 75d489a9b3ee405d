import { describe, expect, it } from 'vitest'
import { DEFAULT_DAYS, retention } from './periods.ts'

describe('RETENTION', () => {
  it('[RET1] changes what it names and keeps the rest', () => {
    expect(retention.parse('telemetry=90d, vitals=0')).toEqual({ ...DEFAULT_DAYS, telemetry: 90, vitals: 0 })
    expect(retention.parse(undefined)).toEqual(DEFAULT_DAYS)
  })
  it.each(['telemetry', 'telemetry=-1', 'users=1d', 'constructor=1', 'telemetry=1d;drop table users'])(
    'refuses %s',
    (text) => expect(retention.safeParse(text).success).toBe(false),
  )
})
