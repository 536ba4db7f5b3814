import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packedChromium, { inflate } from '@sparticuz/chromium';
import { type BrowserServer, chromium } from 'playwright-core';

/**
 * Starts a headless Chromium that tests connect to, on this machine's loopback address alone:
 * on Linux the one that npm installed, elsewhere the installed Chrome.
 */
export async function launchChromium(): Promise<BrowserServer> {
  const isPacked = process.platform === 'linux' && process.arch === 'x64';
  return chromium.launchServer({
    host: '127.0.0.1',
    args: ['--no-sandbox'],
    ...(isPacked ? await unpackedChromium() : { channel: 'chrome' }),
  });
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** The packed Chromium with its own libraries and fonts, so that every Linux shows the same. */
async function unpackedChromium() {
  const folder = join(cache, `chromium-${await packedVersion()}`);
  if (!existsSync(folder)) await unpack(folder);
  const libraries = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH ?? ''];
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: libraries.filter((path) => path !== '').join(':'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

const require = createRequire(import.meta.url);
/** The package exports its entry only, `build/index.js`. */
const packageFolder = join(dirname(require.resolve('@sparticuz/chromium')), '..');

async function packedVersion(): Promise<string> {
  const text = await readFile(join(packageFolder, 'package.json'), 'utf8');
  // Every package of npm has a version.
  return (JSON.parse(text) as { version: string }).version;
}

/**
 * Unpacks beside the place and moves it there whole: a run that was stopped leaves no half
 * browser, and two runs at once do not write into each other's.
 */
async function unpack(folder: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const unpacked = await mkdtemp(join(cache, 'chromium-'));
  await inTemporaryFolder(unpacked, async () => {
    await packedChromium.executablePath();
    await inflate(join(packageFolder, 'bin', 'al2023.tar.br'));
  });
  const fonts = join(unpacked, 'fonts', 'fonts.conf');
  const settings = await readFile(fonts, 'utf8');
  await writeFile(fonts, settings.replaceAll('/tmp/', `${folder}/`));
  try {
    await rename(unpacked, folder);
  } catch (error) {
    await rm(unpacked, { recursive: true });
    // Another run was first.
    if (!existsSync(folder)) throw error;
  }
}

/** The package unpacks into the temporary folder and takes no other. */
async function inTemporaryFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}
