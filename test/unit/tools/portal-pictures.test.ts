import { expect, test } from 'vitest';
import { PicturesRefusal, readOptions, usage } from '../../../tools/portal-pictures/options.ts';
import { fileName } from '../../../tools/portal-pictures/picture.ts';
import { allStates } from '../../../tools/portal-pictures/states/all-states.ts';
import { patternOf } from '../../../tools/portal-pictures/texts/places.ts';
import { makePseudo } from '../../../tools/portal-pictures/texts/pseudo-locale.ts';
import { pseudoReader } from '../../../tools/portal-pictures/texts/readers.ts';

test('the pseudo-locale is longer, accented and in brackets, and keeps what is filled in', () => {
  expect(makePseudo('Paid: {invoice}.')).toBe('[Pááííđ: \u2068{invoice}\u2069.]');
  const long = 'Your session has ended. Sign in again to go on.';
  expect(makePseudo(long).length).toBeGreaterThan(long.length * 1.3);
  expect(makePseudo(long)).not.toContain('session');
  expect(pseudoReader.own['banner.settled']).toMatch(/^\[.*\]$/);
});

test('a sentence is found whatever is filled in', () => {
  const pattern = new RegExp(`^${patternOf('Paid (at once): {invoice}.')}$`);
  expect('Paid (at once): invoice LUM-1.').toMatch(pattern);
  expect('Paid (at once): .').not.toMatch(pattern);
});

test('every state of the catalogue has a picture of its own', () => {
  const names = allStates.map(({ group, name }) => fileName(`${group} ${name}`));
  expect(new Set(names).size).toBe(names.length);
});

const read = (...words: readonly string[]) => readOptions(words, 'as-ever');

test('what is to be taken, and where to, may be said', () => {
  expect(read()).toEqual({ folder: 'as-ever', only: '' });
  expect(read('--folder', 'seen', '--only', 'dialogs: add')).toEqual({
    folder: 'seen',
    only: 'dialogs: add',
  });
  expect([read('--help'), read('-h', '--only', 'x')]).toEqual([null, null]);
  expect(usage).toMatch(/--folder DIR .*\n *--only TEXT /);
});

test.each([
  [['--fast'], /^Unknown option '--fast': [^.]*--help says what there is\.$/],
  [['--only'], /^Option '--only <value>' argument missing: [^.]*--help says what there is\.$/],
  [['--only', '--folder'], /^Option '--only' argument is ambiguous: [^.]*\.$/],
  [['--folder', ''], /^--folder takes the name of a folder\.$/],
])('%j is refused in one sentence', (words, sentence) => {
  expect(() => read(...words)).toThrow(PicturesRefusal);
  expect(() => read(...words)).toThrow(sentence);
});
