import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** One project per kind of test; `vitest run --project unit` runs one of them. */
const project = (
  name: string,
  testTimeoutMs: number,
  options: { setupFiles?: string; globalSetup?: string | string[] } = {},
) => ({
  extends: true as const,
  test: {
    ...options,
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: testTimeoutMs,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    // A test that was left alone on purpose is a failure in CI and at home alike.
    allowOnly: false,
    passWithNoTests: false,
    // The tests with processes of their own wait for them a good part of their time: one worker
    // more than there are cores keeps the cores busy.
    maxWorkers: availableParallelism() + 1,
    // The files of a project share a process, and what they import is loaded once: loading the
    // AWS SDK, the CDK or zod anew for each file took as long as many of the tests themselves. No
    // file changes what another imports; mocks and clocks are put back by the test that set them.
    isolate: false,
    projects: [
      project('unit', 30_000, {
        setupFiles: 'test/unit/setup.ts',
        globalSetup: 'test/unit/local-cloud/fixtures/setup.ts',
      }),
      project('contract', 30_000),
      project('stack', 120_000),
      // One synthesis for all files; each starts its own local cloud on it.
      project('journey', 120_000, { globalSetup: 'test/journey/setup.ts' }),
      project('simulation', 120_000),
      // Every fixture of Stripe's own CLI, each against a local Stripe of its own.
      project('stripe-cli', 30_000),
      // The local cloud as above, and one browser for all files.
      project('browser', 120_000, {
        globalSetup: ['test/journey/setup.ts', 'test/browser/setup.ts'],
      }),
    ],
  },
});
