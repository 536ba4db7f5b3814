import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Frame, type Page } from 'playwright-core';
import { expect, inject, onTestFinished } from 'vitest';
import * as z from 'zod';

/** A screen that a page is looked at on. */
export interface Screen {
  /** CSS pixels. */
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

/** The narrowest phone that WCAG asks for (1.4.10) and a desk, each by day and by night. */
export const screens: readonly Screen[] = [320, 640].flatMap((width) => [
  { width, scheme: 'light' as const },
  { width, scheme: 'dark' as const },
]);

export interface OpenPage {
  readonly page: Page;
  /** Errors, warnings and refusals that the page caused so far, each in its own words. */
  complaints(): readonly string[];
}

/** Connects to the browser that all files share. */
export const connectBrowser = (): Promise<Browser> => chromium.connect(inject('browser'));

/**
 * A fresh page with nothing kept from others; it closes when the test has finished.
 * @param locale BCP 47 tag; where it is left out, the browser's own, which may be none.
 */
export async function openPage(
  browser: Browser,
  { width, scheme }: Screen,
  locale?: string,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: scheme,
    ...(locale !== undefined && { locale }),
  });
  onTestFinished(() => context.close());
  return watchPage(await context.newPage());
}

/**
 * A page that the tests of one file use in turn, each on a screen of its own: with a new page for
 * each test the browser is busy with little else. What a page keeps, it keeps for the next test.
 */
export async function openTab(browser: Browser): Promise<(screen: Screen) => Promise<OpenPage>> {
  const page = await (await browser.newContext()).newPage();
  return async (screen) => {
    // What the test before has left under way ends here, and is no complaint of this one.
    await page.goto('about:blank');
    await page.removeAllListeners();
    await lookOn(page, screen);
    return watchPage(page);
  };
}

/** From now on the page as it stands is shown on this screen. */
export async function lookOn(page: Page, { width, scheme }: Screen): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme: scheme });
}

/** Listens to what a page complains of from now on. */
export function watchPage(page: Page): OpenPage {
  const complaints: string[] = [];
  // A violated content security policy is told on the console.
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => complaints.push(`${request.url()} failed`));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()} ${response.status()}`);
  });
  return { page, complaints: () => complaints };
}

const measure = readFileSync(new URL('./measure-page.js', import.meta.url), 'utf8');
const measured = z.strictObject({
  texts: z.int(),
  scrollsBy: z.number(),
  cut: z.array(z.string()),
  torn: z.array(z.string()),
  overlapping: z.array(z.string()),
  faint: z.array(z.string()),
  isDark: z.boolean(),
});
export type Measured = z.output<typeof measured>;

/** Looks at the page as it stands: what is too wide, cut off, overlapping or too faint. */
export const measurePage = async (page: Page | Frame): Promise<Measured> =>
  measured.parse(await page.evaluate(measure));

/** What {@link measurePage} says of a page that everybody can read. */
export const readable = (scheme: Screen['scheme']) => ({
  scrollsBy: 0,
  cut: [],
  torn: [],
  overlapping: [],
  faint: [],
  isDark: scheme === 'dark',
});

/**
 * Looks at the page as it stands on each screen: everybody can read it.
 * @returns how many pieces of text were seen, on the screen with the fewest.
 */
export async function expectReadable(page: Page, on: readonly Screen[] = screens): Promise<number> {
  const texts: number[] = [];
  for (const screen of on) {
    await lookOn(page, screen);
    const seen = await measurePage(page);
    const { width, scheme } = screen;
    expect(seen, `${page.url()} at ${width} px, ${scheme}`).toMatchObject(readable(scheme));
    texts.push(seen.texts);
  }
  return Math.min(...texts);
}
