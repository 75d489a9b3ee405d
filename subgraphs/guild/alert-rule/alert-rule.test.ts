import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aGuild } from '../testing/guild.ts'

const guild = aGuild()
const SET = `mutation ($kind: AlertKind!, $enabled: Boolean, $after: Float, $quiet: Float, $words: [String!]) {
  setAlertRule(input: { kind: $kind, enabled: $enabled, afterSeconds: $after, quietSeconds: $quiet, words: $words }) {
    alertRule {
    kind enabled afterSeconds quietSeconds words changedBy
  } }
}`
interface Rule {
  kind: string
  enabled: boolean
  afterSeconds: number
  quietSeconds: number
  words: string[]
  changedBy: string | null
}

let admin: Viewer
beforeAll(async () => {
  admin = await guild.person('an admin', 'admin')
})
const set = (input: Record<string, unknown>) => guild.ask<{ setAlertRule: { alertRule: Rule } }>(admin, SET, input)
const stored = async (kind: string) => {
  const fields = 'kind enabled afterSeconds quietSeconds words changedBy'
  const { data } = await guild.ask<{ alertRules: Rule[] }>(admin, `{ alertRules { ${fields} } }`)
  return data.alertRules.find((rule) => rule.kind === kind)!
}

describe('a built-in rule of alerts', () => {
  it('keeps what a change leaves out, and names who changed it', async () => {
    const before = await stored('IDLE')
    expect(before.changedBy).toBeNull()
    const { data } = await set({ kind: 'IDLE', after: 90.5 })
    expect(data.setAlertRule.alertRule).toEqual({ ...before, afterSeconds: 90.5, changedBy: 'an admin' })
    expect((await set({ kind: 'IDLE', quiet: 7 })).data.setAlertRule.alertRule).toMatchObject({
      afterSeconds: 90.5,
      quietSeconds: 7,
    })
    expect((await set({ kind: 'IDLE', words: ['', 'Lost'] })).data.setAlertRule.alertRule).toMatchObject({
      words: ['', 'Lost'],
    })
    expect((await set({ kind: 'IDLE', enabled: false })).data.setAlertRule.alertRule.enabled).toBe(false)
    expect(await stored('IDLE')).toMatchObject({
      enabled: false,
      afterSeconds: 90.5,
      quietSeconds: 7,
      words: ['', 'Lost'],
    })
  })

  it.each([
    ['no seconds', { after: 0, quiet: 0 }],
    ['a day of holding and a week of quiet', { after: 86_400, quiet: 604_800 }],
    ['fifty words of a hundred characters', { words: Array.from({ length: 50 }, () => 'x'.repeat(100)) }],
  ])('may have %s', async (_, input) => {
    expect((await set({ kind: 'VORTEX', ...input })).code).toBeNull()
  })

  it.each([
    ['less than no seconds to hold', { after: -1 }],
    ['more than a day to hold', { after: 86_401 }],
    ['less than no seconds of quiet', { quiet: -0.5 }],
    ['more than a week of quiet', { quiet: 604_801 }],
    ['fifty-one words', { words: Array.from({ length: 51 }, () => 'x') }],
    ['a word of 101 characters', { words: ['good', 'x'.repeat(101)] }],
    ['a word with a NUL', { words: ['a\0b'] }],
  ])('may not have %s, and stays as it was', async (_, input) => {
    const before = await stored('DEATH')
    expect((await set({ kind: 'DEATH', enabled: false, ...input })).code).toBe('BAD_USER_INPUT')
    expect(await stored('DEATH')).toEqual(before)
  })

  it('stores no half of a character', async () => {
    expect((await set({ kind: 'VORTEX', words: ['a\ud800b'] })).data.setAlertRule.alertRule.words).toEqual(['a\ufffdb'])
  })

  it('is changed by admins alone, and seen by everybody', async () => {
    for (const asker of [await guild.person('a viewer'), await guild.person('an operator', 'operator')]) {
      expect((await guild.ask(asker, SET, { kind: 'DEATH', enabled: false })).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, '{ alertRules { kind } }')).code).toBeNull()
    }
    expect((await stored('DEATH')).enabled).toBe(true)
  })
})
