// Which media types the sender of a request accepts.

/** The type of a single answer. The first reports refusals by the HTTP status too, the second by the body alone. */
export type JsonType = 'application/graphql-response+json' | 'application/json'

/** How the events of a subscription are sent: server-sent events, Apollo's multipart protocol, or plain parts. */
export type StreamType = 'events' | 'apollo parts' | 'parts'

/** What a request accepts; null where it accepts none of a kind. */
export interface Accepted {
  json: JsonType | null
  stream: StreamType | null
}

const ANY: Accepted = { json: 'application/json', stream: 'events' }
const JSON_TYPES = new Map<string, JsonType>([
  ['application/graphql-response+json', 'application/graphql-response+json'],
  ['application/json', 'application/json'],
  ['application/*', 'application/json'],
  ['*/*', 'application/json'],
])

/** Headers seen before: clients send the same few all the time. */
const remembered = new Map<string, Accepted>()
const MAX_REMEMBERED = 100

/** Reads the header `accept`; without one anything is accepted. */
export function acceptedBy(accept: string | undefined): Accepted {
  if (accept === undefined || accept === '*/*') return ANY
  const known = remembered.get(accept)
  if (known) return known
  const read = readAccept(accept)
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(accept, read)
  return read
}

function readAccept(accept: string): Accepted {
  const entries = accept
    .split(',')
    .map((entry) => {
      const [type = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((part) => part.startsWith('q='))
      return { type, parameters, q: weight === undefined ? 1 : Number(weight.slice(2)) }
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
  const stream = entries.map(streamTypeOf).find(Boolean) ?? null
  return {
    json: entries.map(({ type }) => JSON_TYPES.get(type)).find(Boolean) ?? null,
    stream: stream ?? (entries.some(({ type }) => type === '*/*') ? 'events' : null),
  }
}

function streamTypeOf({ type, parameters }: { type: string; parameters: readonly string[] }): StreamType | null {
  if (type === 'text/event-stream') return 'events'
  if (type !== 'multipart/mixed') return null
  return parameters.some((part) => /^subscriptionspec="?1\.0"?$/.test(part)) ? 'apollo parts' : 'parts'
}
