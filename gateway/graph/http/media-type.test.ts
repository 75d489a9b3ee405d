import { describe, expect, it } from 'vitest'
import { acceptedBy } from './media-type.ts'

const RESPONSE = 'application/graphql-response+json'
const JSON_TYPE = 'application/json'

describe('the header accept', () => {
  it.each([
    [undefined, JSON_TYPE, 'events'],
    ['*/*', JSON_TYPE, 'events'],
    ['application/json', JSON_TYPE, null],
    ['application/graphql-response+json,application/json;q=0.9', RESPONSE, null],
    ['application/json;q=0.5, application/graphql-response+json', RESPONSE, null],
    ['application/json;q=0', null, null],
    ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json', JSON_TYPE, 'apollo parts'],
    ['multipart/mixed; subscriptionSpec="1.0"', null, 'apollo parts'],
    ['multipart/mixed;deferSpec=20220824,application/json', JSON_TYPE, 'parts'],
    ['text/event-stream, multipart/mixed', null, 'events'],
    ['Text/Event-Stream', null, 'events'],
    ['text/html,application/xhtml+xml', null, null],
    ['text/html,*/*;q=0.8', JSON_TYPE, 'events'],
    ['', null, null],
  ])('%j: answers as %s, streams as %s', (accept, json, stream) => {
    for (const _ of ['read', 'remembered']) expect(acceptedBy(accept)).toEqual({ json, stream })
  })
})
