import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { allowOrigin } from './cors.ts'
import type { Origins } from './origin.ts'

const origins = { allowed: ['https://tools.example'] } as unknown as Origins

/** What is answered to a request: whether that was all of it, its headers, and status and headers of an answer. */
function answer(method: string, origin: string | undefined) {
  const headers: Record<string, string> = {}
  const sent: unknown[] = []
  const response = {
    setHeader: (name: string, value: string) => void (headers[name] = value),
    writeHead: (status: number, more: Record<string, string>) => (sent.push(status, more), response),
    end: () => void sent.push('end'),
  }
  const request = { method, headers: { origin } } as unknown as IncomingMessage
  const isAnswered = allowOrigin(request, response as unknown as ServerResponse, origins, ['GET', 'POST'])
  return { isAnswered, headers, sent }
}
const readable = {
  'access-control-allow-origin': 'https://tools.example',
  'access-control-allow-credentials': 'true',
  vary: 'origin',
}

describe('pages of other origins', () => {
  it('that are allowed may read answers, by their own name and not by any', () => {
    expect(answer('POST', 'https://tools.example')).toEqual({ isAnswered: false, headers: readable, sent: [] })
  })

  it('that are allowed hear beforehand what they may send', () => {
    const { isAnswered, headers, sent } = answer('OPTIONS', 'https://tools.example')
    expect([isAnswered, headers]).toEqual([true, readable])
    expect(sent).toEqual([
      204,
      {
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers':
          'content-type, authorization, x-overlord, x-graphql-yoga-csrf, graphql-require-preflight',
        'access-control-max-age': '600',
      },
      'end',
    ])
  })

  it.each(['https://tools.example.evil.example', 'https://tools.exampl', 'https://evil.example', 'null', undefined])(
    'that are not allowed hear nothing: %s',
    (origin) => {
      for (const method of ['POST', 'OPTIONS'])
        expect(answer(method, origin)).toEqual({ isAnswered: false, headers: {}, sent: [] })
    },
  )
})
