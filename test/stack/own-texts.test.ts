import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { mailTextsFile } from '../../functions/runtime/mail-texts.ts';
import { BackstopStack } from '../../lib/backstop-stack.ts';
import { readConfiguration } from '../../lib/configuration.ts';
import { readOwnTexts, theMails, thePage } from '../../lib/own-texts.ts';
import { pageConfigOf } from '../../lib/page-files.ts';
import { createApp, example } from './synthesize-example.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backstop-texts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A file of texts that a person wrote, by its absolute path. */
function write(content: unknown): string {
  const path = join(folder, 'en.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const read = (texts: Record<string, string>) =>
  readConfiguration(
    { ...example, page: { stripePublishableKey: 'pk_test_abc', texts } },
    { account: undefined },
  );

describe("the business's own sentences", () => {
  test('stand in what the page is told, by language and place', () => {
    const own = {
      'banner.settled': 'All paid, thank you!',
      'page.signedInAs': '{email}: hello, {email}',
      'problem.not-allowed': 'Ask us.',
    };
    const reading = read({ en: write(own), de: write(own) });
    if (!reading.valid) throw new Error(reading.problems.join('\n'));
    const { settings, page } = reading.configuration;
    expect(pageConfigOf(settings, page).texts).toEqual({ en: own, de: own });
  });

  test('need not be there', () => {
    expect(readOwnTexts(thePage, {})).toEqual({ texts: {}, problems: [] });
  });
});

describe('what is wrong is one sentence that says what to do', () => {
  const object =
    'make it an object of places and sentences such as {"banner.settled": "All paid!"}.';
  test.each<[string, unknown, string]>([
    ['a list', ['All paid'], `has something else than sentences in it: ${object}`],
    [
      'places within places',
      { banner: { settled: 'All paid' } },
      `has something else than sentences in it: ${object}`,
    ],
    [
      'a misspelt place',
      { 'banner.setled': 'All paid' },
      'banner.setled is no place of a sentence: did you mean banner.settled? portal/src/text/locales/en.ts has them all.',
    ],
    [
      'a place of several sentences',
      { banner: 'All paid' },
      'banner is no place of a sentence: did you mean banner.open? portal/src/text/locales/en.ts has them all.',
    ],
    [
      'nothing to say',
      { 'banner.settled': ' ' },
      'banner.settled is empty: write a sentence, or remove it to keep the one that is there.',
    ],
    [
      'a sentence without its names',
      { 'next.and': 'Both' },
      'next.and leaves out {first} and {second}: put it in, as in "{first} and {second}".',
    ],
    [
      'a sentence with a name that is not filled in',
      { 'banner.settled': 'All paid, {name}' },
      'banner.settled has {name}, for which there is nothing to put there: remove it.',
    ],
    [
      'a sentence with one name too many',
      { 'page.signedInAs': '{name}, {email}' },
      'page.signedInAs has {name}, for which there is nothing to put there: remove it, or correct it to {email}.',
    ],
    [
      'a sentence on two lines',
      { 'banner.settled': 'All paid.\nThank you!' },
      'banner.settled stands on several lines: write it on one.',
    ],
    [
      'a sentence with half of a name',
      { 'banner.settled': 'All paid {' },
      'banner.settled has a brace that stands alone: remove it, because braces stand around names only.',
    ],
  ])('for a file with %s', (_what, content, said) => {
    const path = write(content);
    const { problems } = readOwnTexts(thePage, { en: path });
    expect(problems).toEqual([expect.stringMatching(/^\S+:? /)]);
    expect(problems[0]?.replace(/^\S+ /, '')).toBe(said);
    expect(problems[0]).toContain(path);
  });

  test('for a file that is no JSON', () => {
    const { problems } = readOwnTexts(thePage, { en: write('{"banner.settled": }') });
    expect(problems).toEqual([expect.stringMatching(/\/en\.json is no JSON \(.*\): make it an/)]);
  });

  test('for each of several', () => {
    const path = write({ 'banner.settled': '', 'help.titel': 'Help' });
    expect(readOwnTexts(thePage, { en: path, de: path }).problems).toHaveLength(4);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'language',
      { fr: 'texts/fr.json' },
      'backstop.page.texts.fr is for a language that is not there yet: remove it, correct its name to one of de, en, or write portal/src/text/locales/fr.ts first.',
    ],
    [
      'file',
      { en: 'texts/absent.json' },
      "backstop.page.texts.en names texts/absent.json, which is not there: write that file, or correct its path, which starts at the repository's folder.",
    ],
    [
      'path',
      { en: '' },
      'backstop.page.texts.en is "", which does not fit: set it to an object of paths by language, such as {"en": "texts/en.json"}, or leave it out.',
    ],
  ])('for a %s that is not right', (_what, texts, said) => {
    expect(read(texts)).toEqual({ valid: false, problems: [said] });
  });
});

describe('of the mails', () => {
  const own = { 'signIn.button': 'Come in' };

  test('stand beside the bundles of the functions that mail', () => {
    const reading = readConfiguration(
      { ...example, mail: { sender: 'billing@example.com', texts: { en: write(own) } } },
      { account: undefined },
    );
    if (!reading.valid) throw new Error(reading.problems.join('\n'));
    const { app, outdir, remove } = createApp();
    onTestFinished(remove);
    new BackstopStack(app, 'Backstop', { configuration: reading.configuration });
    const files = globSync(`asset.*/${mailTextsFile}`, { cwd: outdir });
    const contents = files.map((path) => readFileSync(join(outdir, path), 'utf8'));
    expect(contents.map((each) => JSON.parse(each))).toEqual([{ en: own }, { en: own }]);
  });

  test('are refused where no mail has such a place', () => {
    expect(readOwnTexts(theMails, { en: write({ 'signIn.buton': 'Come in' }) }).problems).toEqual([
      expect.stringContaining(
        'signIn.buton is no place of a sentence: did you mean signIn.button? functions/mail/locales/en.ts has them all.',
      ),
    ]);
    expect(readOwnTexts(theMails, { fr: write(own) }).problems).toEqual([
      expect.stringContaining('backstop.mail.texts.fr is for a language that is not there yet'),
    ]);
  });
});
