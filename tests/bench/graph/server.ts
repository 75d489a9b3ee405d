// A process that serves that world: as our gateway does, as others' do by themselves, or as little as can be.
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocketServer } from 'ws'
import { pump } from './pump.ts'
import { apollo } from './serve/apollo.ts'
import { bare } from './serve/bare.ts'
import { hive } from './serve/hive.ts'
import { ours } from './serve/ours.ts'
import { plain } from './serve/plain.ts'
import type { Serve } from './serve/serving.ts'
import { world, type Tick } from './world.ts'

export interface Served {
  as: 'ours' | 'hive' | 'apollo' | 'bare' | 'plain'
  gatherMs?: number
  /** Where each subgraph is, by its name; within, if nothing is said. */
  addresses?: Readonly<Record<string, string>>
}

const { as, gatherMs = 0, addresses = null } = JSON.parse(await text(process.stdin)) as Served
const graph = world()
const raw = new WebSocketServer({ noServer: true, perMessageDeflate: false })

function broadcast(event: Tick): void {
  const line = JSON.stringify({ id: '1', type: 'next', payload: { data: { ticks: event } } })
  for (const socket of raw.clients) socket.send(line)
}

const serve: Record<Served['as'], Serve> = { ours, hive, apollo, bare, plain: plain(raw) }
const control = pump(as === 'plain' ? broadcast : graph.publish, graph.executed)
const server = await serve[as]({ graph, addresses, gatherMs, control })
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
