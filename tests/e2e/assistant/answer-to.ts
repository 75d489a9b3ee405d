import type { TestPerson } from '../../../shared/testing/people.ts'
import { until } from '../../../shared/testing/until.ts'

export interface Turn {
  endedAt: string | null
  events: { kind: string; payload: Record<string, unknown> }[]
}

/** Asks in a new chat, and gives the events of the answer once it has ended. */
export async function answerTo(person: TestPerson, message: string): Promise<Turn['events']> {
  const { data } = await person.graph<{ createAssistantSession: { session: { id: string } } }>(
    'mutation { createAssistantSession { session { id } } }',
  )
  const { id } = data.createAssistantSession.session
  await person.graph('mutation ($input: AskInput!) { ask(input: $input) { turn { id } } }', {
    input: { sessionId: id, message },
  })
  let turn: Turn | undefined
  await until('it is answered', async () => {
    const { data } = await person.graph<{ assistantSession: { turns: { nodes: Turn[] } } }>(
      'query ($id: ID!) { assistantSession(id: $id) { turns { nodes { endedAt events { kind payload } } } } }',
      { id },
    )
    turn = data.assistantSession.turns.nodes[0]
    return Boolean(turn?.endedAt)
  })
  return turn!.events
}

export const textOf = (events: Turn['events']) =>
  events.map(({ kind, payload }) => (kind === 'TEXT' ? String(payload['text']) : '')).join('')
