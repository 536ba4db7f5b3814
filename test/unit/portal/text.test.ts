import { describe, expect, test } from 'vitest';
import { chooseLanguage, chooseLocale } from '../../../functions/text/choose-language.ts';
import { layOver } from '../../../functions/text/lay-over.ts';
import { speak } from '../../../functions/text/speak.ts';
import * as de from '../../../portal/src/text/locales/de.ts';
import * as en from '../../../portal/src/text/locales/en.ts';
import { testLocales } from '../text/complete-locales.ts';

testLocales(new URL('../../../portal/src/text/locales/', import.meta.url), { en, de });

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
