import { defineConfig } from 'vitest/config'

const conditions = ['internal', 'module', 'node', 'development|production']

/**
 * Tests see the inside of `api` (the export condition `internal`). Files run one after another:
 * all API tests of a run share one database.
 */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['**/*.test.{ts,tsx,mjs}'],
    exclude: ['**/node_modules/**', 'e2e/**', 'bench/**'],
    globalSetup: ['support/database-setup.ts'],
    fileParallelism: false,
    setupFiles: ['support/fixed-seed.ts'],
    // How long a failure may take, not how long a test should: machines may be busy.
    testTimeout: 180_000,
    hookTimeout: 300_000,
  },
})
