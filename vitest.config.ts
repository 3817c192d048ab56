import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { replaceGraphqlTags } from './test/clients/relay/replace-graphql-tags.ts'

const node = {
  environment: 'node' as const,
  // The files of one worker share what they import: that took longer than most of their tests. So a file leaves nothing behind in its process.
  isolate: false,
  restoreMocks: true,
  testTimeout: 90_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 20_000 } },
}

/** These prove nothing that the database could decide; every other integration test runs on both. */
const onEmbeddedOnly = [
  'before-first-token',
  'check-support',
  'crawl',
  'engines',
  'escalation',
  'generators',
  'hand-over',
  'injections',
  'invisible-text',
  'knowledge-steps',
  'ollama',
  'permissions',
  'prompt-prefix',
  'protocols',
  'statement-counts',
  'ranking',
].map((name) => `test/integration/${name}.test.ts`)

export default defineConfig({
  // Node resolves graphql to its CommonJS file, Vite to its ES module; two copies of it do not know each other's errors.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(new URL('node_modules/graphql/index.js', import.meta.url)) }] },
  test: {
    // PGlite is WebAssembly with a large heap: many at once can crash.
    maxWorkers: 2,
    projects: [
      { test: { ...node, name: 'unit', include: ['src/**/*.test.ts', 'bench/**/*.test.ts', 'bin/**/*.test.ts', 'test/*.test.ts'] } },
      {
        plugins: [replaceGraphqlTags],
        test: {
          ...node,
          name: 'embedded',
          include: ['test/integration/**/*.test.ts', 'test/attacks/**/*.test.ts', 'test/clients/**/*.test.ts'],
          globalSetup: 'test/support/set-up-embedded.ts',
        },
      },
      {
        test: {
          ...node,
          name: 'postgres',
          include: ['test/integration/**/*.test.ts'],
          exclude: onEmbeddedOnly,
          globalSetup: 'test/support/set-up-postgres.ts',
        },
      },
      {
        test: {
          ...node,
          name: 'process',
          include: ['test/process/**/*.test.ts'],
          globalSetup: 'test/support/set-up-embedded.ts',
          testTimeout: 120_000,
        },
      },
      { test: { ...node, name: 'e2e', include: ['test/e2e/**/*.spec.ts'], testTimeout: 120_000 } },
    ],
  },
})
