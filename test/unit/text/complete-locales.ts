import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sentencesByPlace } from '../../../lib/sentences-by-place.ts';

interface LocaleModule {
  readonly direction: string;
  readonly sentences: object;
}

const namesIn = (sentence = '') => sentence.match(/\{\w*\}/g)?.toSorted() ?? [];

/**
 * The tests of what every file of a language must have.
 * @param folder of the files, each named after its language.
 * @param files those that are known, English among them.
 */
export function testLocales(
  folder: URL,
  { en, ...others }: Readonly<Record<string, LocaleModule>> & { readonly en: LocaleModule },
): void {
  const files = { en, ...others };
  const english = sentencesByPlace(en.sentences);

  test('every file of the folder is known', () => {
    const names = readdirSync(folder).map((name) => name.replace('.ts', ''));
    expect(names.toSorted()).toEqual(Object.keys(files).toSorted());
  });

  describe.each(Object.entries(files))('the texts in %s', (_language, { sentences, direction }) => {
    const own = sentencesByPlace(sentences);

    test('are all that English has, and no others', () => {
      expect([...own.keys()]).toEqual([...english.keys()]);
      expect(['ltr', 'rtl']).toContain(direction);
    });

    test.each([...own])('%s says something, of the same values as in English', (place, said) => {
      expect(said.trim()).not.toBe('');
      expect(namesIn(said)).toEqual(namesIn(english.get(place)));
      expect(said.replaceAll(/\{[a-zA-Z]\w*\}/g, '')).not.toMatch(/[{}]/);
    });

    test('show no code: no word with an underscore', () => {
      expect([...own.values()].filter((said) => said.includes('_'))).toEqual([]);
    });
  });

  describe.each(Object.entries(others))('the texts in %s', (_language, { sentences }) => {
    test('are not the English ones', () => {
      const same = [...sentencesByPlace(sentences)].filter(
        ([place, said]) => said === english.get(place) && /\p{L}/u.test(withoutNames(said)),
      );
      expect(same.map(([place]) => place)).toEqual([]);
    });
  });
}

const withoutNames = (sentence: string) => sentence.replaceAll(/\{\w+\}/g, '');
