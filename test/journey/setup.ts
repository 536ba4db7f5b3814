import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { demoConfiguration } from '../../local/start/demo-configuration.ts';
import { synthesize } from '../../local/start/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the synthesized stack, made once for all files. */
    readonly assembly: string;
  }
}

/** Synthesizes the stack once; every test file starts its own local cloud on it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const assembly = await mkdtemp(join(tmpdir(), 'backstop-journey-'));
  await synthesize(assembly, demoConfiguration);
  project.provide('assembly', assembly);
  return () => rm(assembly, { recursive: true, force: true });
}
