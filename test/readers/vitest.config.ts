import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/**
 * What needs the readers of others: `npx vitest run --config test/readers/vitest.config.ts`, with CONCORDAT_READERS the
 * folder of a Python environment that holds `requirements.txt` and of `gephi-toolkit.jar`, and Graphviz on the PATH. `prepare`
 * makes that folder.
 */
export default defineConfig({
  ...base,
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: { ...base.test, include: ['test/readers/*.reader.ts'], testTimeout: 300_000, hookTimeout: 300_000 },
});
