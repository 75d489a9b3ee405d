import { GraphQLError } from 'graphql'
import { expect, it } from 'vitest'
import type { CallByViewer } from '../../shared/auth/mcp-calls.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { seenCalls } from './seen-calls.ts'

const viewer: Viewer = {
  kind: 'token',
  id: '1',
  name: 'bot',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
}
const operation = { extensions: { mcpCall: { tool: 'get_history', client: 'editor' } } }

it('an operation that names its tool is stored with the gateway’s own view of it', () => {
  let now = 0
  const stored: CallByViewer[] = []
  const see = seenCalls({ add: (call) => void stored.push(call) }, () => now)
  const end = see({ ...operation, variables: { name: 'Larsson', password: 'hunter2' } }, viewer)!
  now += 12
  end({ data: {} })
  expect(stored).toMatchObject([
    { tool: 'get_history', client: 'editor', transport: 'STDIO', viewer, rows: null, ms: 12, outcome: 'OK' },
  ])
  expect(stored[0]!.input).toEqual({ name: 'Larsson', password: '[redacted]' })
  see(operation, viewer)!({ errors: [new GraphQLError('no', { extensions: { code: 'FORBIDDEN', trace: 't' } })] })
  expect(stored[1]).toMatchObject({ outcome: 'FORBIDDEN', trace: 't' })
})

it.each([null, {}, { mcpCall: null }, { mcpCall: 'x' }, { mcpCall: { tool: 3 } }, { mcpCall: { tool: '' } }])(
  'an operation with the extensions %j is none of a tool',
  (extensions) => {
    expect(seenCalls({ add: () => expect.fail('stored') })({ extensions }, viewer)).toBeNull()
  },
)

it('no more than 6,000 operations of a viewer are stored in a minute', () => {
  let now = 0
  const see = seenCalls({ add: () => undefined }, () => now)
  for (let n = 0; n < 6_000; n++) expect(see(operation, viewer)).not.toBeNull()
  expect(see(operation, viewer)).toBeNull()
  expect(see(operation, { ...viewer, id: '2' })).not.toBeNull()
  now += 60_000
  expect(see(operation, viewer)).not.toBeNull()
})
