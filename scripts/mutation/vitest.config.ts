// How the mutation runner (scripts/mutation/main.js) runs unit tests: those of one part of an area, again for each
// mutant.
import { defineConfig } from 'vitest/config'

const { MUTATION_TESTS = '[]', MUTATION_DATABASE } = process.env

export default defineConfig({
  // As in the vitest.config.ts of the root.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    include: JSON.parse(MUTATION_TESTS) as string[],
    exclude: ['node_modules', 'dist', 'data'],
    globalSetup: MUTATION_DATABASE ? ['shared/testing/ready-server.ts'] : [],
    isolate: false,
    testTimeout: 8_000,
    hookTimeout: 60_000,
  },
})
