import { buildSchema } from 'graphql'
import { describe, expect, it } from 'vitest'
import { declaredIn } from './declared.ts'

describe('what the gateway reads of declared access', () => {
  it('is what the supergraph says of subscriptions and mutations', () => {
    const schema = buildSchema(
      `directive @shared on FIELD_DEFINITION
       directive @renewsSession on FIELD_DEFINITION
       type Query { shared: Int @shared }
       type Mutation { rename: Int renew: Int @renewsSession }
       type Subscription { mine(afterId: ID): Int ours(afterId: ID): Int @shared theirs(first: Int): Int @shared }`,
    )
    expect(declaredIn(schema)).toEqual({
      shared: new Set(['ours', 'theirs']),
      resumable: new Set(['mine', 'ours']),
      renewing: new Set(['renew']),
    })
  })

  it('is nothing where there are no such fields', () => {
    expect(declaredIn(buildSchema('type Query { a: Int }'))).toEqual({
      shared: new Set(),
      resumable: new Set(),
      renewing: new Set(),
    })
  })
})
