import { expect, test } from 'vitest';
import { locales } from '../../../functions/mail/locales.ts';
import { openReader } from '../../../functions/mail/mail-reader.ts';
import { renderSignIn } from '../../../functions/sign-in/render-sign-in.ts';
import { exampleSettings } from '../../twins/examples.ts';
import { testLocales } from '../text/complete-locales.ts';

testLocales(new URL('../../../functions/mail/locales/', import.meta.url), locales);

const addressee = { name: 'Ada', locale: 'de-CH', timeZone: null };
const link = 'https://billing.example.com/#/sign-in/token';

test("a business's own sentence stands in the place of ours, in its language alone", () => {
  const own = { de: { 'signIn.button': 'Los geht’s', 'no.place': '' } };
  const inGerman = renderSignIn(link, openReader(addressee, exampleSettings, own));
  expect(inGerman.text).toContain(`Los geht’s:\n${link}`);
  expect(inGerman.html).toContain('>Los geht’s</a>');
  const english = openReader({ ...addressee, locale: 'en' }, exampleSettings, own);
  expect(renderSignIn(link, english).text).toContain(`Sign in:\n${link}`);
});

test('what a business writes is text, whatever it looks like', () => {
  const own = { en: { 'layout.questions': '<script>alert(1)</script> {address}' } };
  const { html } = renderSignIn(
    link,
    openReader({ ...addressee, locale: 'en' }, exampleSettings, own),
  );
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;');
});
