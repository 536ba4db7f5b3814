import type { TestProject } from 'vitest/node';
import { launchChromium } from './launch-chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of all files listens. */
    readonly browser: string;
  }
}

/** Starts one browser for all test files. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await launchChromium();
  project.provide('browser', server.wsEndpoint());
  return () => server.close();
}
