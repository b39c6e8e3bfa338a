import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/**
 * What needs a Docker engine: `CONCORDAT_DATABASE=docker npx vitest run --config test/containers/vitest.config.ts`. The
 * engine's own tests, and those of the store on a database by testcontainers.
 */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    ...base.test,
    include: ['test/containers/*.engine.ts', 'test/integration/{cases,writing}.test.ts'],
  },
});
