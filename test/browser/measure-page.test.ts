import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectBrowser, measurePage, openPage, readable } from './open-page.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

const faults = [
  ['a page wider than the screen', '<div style="width:400px">wide</div>', { scrollsBy: 88 }],
  ['a cut word', '<p style="width:20px;overflow:hidden">Mastercard</p>', { cut: ['Mastercard'] }],
  [
    'a short word on two lines',
    '<p style="width:60px;overflow-wrap:anywhere">November</p>',
    { torn: ['November'] },
  ],
  [
    'texts on each other',
    '<p>beneath</p><p style="position:absolute;top:0">above</p>',
    { overlapping: ['beneath / above'] },
  ],
  ['faint text', '<p style="color:#777">faint</p>', { faint: ['faint (4.48)'] }],
  [
    'faint text on a tint',
    '<div style="background:#000a"><p style="color:#f008">tint</p></div>',
    { faint: [expect.stringMatching(/^tint/)] },
  ],
] as const;

test.each(faults)('the measure sees %s', async (_, body, seen) => {
  const { page } = await openPage(browser, { width: 320, scheme: 'light' });
  await page.setContent(body);
  expect(await measurePage(page)).toMatchObject({ ...readable('light'), ...seen });
});

test('the measure finds nothing on a plain page, and leaves out what is hidden', async () => {
  const { page } = await openPage(browser, { width: 320, scheme: 'dark' });
  await page.setContent(
    '<meta name="color-scheme" content="dark"><p>plain</p><p style="opacity:0;color:#111">no</p>',
  );
  expect(await measurePage(page)).toEqual({ texts: 1, ...readable('dark') });
});
