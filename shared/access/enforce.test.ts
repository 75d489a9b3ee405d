import { buildSubgraphSchema } from '@apollo/subgraph'
import {
  buildASTSchema,
  concatAST,
  graphql,
  parse,
  subscribe,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import { describe, expect, it } from 'vitest'
import { PUBLIC_FACE, type Role, type Viewer } from '../auth/viewer.ts'
import { readDeclarations } from './declarations.ts'
import { directivesDocument } from './directives.ts'
import { enforce, type AccessContext, type MutationWrapper } from './enforce.ts'
import { privacyOf } from './privacy.ts'
import { aViewer, settingsOf } from './testing/viewers.ts'

const document = concatAST([
  parse(`
    type Query {
      open: Row @access
      operators: Int @access(role: OPERATOR)
      mine: Int @access @person(refusal: "Tokens have none.")
      account(user: ID): Int @access @owner(of: "account", argument: "user")
      rule(id: ID!): Int @access @owner(of: "watchRule", argument: "id")
      chat(input: ChatInput!): Int @access @owner(of: "assistantSession", argument: "input.id")
    }
    type Mutation {
      write(text: String): Int @access
      report: Int @access @agentOnly
      store: Int @access @tokenStorage
      remove(id: ID!): Int @access(role: ADMIN) @othersOnly(argument: "id")
    }
    input ChatInput { id: ID! }
    type Subscription {
      events: Int @access(role: OPERATOR, refusal: "Not to you.")
      asked: Int @access @agentOnly
      face: Int @access @publicOnly
    }
    type Row @access {
      character: String
      plain: Int
      secret: Int @access(role: ADMIN)
      ew: Float @place(rough: true)
      text: String @guarded(by: "privateMessage")
      hidden: Float @access(role: OPERATOR) @place
    }
  `),
  directivesDocument,
])
const ROW = { character: 'Yours', channel: 'TELL', plain: 1, secret: 2, ew: 1.6, text: 'psst', hidden: 4 }
const RULE = '11111111-1111-4111-8111-111111111111'

function schemaWith(wrapMutation?: MutationWrapper): GraphQLSchema {
  const schema = buildASTSchema(document, { assumeValidSDL: true })
  const fieldsOf = (type: GraphQLObjectType | null | undefined) => type!.getFields()
  for (const field of Object.values(fieldsOf(schema.getQueryType())))
    field.resolve = () => (field.name === 'open' ? ROW : 1)
  for (const field of Object.values(fieldsOf(schema.getMutationType()))) field.resolve = () => 1
  for (const field of Object.values(fieldsOf(schema.getSubscriptionType())))
    field.subscribe = async function* () {
      yield await Promise.resolve({ events: 1, asked: 1 })
    }
  enforce(schema, readDeclarations(document), wrapMutation)
  return schema
}
const schema = schemaWith()
const guild = settingsOf({
  Yours: { owner: 'you', placeShown: 'BLURRED' },
  Mine: { owner: 'me', placeShown: 'HIDDEN' },
})

function contextOf(viewer: Viewer | undefined): AccessContext {
  const pool = {
    query: (text: string, [kind, id]: string[]) =>
      Promise.resolve({
        rows: text.includes('assistant') && id !== 'me' ? [] : [{ mine: kind === 'user' && id === 'me' }],
      }),
  }
  return { viewer: viewer!, pool: pool as never, privacy: privacyOf(viewer ?? aViewer('viewer'), guild, 'admins') }
}
const aToken = (role: Role) => aViewer(role, { kind: 'token', id: 'bot', owner: false })

/** What a document says of one field: its value, or the refusal. */
async function asked(viewer: Viewer | undefined, source: string, of = schema): Promise<unknown> {
  const { data, errors } = await graphql({ schema: of, source, contextValue: contextOf(viewer) })
  return errors ? `${String(errors[0]!.extensions['code'])}: ${errors[0]!.message}` : Object.values(data!)[0]
}
const ofRow = async (viewer: Viewer, field: string) => {
  const found = await asked(viewer, `{ open { ${field} } }`)
  return typeof found === 'string' ? found : (found as Record<string, unknown>)[field]
}

describe('enforce', () => {
  it('leaves a field alone that is for every viewer and hides nothing', () => {
    const { plain, secret, ew } = (schema.getType('Row') as GraphQLObjectType).getFields()
    expect([plain!.resolve, typeof secret!.resolve, typeof ew!.resolve]).toEqual([undefined, 'function', 'function'])
  })

  it('refuses viewers who are not signed in, at every operation', async () => {
    const refused = 'UNAUTHENTICATED: You are not signed in.'
    expect(await asked(undefined, '{ open { plain } }')).toBe(refused)
    expect(await asked(undefined, '{ mine }')).toBe(refused)
    expect(await asked(undefined, 'mutation { write }')).toBe(refused)
  })

  it('asks for the role of a query', async () => {
    expect(await asked(aViewer('viewer'), '{ operators }')).toBe('FORBIDDEN: Only operators and admins may do this.')
    expect(await asked(aViewer('operator'), '{ operators }')).toBe(1)
  })

  it('asks for the role of a single field', async () => {
    expect(await ofRow(aViewer('operator'), 'secret')).toBe('FORBIDDEN: Only admins may do this.')
    expect(await ofRow(aViewer('admin'), 'secret')).toBe(2)
    expect(await ofRow(aViewer('viewer'), 'plain')).toBe(1)
  })

  it('shows a place as its character wants, and asks for the role besides', async () => {
    expect([await ofRow(aViewer('viewer'), 'ew'), await ofRow(aViewer('admin'), 'ew')]).toEqual([2, 1.6])
    expect([await ofRow(aViewer('operator'), 'hidden'), await ofRow(aViewer('admin'), 'hidden')]).toEqual([null, 4])
    expect(await ofRow(aViewer('viewer'), 'hidden')).toBe('FORBIDDEN: Only operators and admins may do this.')
  })

  it('refuses the field of a row that a list should have left out', async () => {
    expect(await ofRow(aViewer('operator'), 'text')).toBe('FORBIDDEN: This is private.')
    expect(await ofRow(aViewer('viewer', { id: 'you' }), 'text')).toBe('psst')
  })

  it('lets people alone use what is a person’s', async () => {
    expect(await asked(aViewer('viewer'), '{ mine }')).toBe(1)
    expect(await asked(aToken('admin'), '{ mine }')).toBe('FORBIDDEN: Tokens have none.')
  })

  it('lets owners and admins through, whether or not the database must be asked', async () => {
    const rule = `{ rule(id: "${RULE}") }`
    expect(await asked(aViewer('viewer'), rule)).toBe(1)
    expect(await asked(aViewer('operator', { id: 'you' }), rule)).toBe(
      'FORBIDDEN: Only who made a rule, or an admin, may change it.',
    )
    expect(await asked(aViewer('admin', { id: 'you' }), rule)).toBe(1)
    expect(await asked(aViewer('viewer'), '{ account(user: "me") }')).toBe(1)
    expect(await asked(aViewer('operator'), '{ account(user: "you") }')).toBe('FORBIDDEN: Only admins may do this.')
    expect(await asked(aViewer('admin'), '{ account(user: "you") }')).toBe(1)
  })

  it('checks ownership for admins too, if nothing is named', async () => {
    expect(await asked(aViewer('admin'), '{ account }')).toBe(1)
    expect(await asked(aToken('admin'), '{ account }')).toBe('FORBIDDEN: A token has no sessions.')
    expect(await asked(aToken('admin'), '{ account(user: "you") }')).toBe(1)
  })

  it('lets a token that only reads write nothing', async () => {
    const refused = 'FORBIDDEN: A token writes only with the scope `command` or `admin`.'
    expect(await asked(aToken('viewer'), 'mutation { write }')).toBe(refused)
    expect(await asked(aToken('operator'), 'mutation { write }')).toBe(1)
    expect(await asked(aViewer('viewer'), 'mutation { write }')).toBe(1)
    expect(await asked(aToken('viewer'), '{ open { plain } }')).toEqual({ plain: 1 })
  })

  it('looks for an owner in a field of an argument, and makes no exception of admins for what is private', async () => {
    const chat = `{ chat(input: { id: "${RULE}" }) }`
    expect(await asked(aViewer('viewer'), chat)).toBe(1)
    expect(await asked(aViewer('admin', { id: 'you' }), chat)).toBe('NOT_FOUND: There is no such session.')
    expect(await asked(aViewer('viewer'), '{ chat(input: { id: "x" }) }')).toBe('NOT_FOUND: There is no such session.')
  })

  it('keeps the lookup of entities, for which nothing is declared, from the assistant’s process too', async () => {
    const entity = parse('type Query { open: Row @access } type Row @key(fields: "name") @access { name: String }')
    const resolvers = { Row: { __resolveReference: (row: object) => row } }
    const typeDefs = concatAST([
      entity,
      parse(
        'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])',
      ),
      directivesDocument,
    ])
    const federated = buildSubgraphSchema({ typeDefs, resolvers })
    enforce(federated, readDeclarations(typeDefs))
    const source = '{ _entities(representations: [{ __typename: "Row", name: "Larsson" }]) { ... on Row { name } } }'
    const agent = aViewer('viewer', { kind: 'token', id: 'bot', owner: false, only: 'agent' })
    expect(await asked(agent, source, federated)).toMatch(/^FORBIDDEN: A token with the scope `agent`/)
    expect(await asked(undefined, source, federated)).toBe('UNAUTHENTICATED: You are not signed in.')
    expect(await asked(aViewer('viewer'), source, federated)).toEqual([{ name: 'Larsson' }])
  })

  it('lets the assistant’s process do what is declared for it, and nothing else', async () => {
    const agent = aViewer('viewer', { kind: 'token', id: 'bot', owner: false, only: 'agent' })
    const refused = 'FORBIDDEN: A token with the scope `agent` may only take questions and report answers.'
    expect(await asked(agent, 'mutation { report }')).toBe(1)
    expect(await asked(agent, 'mutation { write }')).toBe(refused)
    expect(await asked(agent, '{ open { plain } }')).toBe(refused)
    for (const other of [aViewer('viewer'), aViewer('admin'), aToken('admin')])
      expect(await asked(other, 'mutation { report }')).toBe('FORBIDDEN: Only the assistant’s own process may do this.')
    expect(await asked(undefined, 'mutation { report }')).toBe('UNAUTHENTICATED: You are not signed in.')
    const begin = (viewer: Viewer, field: string) =>
      subscribe({ schema, document: parse(`subscription { ${field} }`), contextValue: contextOf(viewer) })
    expect(await begin(aViewer('admin'), 'asked')).toHaveProperty('errors')
    expect(await begin({ ...agent, role: 'admin' }, 'events')).toHaveProperty('errors')
    expect(await begin(agent, 'asked')).not.toHaveProperty('errors')
  })

  it('lets the public page read what is declared for it and nothing else, and nobody else read that', async () => {
    const begin = (viewer: Viewer, field: string) =>
      subscribe({ schema, document: parse(`subscription { ${field} }`), contextValue: contextOf(viewer) })
    expect(await begin(PUBLIC_FACE, 'face')).not.toHaveProperty('errors')
    for (const other of [aViewer('viewer'), aViewer('admin'), aToken('admin')])
      expect(await begin(other, 'face')).toHaveProperty('errors')
    expect(await begin({ ...PUBLIC_FACE, role: 'admin' }, 'events')).toHaveProperty('errors')
    for (const text of ['{ open { plain } }', 'mutation { write }', 'mutation { store }', 'mutation { report }'])
      expect(await asked({ ...PUBLIC_FACE, role: 'admin', stores: true }, text)).toMatch(/^FORBIDDEN/)
  })

  it('lets a token store values of its own by its scope alone, and nobody else', async () => {
    const storing = aViewer('viewer', { kind: 'token', id: 'bot', owner: false, stores: true })
    expect(await asked(storing, 'mutation { store }')).toBe(1)
    expect(await asked(storing, 'mutation { write }')).toMatch(/^FORBIDDEN/)
    const refused = 'FORBIDDEN: Only a token with the scope `store` stores values.'
    for (const other of [aViewer('admin'), aViewer('viewer', { stores: true }), aToken('admin')])
      expect(await asked(other, 'mutation { store }')).toBe(refused)
    expect(await asked({ ...storing, only: 'read' }, 'mutation { store }')).toBe(refused)
    expect(await asked({ ...storing, only: 'agent' }, 'mutation { store }')).toMatch(/^FORBIDDEN/)
    expect(await asked(undefined, 'mutation { store }')).toBe('UNAUTHENTICATED: You are not signed in.')
  })

  it('lets what acts for somebody read as that person, and neither write nor follow a stream', async () => {
    const act = aViewer('admin', { only: 'read' })
    expect(await asked(act, '{ open { secret } }')).toEqual({ secret: 2 })
    expect(await asked(act, '{ mine }')).toBe(1)
    for (const write of ['write', 'remove(id: "you")'])
      expect(await asked(act, `mutation { ${write} }`)).toBe('FORBIDDEN: What acts for somebody only reads.')
    expect(await asked(act, 'mutation { report }')).toContain('FORBIDDEN')
    const stream = await subscribe({
      schema,
      document: parse('subscription { events }'),
      contextValue: contextOf(act),
    })
    expect(stream).toMatchObject({ errors: [{ message: 'What acts for somebody follows no stream.' }] })
  })

  it('keeps people from what is not for their own account', async () => {
    expect(await asked(aViewer('admin'), 'mutation { remove(id: "me") }')).toBe(
      'FORBIDDEN: You may not do this to your own account: ask another admin.',
    )
    expect(await asked(aViewer('admin'), 'mutation { remove(id: "you") }')).toBe(1)
    expect(await asked(aViewer('operator'), 'mutation { remove(id: "you") }')).toBe(
      'FORBIDDEN: Only admins may do this.',
    )
  })

  it('refuses a subscription before it begins', async () => {
    const begin = (viewer: Viewer | undefined) =>
      subscribe({ schema, document: parse('subscription { events }'), contextValue: contextOf(viewer) })
    expect(await begin(aViewer('viewer'))).toMatchObject({ errors: [{ message: 'Not to you.' }] })
    expect(await begin(undefined)).toMatchObject({ errors: [{ message: 'You are not signed in.' }] })
    const events = (await begin(aViewer('operator'))) as AsyncGenerator
    expect(await events.next()).toEqual({ done: false, value: { data: { events: 1 } } })
  })

  it('wraps refusals of mutations too', async () => {
    const seen: string[] = []
    const wrapMutation: MutationWrapper = (name, mutation) => async (parent, args, context, info) => {
      try {
        const result: unknown = await mutation(parent, args, context, info)
        seen.push(`${name} ${JSON.stringify(result)}`)
        return result
      } catch (error) {
        seen.push(`${name} ${(error as Error).message}`)
        throw error
      }
    }
    const audited = schemaWith(wrapMutation)
    await asked(aViewer('viewer'), 'mutation { write }', audited)
    await asked(aViewer('viewer'), 'mutation { remove(id: "you") }', audited)
    expect(seen).toEqual(['write 1', 'remove Only admins may do this.'])
  })

  it('stops where a subscription has no resolver', () => {
    const lone = buildASTSchema(document, { assumeValidSDL: true })
    expect(() => enforce(lone, readDeclarations(document))).toThrow('Subscription.events has no resolver.')
  })
})
