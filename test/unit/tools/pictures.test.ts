import { expect, test } from 'vitest';
import { chooseEntries } from '../../../tools/pictures/choose-entries.ts';
import { PicturesRefusal, readOptions } from '../../../tools/pictures/options.ts';

const command = { typed: 'npm run it', folder: 'as-ever' };
const read = (...words: readonly string[]) => readOptions(words, command);

test('what is to be taken, and where to, may be said', () => {
  expect(read()).toEqual({ folder: 'as-ever', only: '' });
  expect(read('--folder', 'seen', '--only', 'dialogs: add')).toEqual({
    folder: 'seen',
    only: 'dialogs: add',
  });
  expect([read('--help'), read('-h', '--only', 'x')]).toEqual([null, null]);
});

test.each([
  [['--fast'], /^Unknown option '--fast': npm run it -- --help says what there is\.$/],
  [['--only'], /^Option '--only <value>' argument missing: [^.]*--help says what there is\.$/],
  [['--only', '--folder'], /^Option '--only' argument is ambiguous: [^.]*\.$/],
  [['--folder', ''], /^--folder takes the name of a folder\.$/],
])('%j is refused in one sentence', (words, sentence) => {
  expect(() => read(...words)).toThrow(PicturesRefusal);
  expect(() => read(...words)).toThrow(sentence);
});

test('pictures are taken of what has the text in its group and name, and not of nothing', () => {
  const entries = [
    { group: 'dialogs', name: 'add' },
    { group: 'dialogs', name: 'remove' },
  ];
  const choose = (only: string) => chooseEntries(entries, { folder: '', only });
  expect(choose('')).toEqual(entries);
  expect(choose('dialogs: a')).toEqual(entries.slice(0, 1));
  expect(() => choose('lost')).toThrow(PicturesRefusal);
});
