import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../functions/environment.ts';
import { openReader } from '../../../functions/mail/mail-reader.ts';
import { senderOf } from '../../../functions/mail/sender-of.ts';
import { renderSignIn } from '../../../functions/sign-in/render-sign-in.ts';
import { compileLayout } from '../../../tools/mail-layout/compile-layout.ts';
import { exampleSettings } from '../../twins/examples.ts';

const file = (name: string) =>
  readFileSync(new URL(`../../../functions/mail/${name}`, import.meta.url), 'utf8');

test('the layout is the one that MJML makes of layout.mjml: npm run mails:layout', async () => {
  expect(await compileLayout(file('layout.mjml'))).toBe(file('layout.ts'));
});

const link = 'https://billing.example.com/#/sign-in/token';

/** The mail of a business that has said more of itself. */
function mailOf(changes: { business?: object; mail?: object }) {
  const settings: Settings = {
    ...exampleSettings,
    business: { ...exampleSettings.business, ...changes.business },
    mail: { ...exampleSettings.mail, ...changes.mail },
  };
  return renderSignIn(
    link,
    openReader({ name: 'Ada', locale: null, timeZone: null }, settings, {}),
  );
}

describe("the business's identity", () => {
  test('is its name where it has said no more', () => {
    const { html, text } = mailOf({});
    expect(html).not.toContain('<img');
    expect(html).toContain(`>${exampleSettings.business.name}</div>`);
    expect(text.trim().endsWith(exampleSettings.business.name)).toBe(true);
  });

  test('is its logo, which says the name where pictures are off', () => {
    const { html } = mailOf({ mail: { logoUrl: 'https://acme.dev/logo.png?a=1&b=2' } });
    expect(html).toContain('src="https://acme.dev/logo.png?a=1&amp;b=2"');
    expect(html).toContain(`alt="${exampleSettings.business.name}"`);
    expect(html.match(/<img/g)).toHaveLength(1);
  });

  test('is its postal address, in both parts', () => {
    const address = 'Acme & Sons, 1 Main Street';
    const { html, text } = mailOf({ business: { address } });
    expect(html).toContain('Acme &amp; Sons, 1 Main Street');
    expect(text).toContain(address);
  });

  test.each([
    ['#ffe066', '#000000'],
    ['#0b3d91', '#ffffff'],
  ])('is its colour %s on the button, with words in %s', (colour, ink) => {
    const { html } = mailOf({ business: { colour } });
    expect(html).toContain(`background:${colour}`);
    expect(html).toMatch(new RegExp(`<a [^>]*color:${ink}[^>]*>\\s*Sign in`));
  });

  test('is who reads the answers', () => {
    const settings = {
      ...exampleSettings,
      mail: { ...exampleSettings.mail, replyTo: 'us@acme.dev' },
    };
    expect(senderOf(settings).replyTo).toBe('us@acme.dev');
    expect(senderOf(exampleSettings).replyTo).toBe(exampleSettings.business.supportEmail);
  });
});

test('a mail is far smaller than what Gmail shows of one, 102 KB', () => {
  expect(Buffer.byteLength(mailOf({}).html)).toBeLessThan(20_000);
});
