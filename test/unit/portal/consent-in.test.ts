import { expect, test } from 'vitest';
import { consentIn, givenConsent } from '../../../portal/src/words/consent-in.ts';

const consent = { textVersion: '7', texts: { en: 'I agree.', de: 'Ich stimme zu.' } };

test.each([
  ['de', 'de', 'Ich stimme zu.'],
  ['en', 'en', 'I agree.'],
  // The first is for who reads none of them.
  ['fr', 'en', 'I agree.'],
])('who reads %s agrees to the text in %s', (reader, language, text) => {
  const read = consentIn(reader, consent);
  expect(read).toEqual({ textVersion: '7', language, text });
  expect(givenConsent(read)).toEqual({ textVersion: '7', language });
});

test('a view without a text is a defect', () => {
  expect(() => consentIn('en', { textVersion: '7', texts: {} })).toThrow('no text to agree to');
});
