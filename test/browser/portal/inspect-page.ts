import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { measurePage, readable } from '../open-page.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds, frames left out: those of Stripe are inspected by tests of their own. Contrast is
 * measured by `measurePage`, by day and by night.
 */
const axeOptions = `{ iframes: false, rules: { 'color-contrast': { enabled: false } } }`;
const axeFindings = `axe.run({ exclude: [['iframe']] }, ${axeOptions})
  .then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))`;

/**
 * Gives axe to whatever this page opens from now on. Once: half a megabyte takes longer on its way
 * to the browser than axe needs to look at a page.
 */
export async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript({ content: `if (window === window.top) { ${axe} }` });
}

/**
 * What axe finds on the page as it stands; the rule, and the elements that break it.
 * @param page One that {@link bringAxe} was called for before it was opened.
 */
export const findViolations = (page: Page): Promise<unknown> => page.evaluate(axeFindings);

/**
 * Looks at a page as it stands, at 320 px, by day and by night, and fails on whatever somebody
 * would stumble over: what axe finds, a page that is wider than its screen, text that is cut,
 * overlapping or faint.
 */
export async function inspectPage(page: Page): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 900 });
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    expect(await measurePage(page), scheme).toMatchObject(readable(scheme));
  }
  expect(await findViolations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  if (before !== null) await page.setViewportSize(before);
}
