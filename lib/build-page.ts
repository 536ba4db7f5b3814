import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PageConfig } from '../portal/src/page-config.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where the page's configuration stands in `portal/index.html`: a block of data, never run. */
const dataBlock = /(<script type="application\/json" id="page-config">)[^<]*(<\/script>)/;

/** The folder with the page as Vite built it; one build serves every stack of this process. */
let built: string | undefined;

/**
 * Hands `use` a folder with the page: what Vite makes of `portal/`, and the configuration in its
 * `index.html`. The folder is gone afterwards.
 *
 * @throws Error with Vite's own words where the page cannot be built.
 */
export function withPage<T>(config: PageConfig, use: (folder: string) => T): T {
  built ??= build();
  const folder = mkdtempSync(join(tmpdir(), 'backstop-page-'));
  try {
    cpSync(built, folder, { recursive: true });
    const file = join(folder, 'index.html');
    writeFileSync(file, writeConfig(readFileSync(file, 'utf8'), config));
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The document with the configuration in its data block.
 *
 * @throws Error where the document has no such block.
 */
export function writeConfig(html: string, config: PageConfig): string {
  if (!dataBlock.test(html)) {
    throw new Error(
      'portal/index.html has no <script type="application/json" id="page-config"> for the configuration: put it back.',
    );
  }
  // No text of the configuration can end the block: in JSON a `<` may be written like this.
  const json = JSON.stringify(config).replaceAll('<', '\\u003c');
  return html.replace(dataBlock, (_all, begin: string, end: string) => `${begin}${json}${end}`);
}

/** As a process of its own, because a synthesis cannot wait and Vite's interface is asynchronous. */
function build(): string {
  const folder = mkdtempSync(join(tmpdir(), 'backstop-built-page-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [vite, 'build', 'portal', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'],
    // Nothing else of the surroundings: the same sources make the same page, in a test run too,
    // where NODE_ENV would have Preact built with its checks.
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    },
  );
  if (error !== undefined)
    throw new Error('Vite could not be started: run npm ci.', { cause: error });
  if (status === 0) return folder;
  throw new Error(`The customer's page cannot be built:\n${stderr}${stdout}`.trim());
}
