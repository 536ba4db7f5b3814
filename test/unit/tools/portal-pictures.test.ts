import { expect, test } from 'vitest';
import { fileName } from '../../../tools/pictures/picture.ts';
import { makePseudo } from '../../../tools/pictures/pseudo-locale.ts';
import { allStates } from '../../../tools/portal-pictures/states/all-states.ts';
import { patternOf } from '../../../tools/portal-pictures/texts/places.ts';
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
