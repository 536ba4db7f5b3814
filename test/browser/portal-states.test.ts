import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { properName } from '../../functions/domain/customer/proper-name.ts';
import type { Direction } from '../../functions/text/speak.ts';
import { sentenceAt } from '../../lib/sentences-by-place.ts';
import { type Seat, takeSeat } from '../../tools/portal-pictures/seat.ts';
import { openStage, type Stage } from '../../tools/portal-pictures/stage.ts';
import { allStates } from '../../tools/portal-pictures/states/all-states.ts';
import type { Answer, PageState } from '../../tools/portal-pictures/states/page-state.ts';
import { type Place, patternOf } from '../../tools/portal-pictures/texts/places.ts';
import { pseudoReader } from '../../tools/portal-pictures/texts/readers.ts';
import { measurePage, type OpenPage, readable, watchPage } from './open-page.ts';
import { findUntranslated } from './portal/find-untranslated.ts';
import { bringAxe, findViolations } from './portal/inspect-page.ts';

interface Desk extends Seat, OpenPage {}

let stage: Stage;
let browser: Browser;
let desk: Desk;

const phone = { width: 320, height: 900 };
/** A screen of 1280 by 1024 pixels at 200 %: so many of the page's own pixels are left. */
const zoomed = { width: 640, height: 512 };

beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), chromium.connect(inject('browser'))]);
  const seat = await takeSeat(browser, stage, pseudoReader, {
    viewport: phone,
    reducedMotion: 'reduce',
  });
  await bringAxe(seat.page);
  desk = { ...seat, ...watchPage(seat.page) };
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

const moving = "document.getAnimations().filter(({ playState }) => playState === 'running').length";
const readFrom = (direction: Direction) => `document.documentElement.dir = '${direction}'`;

// In words that are longer than those of any language. Softly: one look may find what another does
// not, and all of it is wanted.

/** By night on a phone, from right to left. */
async function inspectByNight(page: Page): Promise<void> {
  await page.setViewportSize(phone);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect.soft(await measurePage(page), 'right to left').toMatchObject(readable('dark'));
}

/** By day on a phone, from left to right, then at 200 %; nothing of it moves. */
async function inspectByDay(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(readFrom('ltr'));
  expect.soft(await measurePage(page), '320 px').toMatchObject(readable('light'));
  expect.soft(await findViolations(page)).toEqual([]);
  expect.soft(await page.evaluate(moving), 'what moves').toBe(0);
  await page.setViewportSize(zoomed);
  expect.soft(await measurePage(page), '200 %').toMatchObject(readable('light'));
}

/** Every text that comes from elsewhere than the files of the page's languages. */
function dataOf(state: PageState): string {
  const given = JSON.stringify([state, stage.config]);
  const valuesOf = (name: string) =>
    [...given.matchAll(new RegExp(`"${name}":"(\\w+)"`, 'g'))].map(([, value = '']) => value);
  const countries = new Intl.DisplayNames(['en'], { type: 'region' });
  return [
    given,
    ...['type', 'brand', 'wallet'].flatMap((name) => valuesOf(name).map(properName)),
    ...valuesOf('country').map((code) => countries.of(code)),
  ].join('\n');
}

/** What the browser says of a request that the state wants to fail: of itself, and on its console. */
function isWanted(complaint: string, { answers }: PageState): boolean {
  const isOnConsole = complaint.startsWith('Failed to load resource');
  return Object.entries(answers).some(([request, given]) =>
    given.some((answer) => {
      const told = tellOf(answer);
      if (told === null) return false;
      const path = request.replace(/^\w+ /, '');
      return isOnConsole
        ? complaint.includes(told.onConsole)
        : complaint.includes(path) && complaint.endsWith(told.ofRequest);
    }),
  );
}

function tellOf(answer: Answer): { readonly ofRequest: string; readonly onConsole: string } | null {
  switch (answer.is) {
    case 'problem':
      return { ofRequest: ` ${answer.status}`, onConsole: `status of ${answer.status}` };
    case 'broken':
      return { ofRequest: 'failed', onConsole: 'net::ERR_FAILED' };
    case 'silence':
      // It ends when the page is left.
      return { ofRequest: 'failed', onConsole: 'net::ERR_ABORTED' };
    case 'body':
      return null;
  }
}

describe('every state can be read by everybody', () => {
  test.each(allStates)('$group: $name', async (state) => {
    const { page, show, leave, complaints } = desk;
    const before = complaints().length;
    await show(state);
    expect.soft(await findUntranslated(page, dataOf(state)), 'no text of a language').toEqual([]);
    await inspectByNight(page);
    await inspectByDay(page);
    await leave();
    const added = complaints().slice(before);
    expect(added.filter((each) => !isWanted(each, state))).toEqual([]);
  });
});

describe('what a reader can do is offered, and what they cannot is not', () => {
  const namedState = (name: string): PageState => {
    const state = allStates.find((each) => each.name === name);
    if (state === undefined) throw new Error(`The catalogue has no state ${name}.`);
    return state;
  };
  const saying = (within: string, place: Place) =>
    desk.page
      .locator(within)
      .getByText(new RegExp(`^\\s*${patternOf(sentenceAt(pseudoReader.sentences, place))}\\s*$`))
      .filter({ visible: true });
  const secondary = '.pair-of-cards > section:nth-child(2)';

  test.each<[string, string, { offered: readonly Place[]; gone: readonly Place[] }]>([
    [
      'pay now: a payment is under way',
      'dialog button',
      { offered: ['dialog.close'], gone: ['dialog.payAmount'] },
    ],
    [
      'the customer is paying',
      '.banner button',
      { offered: ['cases.goOnPaying'], gone: ['cases.payNow'] },
    ],
    [
      'a secondary without consent',
      secondary,
      { offered: ['methods.notAgreed'], gone: ['methods.usable'] },
    ],
  ])('%s', async (name, within, { offered, gone }) => {
    await desk.show(namedState(name));
    for (const place of offered) expect(await saying(within, place).count(), place).toBe(1);
    for (const place of gone) expect(await saying(within, place).count(), place).toBe(0);
    await desk.leave();
  });

  test('fields take the direction of what is typed', async () => {
    await desk.show(namedState('edit'));
    const fields = desk.page.locator('dialog input');
    expect(await fields.count()).toBeGreaterThan(3);
    for (const field of await fields.all()) expect(await field.getAttribute('dir')).toBe('auto');
    await desk.leave();
  });
});
