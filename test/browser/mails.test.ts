import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NoticeContent } from '../../functions/domain/messages.ts';
import type { MailReader } from '../../functions/mail/mail-reader.ts';
import { renderNotice } from '../../functions/notify/render-notice.ts';
import { renderSignIn } from '../../functions/sign-in/render-sign-in.ts';
import {
  charged,
  endAhead,
  ended,
  failed,
  lastTry,
  pages,
  reader,
  readerOf,
  restored,
  unconfirmed,
} from '../unit/notify/fixtures/notices.ts';
import { connectBrowser, measurePage, openPage, readable, screens } from './open-page.ts';

const hostile = `"><img src=x onerror="alert('1')"><b style="font-size:9in">&`;
/** One word without a place to break it. */
const unbroken = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';
const long = `${unbroken} & Daughters of the Second Marriage, Limited Partnership`;
const [first] = failed().failed;
if (first === undefined) throw new Error('The example fails with a method.');

const notices: readonly (readonly [string, NoticeContent, MailReader])[] = [
  ['the backup was charged', charged(), reader],
  ['the backup was charged for an unknown primary', charged({ failed: null }), reader],
  ['both were refused and are tried again', failed(), reader],
  ['one was refused and is tried again', failed({ failed: [first] }), reader],
  ['both were refused for good', failed({ nextTryAt: null }), reader],
  ['there was no method', failed({ failed: [], nextTryAt: null }), reader],
  ['there is no page to pay on', failed({ hostedInvoiceUrl: null }), reader],
  [
    'names are hostile',
    charged({
      invoiceNumber: hostile,
      charged: { type: 'card', brand: 'visa', last4: hostile },
    }),
    readerOf({ name: hostile }, { name: hostile }),
  ],
  [
    'names are long',
    failed({ invoiceNumber: unbroken }),
    readerOf({ name: long }, { name: long, supportEmail: `${unbroken}@example.com` }),
  ],
  ['the last try is ahead', lastTry(), reader],
  ['the last try is ahead and then nothing', lastTry({ access: 'keep' }), reader],
  ['access ends', endAhead(), reader],
  ['access ends and there is no page to pay on', endAhead({ hostedInvoiceUrl: null }), reader],
  [
    'the subscription will be canceled, by a business with a long name',
    endAhead({ access: 'keep', action: 'cancel_subscription' }),
    readerOf({ name: long }, { name: long }),
  ],
  ['access ended', ended(), reader],
  ['the subscription was canceled', ended({ action: 'cancel_subscription' }), reader],
  ['the subscription is paused', ended({ access: 'keep', action: 'pause_subscription' }), reader],
  ['access is back', restored(), reader],
  ['yen', charged({ amount: { amount: 123_456_789, currency: 'jpy' } }), reader],
  ['dinars', failed({ amount: { amount: 123_456_789_050, currency: 'kwd' } }), reader],
];

const isAboutMethods = ({ kind }: NoticeContent) =>
  kind === 'secondary_charged' || kind === 'access_restored';

const link = `https://billing.example.com/#/sign-in/${'x'.repeat(43)}`;

const mails = [
  ...notices.map(([name, notice, to]) => ({
    name,
    mail: renderNotice(notice, to, pages),
    button: isAboutMethods(notice)
      ? { label: 'Check your payment methods', address: pages.home }
      : { label: 'Pay now', address: pages.pay },
  })),
  ...[
    { name: 'the bank wants to be asked', to: reader, notice: unconfirmed() },
    {
      name: 'the bank wants to be asked, and names are hostile',
      to: readerOf({ name: hostile }, { name: hostile }),
      notice: unconfirmed({ invoiceNumber: hostile }),
    },
    {
      name: 'the bank wants to be asked, and Stripe has no page',
      to: readerOf({ name: long }, { name: long }),
      notice: unconfirmed({ hostedInvoiceUrl: null, nextTryAt: null }),
    },
  ].map(({ name, to, notice }) => ({
    name,
    mail: renderNotice(notice, to, pages),
    button: { label: 'Confirm the payment', address: pages.pay },
  })),
  ...[
    { name: 'somebody wants to sign in', to: reader },
    {
      name: 'somebody with a long name wants to sign in',
      to: readerOf({ name: long }, { name: long }),
    },
    {
      name: 'somebody hostile wants to sign in',
      to: readerOf({ name: hostile }, { name: hostile }),
    },
  ].map(({ name, to }) => ({
    name,
    mail: renderSignIn(link, to),
    button: { label: 'Sign in', address: link },
  })),
];

let browser: Browser;
beforeAll(async () => {
  browser = await connectBrowser();
});
afterAll(() => browser.close());

describe.each(mails)(
  'the mail when $name',
  ({ mail: { html, text }, button: { label, address } }) => {
    const withoutStyles = html.replace(/<style>[\s\S]*?<\/style>/g, '');

    test.each(screens)('can be read at $width px, $scheme', async (screen) => {
      const { page, complaints } = await openPage(browser, screen);
      await page.setContent(html);
      const seen = await measurePage(page);
      expect(seen).toMatchObject(readable(screen.scheme));
      expect(seen.texts).toBeGreaterThan(10);
      expect(complaints()).toEqual([]);
    });

    test('can be read on a phone in a client that drops the styles', async () => {
      const { page } = await openPage(browser, { width: 320, scheme: 'dark' });
      await page.setContent(withoutStyles);
      // The light colours stand on the elements: such a client shows them by night too.
      expect(await measurePage(page)).toMatchObject(readable('light'));
    });

    test('has one button, with the address that the text part has too', async () => {
      const { page } = await openPage(browser, { width: 320, scheme: 'light' });
      await page.setContent(html);
      const button = page.getByRole('link', { name: label, exact: true });
      expect(await button.count()).toBe(1);
      expect(await button.getAttribute('href')).toBe(address);
      expect(text).toContain(address);
      const size = await button.boundingBox();
      // What a thumb can hit: WCAG 2.5.5.
      expect(size?.height).toBeGreaterThanOrEqual(44);
    });

    test('asks for nothing from elsewhere', async () => {
      const { page, complaints } = await openPage(browser, { width: 640, scheme: 'light' });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.setContent(html);
      expect(asked).toEqual([]);
      expect(await page.locator('img, script, b').count()).toBe(0);
      expect(complaints()).toEqual([]);
    });
  },
);
