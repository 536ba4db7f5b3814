import { describe, expect, test } from 'vitest';
import { chooseLanguage, chooseLocale } from '../../../portal/src/text/choose-language.ts';
import { de } from '../../../portal/src/text/de.ts';
import { en } from '../../../portal/src/text/en.ts';

type Sentence = string | ((...values: never[]) => string);

/** Every sentence of a locale by its place. */
function sentencesOf(texts: object, place = ''): ReadonlyMap<string, Sentence> {
  return new Map(
    Object.entries(texts).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? [...sentencesOf(value, `${place}${name}.`)]
        : [[`${place}${name}`, value]],
    ),
  );
}

/** What a sentence says of values that are seen in it. */
function say(sentence: Sentence): string {
  if (typeof sentence === 'string') return sentence;
  const values = Array.from({ length: sentence.length }, (_, index) => `value${index}`);
  // Every value of a sentence is a text, or a number that is written as it is.
  return (sentence as (...values: string[]) => string)(...values);
}

const locales = { en: sentencesOf(en), de: sentencesOf(de) };

describe.each(Object.entries(locales))('the texts in %s', (_language, sentences) => {
  test('are all that English has, and no others', () => {
    expect([...sentences.keys()]).toEqual([...locales.en.keys()]);
  });

  test.each([...sentences])('%s says something, with every value that it is given', (place) => {
    const sentence = sentences.get(place) ?? '';
    const said = say(sentence);
    expect(said.trim()).not.toBe('');
    expect(
      say(locales.en.get(place) ?? '')
        .match(/value\d/g)
        ?.toSorted() ?? [],
    ).toEqual(said.match(/value\d/g)?.toSorted() ?? []);
    const values = typeof sentence === 'string' ? 0 : sentence.length;
    for (let index = 0; index < values; index += 1) expect(said).toContain(`value${index}`);
  });

  test('show no code: no word with an underscore', () => {
    expect([...sentences.values()].map(say).filter((said) => said.includes('_'))).toEqual([]);
  });
});

test('the German texts are not the English ones', () => {
  const same = [...locales.de].filter(([place, text]) => say(text) === say(en_(place)));
  expect(same.map(([place]) => place)).toEqual([]);
});

const en_ = (place: string): Sentence => locales.en.get(place) ?? '';

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
    expect(chooseLanguage(wanted)).toBe(language);
    expect(chooseLocale(language, wanted)).toBe(locale);
  });
});
