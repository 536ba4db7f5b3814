import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { framePath, releaseTrain } from './paths.ts';

/** The scripts as browsers take them. */
export interface Scripts {
  /** Loaded by the pages of businesses, which find `Stripe` in their window. */
  readonly stripeJs: string;
  /** The module of the frame with the fields. */
  readonly frame: string;
}

const options: BuildOptions = {
  absWorkingDir: fileURLToPath(new URL('browser', import.meta.url)),
  bundle: true,
  write: false,
  platform: 'browser',
  target: 'es2023',
  legalComments: 'none',
  logLevel: 'silent',
  define: { FRAME_PATH: JSON.stringify(framePath), RELEASE_TRAIN: JSON.stringify(releaseTrain) },
};

/** @throws esbuild's list of errors when something does not build. */
export async function buildScripts(): Promise<Scripts> {
  const [stripeJs, frame] = await Promise.all([
    scriptOf({ entryPoints: ['stripe.ts'], format: 'iife' }),
    scriptOf({ entryPoints: ['frame/main.tsx'], format: 'esm' }),
  ]);
  return { stripeJs, frame };
}

async function scriptOf(own: BuildOptions): Promise<string> {
  const { outputFiles = [] } = await build({ ...options, ...own });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild made no script.');
  return file.text;
}
