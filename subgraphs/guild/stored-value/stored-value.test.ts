import { beforeEach, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const STORE = `mutation ($key: String!, $value: JSON!) {
    storeValue(input: { key: $key, value: $value }) { storedValue { key value } }
  }`
const DELETE = 'mutation ($key: String!) { deleteStoredValue(input: { key: $key }) { deletedKey } }'
const LIST = 'query ($prefix: String) { storedValues(prefix: $prefix) { key value } }'

let bot: Viewer
let other: Viewer
const aStoringToken = async (name: string): Promise<Viewer> => {
  const { rows } = await guild.pool.query<{ id: string }>(
    `insert into service_tokens (name, secret_hash, scopes) values ($1, sha256(convert_to($1, 'UTF8')), '{store}')
     returning id::text as id`,
    [name],
  )
  return { ...aToken(name), id: rows[0]!.id, stores: true }
}
beforeEach(async () => {
  await guild.pool.query('delete from service_tokens')
  bot = await aStoringToken('bot')
  other = await aStoringToken('other')
})
const list = async (viewer: Viewer, prefix?: string) =>
  (await guild.ask<{ storedValues: object[] }>(viewer, LIST, { prefix })).data.storedValues

describe('values of a token', () => {
  it('are stored, replaced, listed by key and removed, each token its own', async () => {
    await guild.ask(bot, STORE, { key: 'cursor', value: { events: '12' } })
    await guild.ask(bot, STORE, { key: 'channel/1', value: [1, null] })
    const { data } = await guild.ask(bot, STORE, { key: 'cursor', value: 'É' })
    expect(data).toEqual({ storeValue: { storedValue: { key: 'cursor', value: 'É' } } })
    expect(await list(bot)).toEqual([
      { key: 'channel/1', value: [1, null] },
      { key: 'cursor', value: 'É' },
    ])
    expect(await list(bot, 'channel/')).toEqual([{ key: 'channel/1', value: [1, null] }])
    expect(await list(other)).toEqual([])
    expect((await guild.ask(other, DELETE, { key: 'cursor' })).code).toBe('NOT_FOUND')
    expect((await guild.ask(bot, DELETE, { key: 'cursor' })).data).toEqual({
      deleteStoredValue: { deletedKey: 'cursor' },
    })
    expect(await list(bot)).toHaveLength(1)
  })

  it('are few and small, and end with their token', async () => {
    for (let n = 0; n < 100; n++) expect((await guild.ask(bot, STORE, { key: `k${n}`, value: n })).code).toBeNull()
    expect((await guild.ask(bot, STORE, { key: 'one more', value: 1 })).code).toBe('BAD_USER_INPUT')
    expect((await guild.ask(bot, STORE, { key: 'k100', value: 1 })).message).toMatch(/100 values/)
    expect((await guild.ask(bot, STORE, { key: 'k0', value: 'again' })).code).toBeNull()
    expect((await guild.ask(bot, STORE, { key: 'k0', value: 'x'.repeat(16_384) })).code).toBe('BAD_USER_INPUT')
    expect((await guild.ask(bot, STORE, { key: 'k0', value: 'a\u0000' })).code).toBe('BAD_USER_INPUT')
    await guild.pool.query('delete from service_tokens where id = $1', [bot.id])
    expect((await guild.pool.query('select from token_values')).rowCount).toBe(0)
    expect((await guild.ask(bot, STORE, { key: 'k0', value: 1 })).code).toBe('BAD_TOKEN')
  })

  it('are for tokens with the scope STORE alone', async () => {
    const person = await guild.person('somebody', 'admin')
    for (const viewer of [person, aToken('reads'), aToken('commands', 'operator'), aToken('rules', 'admin')]) {
      expect((await guild.ask(viewer, STORE, { key: 'k', value: 1 })).code).toBe('FORBIDDEN')
      expect((await guild.ask(viewer, DELETE, { key: 'k' })).code).toBe('FORBIDDEN')
      expect((await guild.ask(viewer, LIST)).code).toBe('FORBIDDEN')
    }
    const note = 'mutation { createNote(input: { title: "t", body: "b" }) { note { id } } }'
    expect((await guild.ask(bot, note)).code).toBe('FORBIDDEN')
  })
})
