// The one list of rooms, used to start, compose, check, test and lint them; docs/adding.md describes a new entry.
// Nothing is loaded until it is asked for: the lint and the build read this file too.
import './shared/serve/production.ts'
import { AGENT, agentRooms } from './agent/rooms.ts'
import { gatewayRooms } from './gateway/rooms.ts'
import { INGEST, ingestRooms } from './ingest/rooms.ts'
import { libraries } from './shared/rooms/libraries.ts'
import { BROKER, GATEWAY, INSIDE, OUTSIDE, POSTGRES, STORES, startsProcess, type Room } from './shared/rooms/room.ts'
import type { StartEdge } from './shared/serve/graph-access.ts'
import type { StartSubgraph, SubgraphRoom } from './shared/serve/subgraph-room.ts'
import type { RoomWithPort } from './shared/settings/room-ports.ts'
import type { Settings } from './shared/settings/setting.ts'
import { tests } from './shared/rooms/tests.ts'
import { dashboard, webRooms } from './shared/rooms/dashboard.ts'

interface SubgraphEntry<S extends Settings> {
  /** The folder in `subgraphs/`, and its name in the graph. */
  name: string
  port: number
  start: () => Promise<StartSubgraph<S>>
  settings?: () => Promise<S>
}

/** An entry of a subgraph: `<NAME>_PORT` and `<NAME>_URL` are its settings everywhere. */
function subgraphRoom<S extends Settings = Record<never, never>>(entry: SubgraphEntry<S>): SubgraphRoom & Room {
  const settings = entry.settings ?? (() => Promise.resolve({} as S))
  return {
    name: entry.name,
    folder: `subgraphs/${entry.name}`,
    kind: 'subgraph',
    mayImport: INSIDE,
    testsMayImport: ['shared/testing'],
    banned: BROKER,
    exceptions: [startsProcess(`subgraphs/${entry.name}/main.ts`)],
    port: { setting: `${entry.name.toUpperCase()}_PORT`, fallback: entry.port },
    settings,
    load: entry.start,
    async start(host, env) {
      const { readConfig } = await import('./shared/settings/setting.ts')
      return (await entry.start())(host, readConfig(await settings(), env))
    },
  }
}

/** The parts of the graph, in the order they are started and composed in. */
export const subgraphs: readonly (SubgraphRoom & Room)[] = [
  subgraphRoom({
    name: 'telemetry',
    port: 4011,
    start: async () => (await import('./subgraphs/telemetry/start.ts')).startTelemetry,
    settings: async () => (await import('./subgraphs/telemetry/settings.ts')).settings,
  }),
  subgraphRoom({
    name: 'inventory',
    port: 4012,
    start: async () => (await import('./subgraphs/inventory/start.ts')).startInventory,
  }),
  subgraphRoom({
    name: 'combat',
    port: 4013,
    start: async () => (await import('./subgraphs/combat/start.ts')).startCombat,
  }),
  subgraphRoom({
    name: 'guild',
    port: 4014,
    start: async () => (await import('./subgraphs/guild/start.ts')).startGuild,
    settings: async () => (await import('./subgraphs/guild/settings.ts')).settings,
  }),
  subgraphRoom({
    name: 'mindseye',
    port: 4017,
    start: async () => (await import('./subgraphs/mindseye/start.ts')).startMindsEye,
  }),
  subgraphRoom({
    name: 'tabletop',
    port: 4018,
    start: async () => (await import('./subgraphs/tabletop/start.ts')).startTabletop,
  }),
  // A further subgraph goes above this line.
]

export const ingest = {
  name: 'ingest',
  folder: 'ingest',
  kind: 'ingest',
  mayImport: [...INSIDE, ...INGEST.map((folder) => `ingest/${folder}`)],
  testsMayImport: ['shared/testing'],
  banned: BROKER,
  isShallow: true,
  exceptions: [startsProcess('ingest/main.ts')],
  port: { setting: 'INGEST_PORT', fallback: 4001 } as const,
  start: async () => (await import('./ingest/start.ts')).startIngest,
  settings: async () => (await import('./ingest/settings.ts')).settings,
} satisfies Room & RoomWithPort & Record<string, unknown>

