import { defineConfig } from 'vite';

/** The explorer: static files in `dist/explorer`, which the server serves below `/explore`. */
export default defineConfig({
  root: 'src/explorer',
  base: '/explore/',
  // Nothing stands inline in the page: its policy would not let it run.
  build: {
    outDir: '../../dist/explorer',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  worker: { format: 'es' },
  logLevel: 'warn',
});
