// A process with that world's subgraphs, each at a path of its own, for gateways of other processes.
import type { AddressInfo } from 'node:net'
import type { Door } from '../../../shared/serve/door.ts'
import { subgraphDoor } from '../../../shared/serve/subgraph-door.ts'
import { pump } from './pump.ts'
import { KEY, log } from './serve/key.ts'
import { beside } from './serve/serving.ts'
import { world } from './world.ts'

const graph = world()
const doors = new Map<string, Door>(
  await Promise.all(
    graph.subgraphs.map(
      async (subgraph) => [`/${subgraph.name}`, await subgraphDoor({ subgraph, key: KEY, log })] as const,
    ),
  ),
)
const server = beside(
  pump(graph.publish, graph.executed),
  (request, response) => void doors.get(request.url!)!.handle(request, response, '/graphql'),
)
server.on('upgrade', (request, socket, head) => doors.get(request.url!)!.upgrade(request, socket, head, '/graphql'))
server.keepAliveTimeout = 600_000 // who asks is measured in turns, and keeps connections meanwhile
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
