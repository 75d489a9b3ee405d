import { startGateway } from '../../../../gateway/start.ts'
import { fixedSupergraph } from '../../../../gateway/graph/supergraph.ts'
import type { People } from '../../../../shared/auth/people.ts'
import { KEY, log, viewer } from './key.ts'
import { beside, type Serve } from './serving.ts'

const people = {
  viewerOfToken: (secret: string) => Promise.resolve(secret === 'bench' ? viewer : null),
  viewerOfSession: () => Promise.resolve(null),
  onChange: () => Promise.resolve(() => undefined),
  there: () => Promise.resolve(),
} as unknown as People

/** Our whole gateway. */
export const ours: Serve = async ({ graph, addresses, gatherMs, control }) => {
  const at = addresses && Object.fromEntries(Object.entries(addresses).map(([name, url]) => [name, [url]]))
  const door = await startGateway({
    supergraph: fixedSupergraph(graph.supergraph),
    subgraphs: at ? { at } : { inProcess: graph.subgraphs },
    people,
    edges: [],
    schemaTools: false,
    publicEye: null,
    key: KEY,
    origins: { allowed: [], publicUrl: undefined, trustProxy: false, allowedHosts: [] } as never,
    limits: { socketsPerAddress: 10_000, socketsPerViewer: 10_000, subscriptionsPerSocket: 50, operationSeconds: 30 },
    introspection: 'viewer',
    manifest: {},
    freeDocuments: 'viewer',
    webFolder: '/nowhere',
    iconsFolder: undefined,
    gatherMs,
    log,
  })
  return beside(control, (request, response) => void door.handle(request, response, '/graphql')).on(
    'upgrade',
    (request, socket, head) => void door.upgrade(request, socket, head, '/graphql'),
  )
}
