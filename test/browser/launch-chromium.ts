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
 * @throws {Error} where it has no fonts: every picture and every look at a page would be blank.
 */
export async function launchChromium(): Promise<BrowserServer> {
  const isPacked = process.platform === 'linux' && process.arch === 'x64';
  const server = await chromium.launchServer({
    host: '127.0.0.1',
    args: ['--no-sandbox'],
    ...(isPacked ? await unpackedChromium() : { channel: 'chrome' }),
  });
  if (await writesText(server)) return server;
  await server.close();
  throw new Error('Chromium found no fonts. Remove node_modules/.cache and start again.');
}

async function writesText(server: BrowserServer): Promise<boolean> {
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const page = await browser.newPage();
    await page.setContent('<span>text</span>');
    const box = await page.locator('span').boundingBox();
    return box !== null && box.width > 0;
  } finally {
    await browser.close();
  }
}

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** The packed Chromium with its own libraries and fonts, so that every Linux shows the same. */
async function unpackedChromium() {
  const folder = join(cache, `chromium-${await packedVersion()}`);
  if (!existsSync(folder)) await unpack(folder);
  await writeFontSettings(folder);
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
  try {
    await rename(unpacked, folder);
  } catch (error) {
    await rm(unpacked, { recursive: true });
    // Another run was first.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Where the fonts are is written at each start: the project's folder may have been moved since they
 * were unpacked.
 */
async function writeFontSettings(folder: string): Promise<void> {
  const written = join(folder, `fonts.conf.${process.pid}`);
  await writeFile(
    written,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${inXml(join(folder, 'fonts'))}</dir>
  <cachedir>${inXml(join(folder, 'fonts-cache'))}</cachedir>
</fontconfig>
`,
  );
  await rename(written, join(folder, 'fonts', 'fonts.conf'));
}

const inXml = (path: string): string => path.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

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