export const gateway = {
  name: 'gateway',
  folder: 'gateway',
  kind: 'gateway',
  mayImport: [
    ...GATEWAY,
    'gateway/declared',
    'gateway/documents',
    'gateway/edge',
    'gateway/graph',
    'gateway/plugins',
    'gateway/sign-in',
  ],
  banned: STORES,
  isShallow: true,
  exceptions: [
    startsProcess('gateway/main.ts'),
    {
      of: ['gateway/compose.ts'],
      mayImport: ['rooms.ts', 'shared/access'],
      because: 'it composes the subgraphs of the list and writes their table of access',
    },
  ],
  port: { setting: 'GATEWAY_PORT', fallback: 4000 } as const,
  start: async () => (await import('./gateway/start.ts')).startGateway,
  settings: async () => {
    const { settings, ownSettings } = await import('./gateway/settings.ts')
    return { ...settings, ...ownSettings }
  },
} satisfies Room & RoomWithPort & Record<string, unknown>

/** Rooms that answer further addresses and protocols from the graph, in the gateway's process. */
export const edges: readonly (Room & { start: () => Promise<StartEdge> })[] = [
  {
    folder: 'agent/legacy-api',
    kind: 'client',
    mayImport: [...OUTSIDE, 'agent/graph'],
    banned: STORES,
    start: async () => (await import('./agent/legacy-api/start.ts')).startLegacyApi,
  },
  {
    folder: 'agent/public-eye',
    kind: 'client',
    mayImport: [...OUTSIDE, 'agent/graph'],
    testsMayImport: ['shared/testing'],
    banned: STORES,
    start: async () => (await import('./agent/public-eye/start.ts')).startPublicEye,
  },
  {
    folder: 'agent/mcp-http',
    kind: 'client',
    mayImport: [...OUTSIDE, 'agent/graph', 'agent/mcp'],
    testsMayImport: ['shared/testing', 'shared/db'],
    banned: STORES,
    start: async () => (await import('./agent/mcp-http/start.ts')).startMcpHttp,
  },
]

/** Loads the edge rooms, for the gateway that hosts them. */
export const loadEdges = (): Promise<StartEdge[]> => Promise.all(edges.map(({ start }) => start()))
// Acts for somebody, as a client of the graph: it knows no tables, no broker and no people.
export const agent = {
  name: 'agent',
  folder: 'agent',
  kind: 'client',
  mayImport: [...OUTSIDE, ...AGENT],
  isShallow: true,
  banned: STORES,
  exceptions: [startsProcess('agent/main.ts')],
  port: { setting: 'AGENT_PORT', fallback: 4016 } as const,
  start: async () => (await import('./agent/start.ts')).startAgent,
  settings: async () => {
    const { settings, switches } = await import('./agent/settings.ts')
    const discord = await import('./agent/discord/settings.ts')
    return { ...settings, ...switches, ...discord.settings }
  },
} satisfies Room & RoomWithPort & Record<string, unknown>

/** Rooms that can run as processes of their own, in the order they are started. */
export const processes: readonly (Room & RoomWithPort & { name: string })[] = [ingest, ...subgraphs, gateway, agent]

/** A subgraph by its name. Throws for one that is not in the list. */
export function subgraph(name: string): SubgraphRoom & Room {
  const found = subgraphs.find((room) => room.name === name)
  if (!found) throw new Error(`rooms.ts has no subgraph ${name}.`)
  return found
}

const root: Room = {
  folder: '.',
  kind: 'root',
  mayImport: ['*'],
  files: [
    'all-settings.ts',
    'codegen.ts',
    'demo.ts',
    'doctor.ts',
    'eslint.config.js',
    'overlord.ts',
    'rooms.ts',
    'settings.ts',
    'vitest.config.ts',
  ],
  settings: async () => (await import('./settings.ts')).settings,
}

/** Every folder with code in it. The lint refuses files of a folder that is not here. */
export const rooms: readonly Room[] = [
  root,
  ...libraries,
  ingest,
  ...ingestRooms,
  { folder: 'ingest/simulator', kind: 'simulator', mayImport: ['shared/contract', 'shared/world'], banned: POSTGRES },
  {
    folder: 'ingest/past',
    kind: 'tools',
    mayImport: [...INSIDE, ...INGEST.map((folder) => `ingest/${folder}`), 'ingest/simulator'],
    testsMayImport: ['shared/testing'],
    banned: BROKER,
  },
  ...subgraphs,
  gateway,
  ...gatewayRooms,
  ...edges,
  agent,
  ...agentRooms,
  { ...dashboard('web'), mayImport: ['shared/world'], isShallow: true },
  { ...dashboard('web/graphiql'), mayImport: [], testsMayImport: ['gateway/api.graphql'] },
  { ...dashboard('web/src'), mayImport: ['web/src/app', 'web/src/language'], isShallow: true },
  ...webRooms,
  tests,
  { folder: 'scripts', kind: 'tools', mayImport: ['rooms.ts', 'vitest.config.ts', 'shared/rooms', 'shared/settings'] },
]
