import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RenderedMail } from '../../functions/mail/layout-mail.ts';
import { methodWords } from '../../functions/notify/words.ts';
import { sentenceAt } from '../../lib/sentences-by-place.ts';
import { allMails, type Mail } from '../../tools/mails/catalogue/all-mails.ts';
import { type Language, languages, pseudoLanguage } from '../../tools/mails/languages.ts';
import { readerOf, renderMail } from '../../tools/mails/render-mail.ts';
import { titleOf } from '../../tools/pictures/picture.ts';
import {
  connectBrowser,
  measurePage,
  readable,
  type Screen,
  screens,
  watchPage,
} from './open-page.ts';
import { findUntranslated } from './portal/find-untranslated.ts';

interface Desk {
  readonly page: Page;
  /** What the page complained of and asked for so far. */
  noises(): readonly string[];
}

let browser: Browser;
let desk: Desk;

// One page for all: opening one takes longer than looking at a mail.
beforeAll(async () => {
  browser = await connectBrowser();
  const page = await browser.newPage({ viewport: { width: 320, height: 900 } });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`asked for ${request.url()}`));
  const { complaints } = watchPage(page);
  desk = { page, noises: () => [...complaints(), ...asked] };
});
afterAll(() => browser.close());

const shown = languages.flatMap((language) =>
  allMails.map((mail) => ({ title: `${titleOf(mail)}, ${language.name}`, mail, language })),
);

// Softly: one look may find what another does not, and all of it is wanted.
describe('every mail can be read by everybody', () => {
  test.each(shown)('$title', async ({ mail, language }) => {
    const { page, noises } = desk;
    const before = noises().length;
    const rendered = renderMail(mail, language);
    await page.setContent(rendered.html);
    await inspectButton(page, mail, language, rendered);
    if (language === pseudoLanguage) await inspectWords(page, mail);
    await inspectLooks(page, language === shownWhole ? screens : eachOnce);
    await inspectWithoutStyles(page, rendered);
    expect.soft(await page.locator('img, script, b').count(), 'what a name brought').toBe(0);
    expect(noises().slice(before), 'asks for nothing, complains of nothing').toEqual([]);
  });
});

/** One button, with the address that the text part has too, as high as a thumb needs it. */
async function inspectButton(
  page: Page,
  { button }: Mail,
  { sentences }: Language,
  { text }: RenderedMail,
): Promise<void> {
  const name = sentenceAt(sentences, button.label);
  const links = await page.getByRole('link', { name, exact: true }).all();
  expect.soft(links, 'one button').toHaveLength(1);
  for (const link of links) {
    expect.soft(await link.getAttribute('href')).toBe(button.address);
    const size = await link.boundingBox();
    // WCAG 2.5.5.
    expect.soft(size?.height).toBeGreaterThanOrEqual(44);
  }
  expect.soft(text).toContain(`${name}:\n${button.address}`);
}

/** Each text by the way that it runs; the title begins where reading begins. */
const directions = `(() => {
  const of = (element) => getComputedStyle(element);
  const leaves = [...document.querySelectorAll('body *')].filter(
    (each) => each.children.length === 0 && each.textContent.trim() !== '',
  );
  return {
    runs: [...new Set(leaves.map((each) => of(each).direction))],
    title: of(document.querySelector('h1')).textAlign,
  };
})()`;

/** No sentence that is in no file of a language; from right to left. */
async function inspectWords(page: Page, mail: Mail): Promise<void> {
  const untranslated = await findUntranslated(page, dataOf(mail));
  expect.soft(untranslated, 'no text of a language').toEqual([]);
  const seen = await page.evaluate(directions);
  expect.soft(seen).toEqual({ runs: ['rtl'], title: expect.stringMatching(/^(start|right)$/) });
}

/** Every text that comes from elsewhere than the files of the languages. */
function dataOf(mail: Mail): string {
  const reader = readerOf(mail, pseudoLanguage);
  const { content } = mail;
  const told = { ...content, ...('end' in content ? content.end : {}) };
  const days = Object.values(told).filter((value) => typeof value === 'number');
  return [
    ...Object.values(reader.business),
    // A link parts this sentence.
    ...sentenceAt(pseudoLanguage.sentences, 'layout.questions').split(/\{\w+\}/),
    ...days.flatMap((day) => [reader.day(day), reader.dayOfWeek(day)]),
    ...('amount' in content ? [reader.money(content.amount), content.invoiceNumber] : []),
    ...('card' in content ? [methodWords(content.card, reader)] : []),
    ...('expMonth' in content
      ? [reader.month({ month: content.expMonth, year: content.expYear })]
      : []),
    ...('expires' in content ? [reader.month(content.expires)] : []),
    ...[mail.people.maker, mail.people.concerned].map((each) => each?.email ?? ''),
  ].join('\n');
}

/** In one language on every screen; what the colours change there they change in all. */
const [shownWhole] = languages;
const eachOnce: readonly Screen[] = [
  { width: 320, scheme: 'dark' },
  { width: 640, scheme: 'light' },
];

async function inspectLooks(page: Page, on: readonly Screen[]): Promise<void> {
  for (const { width, scheme } of on) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    const seen = await measurePage(page);
    expect.soft(seen, `${width} px, ${scheme}`).toMatchObject(readable(scheme));
    expect.soft(seen.texts).toBeGreaterThan(7);
  }
}

/** On a phone by night, in a client that drops the styles. */
async function inspectWithoutStyles(page: Page, { html }: RenderedMail): Promise<void> {
  await page.setViewportSize({ width: 320, height: 900 });
  await page.setContent(html.replace(/<style[\s\S]*?<\/style>/g, ''));
  // The light colours stand on the elements: such a client shows them by night too.
  expect.soft(await measurePage(page), 'without styles').toMatchObject(readable('light'));
}
