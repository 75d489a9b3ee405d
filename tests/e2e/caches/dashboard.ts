// The dashboard's documents as they are sent, and what their variables may be.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql'

const WEB = path.join(import.meta.dirname, '..', '..', '..', 'web', 'src')
const MANIFEST = path.join(WEB, '..', '..', 'gateway', 'generated', 'documents.json')

export type Variables = Record<string, unknown>
export interface Asked {
  name: string
  document: DocumentNode
  variables: Variables
}

/** What documents about one character are asked with. */
export interface Subject {
  character: string
  item: string
  session: string
  /** A game session of the viewer. */
  game: string
}

const operationOf = (document: DocumentNode) =>
  document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION) as OperationDefinitionNode

/** The dashboard's queries or subscriptions as they are sent: with all their fragments. */
export function dashboardDocuments(kind: 'query' | 'subscription'): { name: string; document: DocumentNode }[] {
  const names = new Set(
    readdirSync(WEB, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith(`.${kind}.graphql`))
      .map((file) => new RegExp(`${kind} (\\w+)`).exec(readFileSync(path.join(WEB, file), 'utf8'))![1]!),
  )
  return Object.values(JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, string>).flatMap((text) => {
    const document = parse(text)
    const name = operationOf(document).name!.value
    return names.has(name) ? [{ name, document }] : []
  })
}

/** Values for the variables of a document about one character. */
export function variablesOf(
  document: DocumentNode,
  { character, item, session, game }: Subject,
  others: string[],
): Variables {
  const { name, variableDefinitions = [] } = operationOf(document)
  const isOfGame = name!.value.startsWith('GameWindow')
  const wishes = { server: item.split(':')[0], timeLimitSeconds: 1 }
  const known: Variables = {
    character,
    name: character,
    text: 'a',
    first: 20,
    list: 'items',
    at: new Date().toISOString(),
    since: new Date(Date.now() - 3_600_000).toISOString(),
    until: new Date().toISOString(),
    world: 'demo',
    traceSession: '1',
    metric: 'KILLS',
    radius: 16,
    points: 60,
    landblock: '01E9',
    where: { characters: [character] },
    characters: [character],
    id: name!.value.startsWith('Assistant') ? session : isOfGame ? game : item,
    sessionId: isOfGame ? game : session,
    format: 'JSONL',
    input: name!.value.includes('Joint')
      ? { wishes, wearers: [character, ...others].map((wearer) => ({ wearer })) }
      : { ...wishes, wearer: character },
  }
  return Object.fromEntries(
    variableDefinitions.map(({ variable, type }) => {
      const text = type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.NAMED_TYPE ? type.type.name.value : ''
      return [variable.name.value, text === 'Boolean' ? true : (known[variable.name.value] ?? null)]
    }),
  )
}
