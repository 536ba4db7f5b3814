import { resolve } from 'node:path';
import { chooseEntries } from '../pictures/choose-entries.ts';
import { indexPage } from '../pictures/contact-sheet.ts';
import type { PictureOptions } from '../pictures/options.ts';
import { countPictures, runPictures, tellWhere, withBrowser } from '../pictures/run-pictures.ts';
import { writeSheets } from '../pictures/write-sheets.ts';
import { looks } from './looks.ts';
import { openStage } from './stage.ts';
import { allStates } from './states/all-states.ts';
import { takePictures } from './take-pictures.ts';

const usage = `Usage: npm run page:pictures -- [--folder DIR] [--only TEXT]

  --folder DIR  where the pictures go, in place of what is there (.backstop/page-pictures)
  --only TEXT   only the states with this text in "group: name", such as "dialogs: add"

Every state of the customer's page, by day, by night, on a phone and in the longest language. Open
index.html of the folder in a browser; the sheets beside it show a dozen states each.`;

const command = {
  typed: 'npm run page:pictures',
  usage,
  folder: resolve(import.meta.dirname, '../..', '.backstop', 'page-pictures'),
};

/** `npm run page:pictures`: every state of the customer's page, in every look. */
async function take(options: PictureOptions): Promise<void> {
  const states = chooseEntries(allStates, options);
  const folder = resolve(options.folder);
  console.log('Building the page...');
  const stage = await openStage();
  try {
    await withBrowser(async (browser) => {
      const count = countPictures(looks.length * states.length);
      const all = await Promise.all(
        looks.map(
          async (look) => [look, await takePictures(browser, stage, look, states, count)] as const,
        ),
      );
      const index = indexPage('Every state of the customer’s page', all);
      await writeSheets(browser, folder, { 'index.html': index }, all);
    });
  } finally {
    await stage.stop();
  }
  tellWhere(folder);
}

await runPictures(command, take);
