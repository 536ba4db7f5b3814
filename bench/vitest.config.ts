import { defineConfig } from 'vitest/config';

/** `npm run bench`: ratios within one run, read by a person and asserted nowhere. */
export default defineConfig({ test: { benchmark: { include: ['bench/**/*.bench.ts'] } } });
