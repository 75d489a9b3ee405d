import { describe, expect, it } from 'vitest'
import { subscriptionText } from './document.ts'

const shared = new Set(['ours', 'theirs'])
const text = (query: string, name?: string) => subscriptionText(query, name, shared)

describe('a subscription that several may read', () => {
  it('is one of which every root field is declared to be shared', () => {
    expect(text('subscription{ours}')).toBe('subscription {\n  ours\n}')
    expect(text('subscription { a: ours ...F } fragment F on Subscription { theirs }')).not.toBeNull()
  })
  it('is none that says nothing, however it is asked for', () => {
    for (const query of [
      'subscription { mine }',
      'subscription { ours: mine }',
      'subscription { ours mine }',
      'subscription { ...F } fragment F on Subscription { mine }',
      'subscription { ... on Subscription { ours mine } }',
      'subscription { ...F }',
    ])
      expect(text(query), query).toBeNull()
  })
  it('is none that only has a field of such a name further down', () => {
    expect(text('subscription { mine { ours } }')).toBeNull()
  })
  it('is no query, no other operation and no wrong document', () => {
    for (const query of ['{ ours }', 'mutation { ours }', 'subscription {']) expect(text(query)).toBeNull()
    expect(text('query A { ours } subscription B { ours }', 'A')).toBeNull()
    expect(text('query A { ours } subscription B { ours }', 'B')).not.toBeNull()
  })
  it('is remembered for this set of declarations and no other', () => {
    expect(text('subscription { ours }')).not.toBeNull()
    expect(subscriptionText('subscription { ours }', undefined, new Set(['mine']))).toBeNull()
    expect(text('subscription { ours }')).not.toBeNull()
  })
})
