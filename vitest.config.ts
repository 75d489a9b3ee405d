import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'
import { LongFirst } from './tests/long-first.ts'

// The suffix picks the runner: x.test.ts beside the code, x.e2e.ts in tests/ starts processes and a browser.
export default defineConfig({
  plugins: [vue(), icons({ compiler: 'vue3' })],
  // Two copies of graphql would make every GraphQLError of ours look foreign and be masked.
  resolve: { alias: { graphql: 'graphql/index.js' } },
  test: {
    include: process.env.E2E ? ['tests/**/*.e2e.ts'] : ['**/*.test.ts'],
    exclude: ['node_modules', 'dist', 'data'],
    globalSetup: ['shared/testing/ready-cluster.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Unit tests leave nothing behind in their process, so modules are loaded once for all; the others' are few.
    isolate: Boolean(process.env.E2E),
    sequence: { sequencer: LongFirst },
  },
})
