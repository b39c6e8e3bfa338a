import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Tests import graphql as ESM, its dependents as CommonJS; two copies of its classes refuse each other's objects.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    // One database serves the whole run, and each file begins by emptying it.
    fileParallelism: false,
    // Nor does a file need modules of its own: loading them anew takes longer than many a file's tests.
    isolate: false,
    // Tests that only read go side by side: one reckons while the database is at work for another.
    maxConcurrency: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    reporters: ['default', './test/support/closing-line-reporter.ts'],
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary'] },
  },
});
