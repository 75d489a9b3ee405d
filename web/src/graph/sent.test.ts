import { parse } from 'graphql'
import { afterAll, expect, it, vi } from 'vitest'
import { client } from './client.ts'
import { sent } from './sent.ts'
import { ShellViewerDocument } from './viewer.query.gen.ts'

const answer = { errors: [{ message: 'No.', extensions: { code: 'FORBIDDEN' } }] }
vi.stubGlobal('fetch', () => Promise.resolve(Response.json(answer)))
afterAll(() => vi.unstubAllGlobals())

it('what the page sent is noted with its answer; the variables of mutations are not, they may be secret', async () => {
  const mutation = parse('mutation Set($password: String!) { set(password: $password) }')
  await client.query(ShellViewerDocument, {}).toPromise()
  await client.query(ShellViewerDocument, {}).toPromise()
  await client.mutation(mutation, { password: 'hunter2' }).toPromise()
  expect(sent.get(ShellViewerDocument)).toMatchObject({ variables: {}, times: 2, answers: 1, hasFailed: true })
  expect(sent.get(mutation)).toMatchObject({ variables: null, times: 1 })
  expect(JSON.stringify([...sent.values()])).not.toContain('hunter2')
})
