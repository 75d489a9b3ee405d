// People of an instance under test: accounts created by its admin, signed in as a browser would.
import type { Client } from 'graphql-ws'
import { graphClient, openFeed, type Feed } from './feed.ts'
import type { Answer, TestOverlord } from './start-overlord.ts'

export interface TestPerson extends AsyncDisposable {
  id: string
  name: string
  /** Cookie header of the session. */
  cookie: string
  /** Asks the graph; refusals come in `errors`. */
  graph<T = never>(query: string, variables?: Record<string, unknown>): Promise<Answer<T>>
  /** Code of the refusal; null when it was answered. */
  code(query: string, variables?: Record<string, unknown>): Promise<string | null>
  feed<T>(query: string, field: string, variables?: Record<string, unknown>): Feed<T>
  /** The same person with another browser. */
  again(agent?: string): Promise<TestPerson>
}

const PASSWORD = 'a password for people in tests'

/** Signs in; gives the cookie header. */
export async function signIn(url: string, username: string, password = PASSWORD, agent = 'a browser'): Promise<string> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': agent },
    body: JSON.stringify({ username, password }),
  })
  if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status} ${await answer.text()}`)
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

/** Makes an account and signs in with it. */
export async function aPerson(overlord: TestOverlord, name: string, role: string = 'VIEWER'): Promise<TestPerson> {
  const { data } = await overlord.graph<{ createUser: { user: { id: string } } }>(
    `mutation ($name: String!, $password: String!, $role: Role!) {
      createUser(input: { username: $name, password: $password, role: $role }) { user { id } }
    }`,
    { name, password: PASSWORD, role },
  )
  return personWith(overlord, data.createUser.user.id, name, await signIn(overlord.url, name))
}

function personWith(overlord: TestOverlord, id: string, name: string, cookie: string): TestPerson {
  let client: Client | undefined
  const person: TestPerson = {
    id,
    name,
    cookie,
    graph: (query, variables = {}) => overlord.graph(query, variables, { headers: { cookie }, mayFail: true }),
    async code(query, variables) {
      const { errors } = await person.graph(query, variables)
      return errors?.[0]?.extensions?.code ?? (errors ? 'none' : null)
    },
    feed(query, field, variables) {
      client ??= graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, undefined, { cookie })
      return openFeed(client, query, field, variables)
    },
    again: async (agent) => personWith(overlord, id, name, await signIn(overlord.url, name, PASSWORD, agent)),
    async [Symbol.asyncDispose]() {
      await client?.dispose()
    },
  }
  return person
}
