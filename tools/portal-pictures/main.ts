import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { launchChromium } from '../../test/browser/launch-chromium.ts';
import { looks } from './looks.ts';
import { openStage } from './stage.ts';
import { allStates } from './states/all-states.ts';
import { takePictures } from './take-pictures.ts';
import { writeSheets } from './write-sheets.ts';

const root = resolve(import.meta.dirname, '../..');

/** `npm run page:pictures`: every state of the customer's page, in every look. */
const { values } = parseArgs({
  options: {
    folder: { type: 'string', default: join(root, '.backstop', 'page-pictures') },
    only: { type: 'string', default: '' },
  },
});
const states = allStates.filter(({ group, name }) => `${group}: ${name}`.includes(values.only));
if (states.length === 0) throw new Error(`No state has "${values.only}" in its name.`);

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
  const folder = resolve(values.folder);
  await writeSheets(browser, folder, all);
  await browser.close();
  console.log(`Open ${relative(process.cwd(), join(folder, 'index.html'))} in a browser.`);
  console.log('The sheets beside it, sheet-*.png, show a dozen states each.');
} finally {
  await server.close();
  await stage.stop();
}
