/**
 * Where mutants must be killed by unit tests: folders of code, and the tests that may kill them. `database`: some of
 * those tests use Postgres.
 */
export const AREAS = [
  { folder: 'shared/access', tests: ['shared/access/*.test.ts'], database: true },
  {
    folder: 'shared/auth',
    // The rest is written against Postgres alone, and proven by tests/e2e/guard.
    files: ['viewer', 'passport', 'tries', 'secrets', 'address'].map((file) => `shared/auth/${file}.ts`),
    tests: ['shared/auth/*.test.ts'],
    database: true,
  },
  { folder: 'gateway/sign-in', tests: ['gateway/sign-in/*.test.ts'] },
  { folder: 'gateway/plugins', tests: ['gateway/plugins/*.test.ts'] },
  { folder: 'gateway/documents', tests: ['gateway/documents/*.test.ts'] },
  { folder: 'gateway/declared', tests: ['gateway/declared/*.test.ts'] },
  { folder: 'ingest/alerts', tests: ['ingest/alerts/*.test.ts'], database: true },
  { folder: 'ingest/frames', tests: ['ingest/frames/**/*.test.ts'], database: true },
  { folder: 'subgraphs/inventory/suit', tests: ['subgraphs/inventory/suit/**/*.test.ts'], database: true },
]
