import { join, relative, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { launchChromium } from '../../test/browser/launch-chromium.ts';
import { looks } from './looks.ts';
import { type PictureOptions, PicturesRefusal, readOptions, usage } from './options.ts';
import { openStage } from './stage.ts';
import { allStates } from './states/all-states.ts';
import type { PageState } from './states/page-state.ts';
import { takePictures } from './take-pictures.ts';
import { writeSheets } from './write-sheets.ts';

const root = resolve(import.meta.dirname, '../..');

/** `npm run page:pictures`: every state of the customer's page, in every look. */
async function run(words: readonly string[]): Promise<void> {
  const options = readOptions(words, join(root, '.backstop', 'page-pictures'));
  if (options === null) console.log(usage);
  else await picture(findStates(options), resolve(options.folder));
}

/** @throws {PicturesRefusal} where there is none. */
function findStates({ only }: PictureOptions): readonly PageState[] {
  const found = allStates.filter(({ group, name }) => `${group}: ${name}`.includes(only));
  if (found.length > 0) return found;
  throw new PicturesRefusal(
    `No state has "${only}" in its name: without --only the pictures show the names of all.`,
  );
}

async function picture(states: readonly PageState[], folder: string): Promise<void> {
  console.log('Building the page...');
  const [server, stage] = await Promise.all([launchChromium(), openStage()]);
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const total = looks.length * states.length;
    let taken = 0;
    const count = () => {
      taken += 1;
      if (taken % 25 === 0 || taken === total) console.log(`${taken} of ${total} pictures`);
    };
    const all = await Promise.all(
      looks.map(
        async (look) => [look, await takePictures(browser, stage, look, states, count)] as const,
      ),
    );
    await writeSheets(browser, folder, all);
    await browser.close();
    console.log(`Open ${relative(process.cwd(), join(folder, 'index.html'))} in a browser.`);
    console.log('The sheets beside it, sheet-*.png, show a dozen states each.');
  } finally {
    await server.close();
    await stage.stop();
  }
}

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PicturesRefusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
