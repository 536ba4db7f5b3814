import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the functions' threads keep their compiled bundles, for the threads that come later. */
export interface CompileCache {
  readonly directory: string;
  stop(): Promise<void>;
}

/**
 * Makes a folder for one local cloud. Node's own would keep the bundles of every assembly that
 * ever ran, and assemblies come and go.
 */
export async function createCompileCache(): Promise<CompileCache> {
  const directory = await mkdtemp(join(tmpdir(), 'local-cloud-compiled-'));
  return { directory, stop: () => rm(directory, { recursive: true, force: true }) };
}
