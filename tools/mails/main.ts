import { resolve } from 'node:path';
import { chooseEntries } from '../pictures/choose-entries.ts';
import type { PictureOptions } from '../pictures/options.ts';
import { countPictures, runPictures, tellWhere, withBrowser } from '../pictures/run-pictures.ts';
import { writeSheets } from '../pictures/write-sheets.ts';
import { allMails } from './catalogue/all-mails.ts';
import { galleryFiles } from './gallery-page.ts';
import { looks } from './looks.ts';
import { takePictures } from './take-pictures.ts';

const usage = `Usage: npm run mails -- [--folder DIR] [--only TEXT]

  --folder DIR  where the mails and pictures go, in place of what is there (.backstop/mails)
  --only TEXT   only the mails with this text in "kind: name", such as "payment failed: one"

Every mail in every language. Open index.html of the folder in a browser: it has the subjects, the
HTML parts and the text parts. The sheets beside it show a dozen mails each: by day, by night, on a
phone, in German and in the longest language.`;

const command = {
  typed: 'npm run mails',
  usage,
  folder: resolve(import.meta.dirname, '../..', '.backstop', 'mails'),
};

/** `npm run mails`: every mail as a gallery, and in every look as a picture. */
async function take(options: PictureOptions): Promise<void> {
  const mails = chooseEntries(allMails, options);
  const folder = resolve(options.folder);
  await withBrowser(async (browser) => {
    const count = countPictures(looks.length * mails.length);
    const all = await Promise.all(
      looks.map(async (look) => [look, await takePictures(browser, look, mails, count)] as const),
    );
    await writeSheets(browser, folder, galleryFiles(mails), all);
  });
  tellWhere(folder);
}

await runPictures(command, take);
