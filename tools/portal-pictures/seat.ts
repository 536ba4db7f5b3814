import {
  type Browser,
  type BrowserContextOptions,
  errors,
  type Locator,
  type Page,
} from 'playwright-core';
import { sentenceAt } from '../../lib/sentences-by-place.ts';
import { answerPage, origin } from './answer-page.ts';
import type { Stage } from './stage.ts';
import type { PageState, Step, Within } from './states/page-state.ts';
import { now } from './states/samples.ts';
import { type Place, patternOf } from './texts/places.ts';
import type { Reader } from './texts/readers.ts';

/** A reader in front of a screen, to whom one state after the other is shown. */
export interface Seat {
  readonly page: Page;
  /** Resolves once the state is what is seen. */
  show(state: PageState): Promise<void>;
  /** Ends what is shown, and what the page waits for; before the next state is shown. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function takeSeat(
  browser: Browser,
  stage: Stage,
  reader: Reader,
  screen: BrowserContextOptions,
): Promise<Seat> {
  const context = await browser.newContext({
    locale: reader.locale,
    timezoneId: 'UTC',
    permissions: ['local-network-access'],
    ...screen,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.clock.install({ time: now });
  return {
    page,
    close: () => context.close(),
    async leave() {
      await page.goto('about:blank');
      await context.setOffline(false);
      await context.unrouteAll({ behavior: 'ignoreErrors' });
    },
    async show(state) {
      await context.route(`${origin}/**`, answerPage(stage, reader, state));
      await page.goto(`${origin}${state.address}`);
      await page.evaluate(`document.documentElement.dir = '${reader.direction}'`);
      for (const step of [...state.steps, { does: 'see', what: state.shows } as const]) {
        await takeStep(page, reader, step);
      }
    },
  };
}

const places: Readonly<Record<Within, string>> = {
  page: 'body',
  banner: '.banner',
  primary: '.pair-of-cards > section:nth-child(1)',
  secondary: '.pair-of-cards > section:nth-child(2)',
  others: 'section:has(.methods)',
  billing: 'section:has(.tax-ids)',
  people: 'section:has(.people)',
  dialog: 'dialog',
};

async function takeStep(page: Page, { sentences }: Reader, step: Step): Promise<void> {
  const pattern = (place: Place) => patternOf(sentenceAt(sentences, place));
  const whole = (place: Place) => new RegExp(`^\\s*${pattern(place)}\\s*$`);
  // The text of a label around a list goes on with all that can be chosen.
  const field = (place: Place) => page.getByLabel(new RegExp(`^\\s*${pattern(place)}`));
  // A sentence may be inside of another one, and begin that with a capital letter.
  const saying = (place: Place) => page.getByText(new RegExp(pattern(place), 'i'));
  switch (step.does) {
    case 'press':
      return page
        .locator(places[step.within])
        .locator('button, summary')
        .filter({ hasText: whole(step.what) })
        .first()
        .click();
    case 'fill':
      return field(step.what).fill(step.text);
    case 'choose_one':
      return page.locator('dialog input[type="radio"]').nth(step.at).check();
    case 'choose':
      await field(step.what).selectOption(step.value);
      return;
    case 'tick':
      return page.locator('dialog input[type="checkbox"]').nth(step.at).check();
    case 'see':
      return seen(saying(step.what));
    case 'see_frame':
      await seen(page.frameLocator(`iframe[title="${step.title}"]`).locator('button, input'));
      return page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    case 'see_frame_refuse':
      return seen(page.frameLocator(`iframe[title="${step.title}"]`).getByRole('alert'));
    case 'let_pass':
      return letPass(page, step.seconds, saying(step.until));
    case 'lose_connection':
      return page.context().setOffline(true);
  }
}

const seen = (what: Locator): Promise<void> => what.filter({ visible: true }).first().waitFor();

/** Not once: the page may begin to wait for something only after the time was moved. */
async function letPass(page: Page, seconds: number, until: Locator): Promise<void> {
  for (let times = 0; times < 10; times += 1) {
    await page.clock.fastForward(seconds * 1000);
    const isThere = await until
      .first()
      .waitFor({ timeout: 1000 })
      .then(() => true, isTooEarly);
    if (isThere) return;
  }
}

function isTooEarly(error: unknown): false {
  if (error instanceof errors.TimeoutError) return false;
  throw error;
}
