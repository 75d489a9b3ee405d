// What tests may import, and why some may more.
import { type Room } from './room.ts'

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

export const tests: Room = {
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
      of: ['tests/access'],
      mayImport: [
        'gateway/context.ts',
        'gateway/graph',
        'ingest/frames/registry.ts',
        'ingest/writer/testing',
        'shared/access',
        'shared/auth/viewer.ts',
        'shared/serve/schema-files.ts',
      ],
      because: 'every field is asked as everybody, by the executor of the gateway and within one process',
    },
    {
      of: ['tests/federation.test.ts', 'tests/subgraphs.ts'],
      mayImport: ['shared/auth/viewer.ts', 'shared/serve/schema-files.ts', 'shared/serve/subgraph.ts'],
      because: 'the types of what the start functions give',
    },
    {
      of: ['tests/grafana.test.ts'],
      mayImport: ['agent/legacy-api/figures.ts'],
      because: 'a dashboard may ask only for metrics that exist, and these are named there',
    },
    {
      of: ['tests/metrics.test.ts'],
      mayImport: ['agent/discord/channel-queue.ts', 'shared/serve/serve.ts'],
      because: 'it looks at the metrics that the code declares, those of the server among them',
    },
    {
      of: ['tests/e2e/mcp/conformance'],
      mayImport: ['agent/mcp-http', 'shared/serve/graph-access.ts'],
      because: 'the conformance suite needs tools of its own beside ours, and sends no token',
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
      mayImport: ['ingest/frames', 'ingest/intake', 'ingest/large', 'ingest/rows', 'ingest/spool', 'ingest/writer'],
      because: 'a disk and a database that fail are put beneath the real spool and writer',
    },
    {
      of: ['tests/e2e/suits'],
      mayImport: ['subgraphs/inventory/suit'],
      because: 'answers are checked against another solver by the same wishes',
    },
  ],
}
