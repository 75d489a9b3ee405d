// What clients can read by address: live characters and items, each as JSON.
import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceTemplate,
  ResourceNotFoundError,
  type McpServer,
} from '@modelcontextprotocol/server'
import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { GraphFault } from '../../graph/fault.ts'
import { characterLink } from '../links.ts'
import type { ToolGraph } from '../tool-graph.ts'
import { McpLivePlayersDocument } from '../tools/live-players.query.gen.ts'
import { McpPlayerStateDocument } from '../tools/player-state.query.gen.ts'
import { McpItemDocument } from './item.query.gen.ts'
import type { CharacterUpdates } from './updates.ts'

const JSON_TYPE = 'application/json'
const DEADLINE_MS = 25_000
const MAX_LISTED = 200
const MAX_WATCHED = 200

/** Nothing for a name or an id that does not exist. */
function orMissing(error: unknown): null {
  if (error instanceof GraphFault && error.code === 'NOT_FOUND') return null
  throw error
}

/** A part of an address as it is meant. @throws a refusal for one that is not percent-encoded as it should be */
function decoded(part: string | string[] | undefined): string {
  try {
    return decodeURIComponent(String(part))
  } catch {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The address is not percent-encoded as it should be.')
  }
}

/** Adds the resources. With `updates`, a client that subscribes to a character is notified when it changed. */
export function addResources(server: McpServer, graph: ToolGraph, updates: CharacterUpdates | null): void {
  const ask = <D, V extends Record<string, unknown>>(document: TypedDocumentNode<D, V>, variables: V) =>
    graph.ask(document, variables, AbortSignal.timeout(DEADLINE_MS))
  const json = (uri: URL, value: unknown) => ({
    contents: [{ uri: uri.href, mimeType: JSON_TYPE, text: JSON.stringify(value) }],
  })

  server.registerResource(
    'character',
    new ResourceTemplate('overlord://character/{name}', {
      async list() {
        const { characters } = await ask(McpLivePlayersDocument, { first: MAX_LISTED, after: null })
        return { resources: characters.nodes.map(({ name }) => ({ ...characterLink(name), mimeType: JSON_TYPE })) }
      },
      complete: {
        async name(typed) {
          const { characters } = await ask(McpLivePlayersDocument, { first: MAX_LISTED, after: null })
          const wanted = typed.toLowerCase()
          return characters.nodes.map(({ name }) => name).filter((name) => name.toLowerCase().startsWith(wanted))
        },
      },
    }),
    {
      title: 'Live character',
      description: 'State of a character now. Those online are listed; others can be read by name.',
      mimeType: JSON_TYPE,
    },
    async (uri, { name }) => {
      const wanted = { name: decoded(name) }
      const character = await ask(McpPlayerStateDocument, wanted).then(({ character }) => character, orMissing)
      if (!character) throw new ResourceNotFoundError(uri.href)
      return json(uri, character)
    },
  )
  server.registerResource(
    'item',
    new ResourceTemplate('overlord://item/{id}', { list: undefined }),
    { title: 'Item', description: 'An item by its id, as tools name it.', mimeType: JSON_TYPE },
    async (uri, { id }) => {
      const { item } = await ask(McpItemDocument, { id: decoded(id) })
      if (!item) throw new ResourceNotFoundError(uri.href)
      return json(uri, item)
    },
  )
  if (updates) notifySubscribers(server, updates)
}

/**
 * Notifies of every changed character, on a connection that stays open: the transport passes on what its client listens
 * to, in the revision 2026-07-28.
 */
export function notifyOfAll(server: McpServer, updates: CharacterUpdates): void {
  const { server: protocol } = server
  const stop = updates.listen((name) => {
    protocol.sendResourceUpdated({ uri: characterLink(name).uri }).catch(stop) // the client is gone
  })
  const before = protocol.onclose
  protocol.onclose = () => {
    stop()
    before?.()
  }
}

/** Subscriptions as the revisions of 2025 have them, on a connection that stays open. */
function notifySubscribers(server: McpServer, updates: CharacterUpdates): void {
  const watched = new Set<string>()
  let stop: (() => void) | null = null
  const end = () => {
    stop?.()
    stop = null
  }
  const { server: protocol } = server
  protocol.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
    if (watched.size >= MAX_WATCHED && !watched.has(uri))
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `At most ${MAX_WATCHED} resources can be watched at once.`,
      )
    watched.add(uri)
    stop ??= updates.listen((name) => {
      const changed = characterLink(name).uri
      if (!watched.has(changed)) return
      protocol.sendResourceUpdated({ uri: changed }).catch(end) // the client is gone
    })
    return {}
  })
  protocol.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
    watched.delete(uri)
    if (!watched.size) end()
    return {}
  })
  const before = protocol.onclose
  protocol.onclose = () => {
    end()
    before?.()
  }
}
