/** What stores frames: it consists of statements. */
const STORING = ['ingest/frames/**/writer.ts', 'ingest/frames/telemetry/tallies.ts', 'ingest/frames/inventory/items.ts']

/**
 * Where mutants must be killed by unit tests. Of each area: its folder, and its parts, which are files (patterns; those
 * that begin with `!` are left out) and the tests that may kill their mutants. `database`: these tests use Postgres,
 * which takes seconds for each mutant; so files that can do without are parts of their own. `slow`: only run by
 * `--slow`, since the tests take half a minute.
 */
export const AREAS = [
  {
    folder: 'shared/access',
    parts: [
      {
        files: ['shared/access/*.ts', ...without(['ownership', 'conditions', 'character-settings'])],
        tests: ['access-table', 'declarations', 'enforce', 'place', 'privacy', 'roles', 'row-rules'].map(testOfAccess),
      },
      ...['ownership', 'conditions', 'character-settings'].map((name) => ({
        files: [`shared/access/${name}.ts`],
        tests: [testOfAccess(name)],
        database: true,
      })),
    ],
  },
  {
    folder: 'shared/auth',
    // The rest is written against Postgres alone, and proven by tests/e2e/guard.
    parts: [
      {
        files: ['viewer', 'signed-viewer', 'signed-json', 'secrets', 'address'].map((name) => `shared/auth/${name}.ts`),
        tests: ['viewer', 'auth', 'signed-json', 'secrets', 'address'].map((name) => `shared/auth/${name}.test.ts`),
      },
      { files: ['shared/auth/login-throttle.ts'], tests: ['shared/auth/login-throttle.test.ts'], database: true },
    ],
  },
  ...['gateway/sign-in', 'gateway/documents', 'gateway/declared'].map(whole),
  {
    folder: 'gateway/plugins',
    // use-errors.test.ts starts the whole runtime, which takes seconds.
    parts: [{ files: ['gateway/plugins/*.ts'], tests: ['gateway/plugins/!(use-errors).test.ts'] }],
  },
  {
    folder: 'ingest/alerts',
    parts: [
      {
        files: ['client-clock', 'episodes', 'watch-rows', 'watched'].map((name) => `ingest/alerts/${name}.ts`),
        tests: ['rules', 'client-clock', 'episodes', 'watch-rows'].map((name) => `ingest/alerts/${name}.test.ts`),
      },
      {
        files: ['rules', 'memory'].map((name) => `ingest/alerts/${name}.ts`),
        tests: ['rules', 'memory', 'watch-rows'].map((name) => `ingest/alerts/${name}.test.ts`),
        database: true,
      },
      ...['absence', 'raise', 'recall'].map((name) => ({
        files: [`ingest/alerts/${name}.ts`],
        tests: [`ingest/alerts/${name}.test.ts`],
        database: true,
      })),
    ],
  },
  {
    folder: 'ingest/frames',
    parts: [
      {
        files: ['ingest/frames/**/*.ts', ...STORING.map((file) => `!${file}`)],
        tests: ['ingest/frames/**/!(merge|plans).test.ts'],
      },
      {
        files: STORING,
        tests: [
          'ingest/writer/derived.test.ts',
          'ingest/writer/history.test.ts',
          'ingest/frames/inventory/merge.test.ts',
        ],
        database: true,
        slow: true,
      },
    ],
  },
  {
    folder: 'subgraphs/inventory/suit',
    parts: [
      {
        // What decides. The rest carries questions and answers between the graph, threads and the database.
        files: [
          'subgraphs/inventory/suit/solver/*.ts',
          ...['cantrip-bits', 'compile', 'conflict', 'places', 'suit', 'swaps', 'verify', 'wardrobe', 'worth'].map(
            (name) => `subgraphs/inventory/suit/${name}.ts`,
          ),
        ],
        // Those that need a second: suit.test.ts asks an independent solver.
        tests: [
          'places',
          'small-suits',
          'warm',
          'swaps',
          'conflict',
          'worth',
          'solver/incumbent',
          'solver/dominance',
        ].map((name) => `subgraphs/inventory/suit/${name}.test.ts`),
      },
    ],
  },
]

/** A folder as one part: its files and the tests beside them. */
function whole(folder) {
  return { folder, parts: [{ files: [`${folder}/**/*.ts`], tests: [`${folder}/**/*.test.ts`] }] }
}

function testOfAccess(name) {
  return `shared/access/${name}.test.ts`
}

function without(names) {
  return names.map((name) => `!shared/access/${name}.ts`)
}
