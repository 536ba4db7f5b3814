import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chooseLanguage, chooseLocale } from '../../../functions/text/choose-language.ts';
import { layOver } from '../../../functions/text/lay-over.ts';
import { speak } from '../../../functions/text/speak.ts';
import * as de from '../../../portal/src/text/locales/de.ts';
import * as en from '../../../portal/src/text/locales/en.ts';

/** Every sentence of a locale by its place. */
function sentencesOf(texts: object, place = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? [...sentencesOf(value, `${place}${name}.`)]
        : [[`${place}${name}`, value]],
    ),
  );
}

const namesIn = (sentence = '') => sentence.match(/\{\w*\}/g)?.toSorted() ?? [];

const files = { en, de };
const english = sentencesOf(en.sentences);

test('every file of the folder is looked at here', () => {
  const folder = new URL('../../../portal/src/text/locales/', import.meta.url);
  const names = readdirSync(folder).map((name) => name.replace('.ts', ''));
  expect(names.toSorted()).toEqual(Object.keys(files).toSorted());
});

describe.each(Object.entries(files))('the texts in %s', (_language, { sentences, direction }) => {
  const own = sentencesOf(sentences);

  test('are all that English has, and no others', () => {
    expect([...own.keys()]).toEqual([...english.keys()]);
    expect(['ltr', 'rtl']).toContain(direction);
  });

  test.each([...own])('%s says something, of the same values as in English', (place, sentence) => {
    expect(sentence.trim()).not.toBe('');
    expect(namesIn(sentence)).toEqual(namesIn(english.get(place)));
    expect(sentence.replaceAll(/\{[a-zA-Z]\w*\}/g, '')).not.toMatch(/[{}]/);
  });

  test('show no code: no word with an underscore', () => {
    expect([...own.values()].filter((said) => said.includes('_'))).toEqual([]);
  });
});

test('the German texts are not the English ones', () => {
  const same = [...sentencesOf(de.sentences)].filter(
    ([place, said]) => said === english.get(place),
  );
  expect(same.map(([place]) => place)).toEqual([]);
});

test('a sentence is said with its values, as they are', () => {
  const { banner, page } = speak<typeof en.sentences>(de.sentences, 'ltr');
  const said = banner.open({ amount: '$1', invoice: '{next}', next: '$& {amount}' });
  expect(said).toBe('$1 für {next} sind noch nicht bezahlt: $& {amount}');
  expect(page.title).toBe('Zahlungsarten');
});

test('a value that runs against its sentence is kept together', () => {
  const paid = { paid: 'שולם: {amount} ({invoice})' };
  const { paid: say } = speak<{ readonly paid: 'Paid: {amount} ({invoice})' }>(paid, 'rtl');
  const value = { amount: '$49.00', invoice: 'LUM-0042' };
  expect(say(value)).toBe('שולם: \u2068$49.00\u2069 (\u2068LUM-0042\u2069)');
  const { page } = speak<typeof en.sentences>(en.sentences, 'ltr');
  expect(page.signedInAs({ email: 'דנה' })).toBe('Signed in as \u2068דנה\u2069');
});

test("a business's own sentence stands in the place of the page's", () => {
  const own = { 'page.signedInAs': 'Hello {email}', 'banner.settled': 'All paid!', 'no.place': '' };
  const { page, banner } = speak<typeof en.sentences>(layOver(en.sentences, own), 'ltr');
  expect(page.signedInAs({ email: 'ada@example.com' })).toBe('Hello ada@example.com');
  expect([banner.settled, page.title]).toEqual(['All paid!', 'Payment methods']);
  expect(layOver(de.sentences, {})).toEqual(de.sentences);
});

describe('the language', () => {
  test.each([
    [['de-AT', 'en'], 'de', 'de-AT'],
    [['fr-FR', 'en-GB', 'de'], 'en', 'en-GB'],
    [['DE'], 'de', 'DE'],
    [['fr'], 'en', 'en'],
    [[], 'en', 'en'],
    // Of another language whose tag begins alike.
    [['den', 'enm'], 'en', 'en'],
    [['en-US@posix', 'en-GB'], 'en', 'en-GB'],
    [['de_DE@euro'], 'en', 'en'],
  ] as const)('of who reads %j is %s, as written in %s', (wanted, language, locale) => {
    expect(chooseLanguage(wanted, ['de', 'en'])).toBe(language);
    expect(chooseLocale(language, wanted)).toBe(locale);
  });
});
