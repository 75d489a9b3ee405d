// How the mutation runner (scripts/mutation/main.js) runs unit tests: those of one area, started again for each mutant.
import { defineConfig, mergeConfig } from 'vitest/config'
import unit from '../../vitest.config.ts'

const { MUTATION_TESTS = '[]', MUTATION_DATABASE } = process.env

export default mergeConfig(
  {
    ...unit,
    test: { ...unit.test, include: [], globalSetup: MUTATION_DATABASE ? ['shared/testing/ready-server.ts'] : [] },
  },
  defineConfig({
    test: { include: JSON.parse(MUTATION_TESTS) as string[], isolate: false, testTimeout: 8_000, hookTimeout: 60_000 },
  }),
)
