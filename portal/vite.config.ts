import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** What the content security policy of the page lets in: files of its own, nothing inline. */
export default defineConfig({
  plugins: [preact()],
  // Loopback alone, as for every port of this project.
  server: { host: '127.0.0.1' },
  build: {
    target: 'es2022',
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
