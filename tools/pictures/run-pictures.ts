import { join, relative } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { launchChromium } from '../../test/browser/launch-chromium.ts';
import {
  type PictureCommand,
  type PictureOptions,
  PicturesRefusal,
  readOptions,
} from './options.ts';

/** Does what the command line asks for; a refusal is a sentence and an exit code. */
export async function runPictures(
  command: PictureCommand,
  take: (options: PictureOptions) => Promise<void>,
): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2), command);
    if (options === null) console.log(command.usage);
    else await take(options);
  } catch (error) {
    if (!(error instanceof PicturesRefusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Starts a browser for as long as it is needed. */
export async function withBrowser(work: (browser: Browser) => Promise<void>): Promise<void> {
  const server = await launchChromium();
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    await work(browser);
    await browser.close();
  } finally {
    await server.close();
  }
}

/** Tells now and then how many of the pictures are taken; to be called after each. */
export function countPictures(total: number): () => void {
  let taken = 0;
  return () => {
    taken += 1;
    if (taken % 25 === 0 || taken === total) console.log(`${taken} of ${total} pictures`);
  };
}

export function tellWhere(folder: string): void {
  console.log(`Open ${relative(process.cwd(), join(folder, 'index.html'))} in a browser.`);
  console.log('The sheets beside it, sheet-*.png, show a dozen each.');
}
