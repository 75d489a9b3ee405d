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
       type Subscription { mine: Int ours: Int @shared theirs: Int @shared }`,
    )
    expect(declaredIn(schema)).toEqual({ shared: new Set(['ours', 'theirs']), renewing: new Set(['renew']) })
  })

  it('is nothing where there are no such fields', () => {
    expect(declaredIn(buildSchema('type Query { a: Int }'))).toEqual({ shared: new Set(), renewing: new Set() })
  })
})
