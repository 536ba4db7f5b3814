import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Says why. */
const nodeHttp = './functions/runtime/node-http.ts';

/** The rooms of `functions/` that hold a handler. */
export const rooms = [
  'stripe-webhook',
  'retry',
  'sweep',
  'reconcile',
  'remind',
  'notify',
  'mail-events',
  'sign-in',
  'customer-api',
  'staff-api',
] as const;

export type Room = (typeof rooms)[number];

export interface Bundle {
  readonly source: Uint8Array;
  /** How many bytes of the bundle came from each source file, by path from the project's root. */
  readonly bytesByFile: Readonly<Record<string, number>>;
}

export type Bundles = Readonly<Record<Room, Bundle>>;

/**
 * Bundles each room as a single ES module, its AWS SDK included: so the version that was tested
 * is the version that runs. All in one go, which parses what they share once.
 *
 * @throws esbuild's list of errors when something does not build.
 */
export function bundleRooms(): Bundles {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: rooms.map((room) => ({ in: `functions/${room}/handler.ts`, out: room })),
    // Nothing is written there; esbuild names its results by it.
    outdir: 'cdk.out',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Packages that ship ES modules shrink to what is used; `main` would bring them whole.
    mainFields: ['module', 'main'],
    alias: { http: nodeHttp, 'node:http': nodeHttp },
    minify: true,
    // Names stay in stack traces and errors. Source maps would give lines too, but for a second
    // megabyte to load, and 20 ms more of every cold start.
    keepNames: true,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const bundleOf = (room: Room): Bundle => {
    const name = `cdk.out/${room}.mjs`;
    const file = outputFiles.find(({ path }) => path === join(root, name));
    const output = metafile.outputs[name];
    if (file === undefined || output === undefined) throw new Error(`esbuild made no ${name}.`);
    const bytes = Object.entries(output.inputs).map(([path, input]) => [path, input.bytesInOutput]);
    return { source: file.contents, bytesByFile: Object.fromEntries(bytes) };
  };
  return {
    'stripe-webhook': bundleOf('stripe-webhook'),
    retry: bundleOf('retry'),
    sweep: bundleOf('sweep'),
    reconcile: bundleOf('reconcile'),
    remind: bundleOf('remind'),
    notify: bundleOf('notify'),
    'mail-events': bundleOf('mail-events'),
    'sign-in': bundleOf('sign-in'),
    'customer-api': bundleOf('customer-api'),
    'staff-api': bundleOf('staff-api'),
  };
}

let bundles: Bundles | undefined;

/** The rooms' bundles; one bundling serves every stack of this process. */
export const bundlesForStacks = (): Bundles => {
  bundles ??= bundleRooms();
  return bundles;
};

/**
 * Hands `use` a bundle as the code of a function, in a file `index.mjs`, with other files beside
 * it. CDK copies it into
 * `cdk.out` when the function is made; its hash comes from the bundle, so that an unchanged
 * function is not deployed again.
 */
export function withCode<T>(
  bundle: Bundle,
  files: Readonly<Record<string, string>>,
  use: (code: Code) => T,
): T {
  const directory = mkdtempSync(join(tmpdir(), 'backstop-bundle-'));
  try {
    writeFileSync(join(directory, 'index.mjs'), bundle.source);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(directory, name), content);
    }
    return use(Code.fromAsset(directory));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
