import type { TestProject } from 'vitest/node';
import { demoConfiguration } from '../../local/start/demo-configuration.ts';
import { openSynthesizedStack } from '../../local/start/synthesized-stack.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the synthesized stack, one for all files. */
    readonly assembly: string;
  }
}

const nobody = { begins: () => undefined, isReused: () => undefined };

/**
 * Opens the stack that `npm start` runs; every test file starts its own local cloud on it. It is
 * kept where `npm start` keeps it: projects, and runs, between which nothing of it has changed share
 * one synthesis.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { directory, remove } = await openSynthesizedStack(demoConfiguration, nobody);
  project.provide('assembly', directory);
  return remove;
}
