import { describe, expect, test } from 'vitest';
import type { SafeReason } from '../../../functions/domain/decline/decline.ts';
import type { NoticeContent } from '../../../functions/domain/notice/notice-content.ts';
import type { MailReader } from '../../../functions/mail/mail-reader.ts';
import { renderNotice } from '../../../functions/notify/render-notice.ts';
import { noon } from '../../twins/examples.ts';
import {
  charged,
  end,
  endAhead,
  ended,
  expiring,
  failed,
  lastTry,
  pages,
  reader,
  readerOf,
  restored,
  unconfirmed,
} from './fixtures/notices.ts';
import { visibleLines } from './fixtures/visible-lines.ts';

/** Intl writes no-break spaces; the eye does not tell. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const mailOf = (notice: NoticeContent, of: MailReader = reader) =>
  renderNotice(notice, of, pages, { maker: null, concerned: null });
const both = [charged(), failed()];
const ofInvoices = [...both, unconfirmed(), lastTry(), endAhead(), ended(), restored()];
const all = [...ofInvoices, expiring()];

describe('the backup was charged', () => {
  test('says what was paid, with which card, why not with the other, and what to do', () => {
    const mail = mailOf(charged());
    expect(mail.subject).toBe(
      'Ada’s Bikes charged $10.50 to your backup Mastercard ending in 5556',
    );
    for (const part of [mail.text, plain(mail.html)]) {
      for (const words of [
        '$10.50',
        'Visa ending in 4242',
        'Mastercard ending in 5556',
        'The bank declined the payment.',
        'please ask your bank about your primary payment method, or replace it',
        'ADA-0001',
        'help@example.com',
        'Hello Ada,',
      ]) {
        expect(part).toContain(words);
      }
    }
  });

  test('reads well where the primary is not known any more', () => {
    const mail = mailOf(charged({ failed: null, failedReason: null }));
    expect(mail.text).toContain('We could not charge your primary payment method.');
    expect(mail.html).not.toMatch(/your your/i);
    expect(mail.text).not.toMatch(/null|undefined/);
  });
});

describe('a card expires', () => {
  const beforeExpiry = Date.UTC(2026, 10, 5);

  test('says which, when, what it is charged for next, and where to update it', () => {
    const mail = mailOf(expiring());
    expect(mail.subject).toBe('Your Visa ending in 4242 expires at the end of November 2026');
    for (const part of [mail.text, plain(mail.html)]) {
      for (const words of [
        'Your Visa ending in 4242, which pays for your subscription, expires at the end of',
        'choose another card before December 5, 2026. Otherwise your payment on that day may fail.',
        'Saturday, December 5, 2026',
        'Update the card',
        'https://billing.example.com/',
      ]) {
        expect(part).toContain(words);
      }
    }
  });

  test('does not say that a payment fails that comes before', () => {
    const { text } = mailOf(expiring({ nextBillingAt: beforeExpiry }));
    expect(text).toContain('Your payment on November 5, 2026 comes before that.');
    expect(text).not.toContain('may fail');
  });

  test('of a backup says what it is for', () => {
    const { text, subject } = mailOf(expiring({ role: 'secondary' }));
    expect(subject).toBe('Your Visa ending in 4242 expires at the end of November 2026');
    expect(text).toContain('Your backup, your Visa ending in 4242, expires at the end of');
    expect(text).toContain('We cannot charge an expired card.');
  });

  test('or says that it has', () => {
    const over = mailOf(expiring({ hasExpired: true, expMonth: 10 }));
    expect(over.subject).toBe('Your Visa ending in 4242 has expired');
    expect(over.text).toContain('expired at the end of October 2026.');
  });

  test('in German', () => {
    const { subject, text } = mailOf(expiring(), readerOf({ locale: 'de-AT' }));
    expect(subject).toBe('Ihre Karte läuft Ende November 2026 ab: Visa (Endziffern 4242)');
    expect(text).toContain('vor dem 5. Dezember 2026 auf Ihrer Abrechnungsseite');
  });
});

describe('the payment failed', () => {
  test('says of each card why, when we try again, and where to pay', () => {
    const { subject, text } = mailOf(failed());
    expect(subject).toBe('Your payment of $10.50 to Ada’s Bikes failed');
    expect(text).toContain('Visa ending in 4242: There was not enough money available.');
    expect(text).toContain('Mastercard ending in 5556: The bank declined the payment.');
    expect(text).toContain('another card, or with your Visa ending in 4242 as soon as there is');
    expect(text).toContain('If you do nothing, we will try again on November 3, 2026.');
    expect(text).toContain('Next try: Tuesday, November 3, 2026');
    expect(text).toContain('https://invoice.stripe.com/i/1?s=a&t=b');
  });

  test('the day is the customer’s, or else the business’s', () => {
    const late = failed({ nextTryAt: Date.UTC(2026, 10, 3, 20) });
    const inTokyo = { timeZone: 'Asia/Tokyo' };
    expect(mailOf(late, readerOf({}, inTokyo)).text).toContain('Wednesday, November 4');
    const inChicago = readerOf({ timeZone: 'America/Chicago' }, inTokyo);
    expect(mailOf(late, inChicago).text).toContain('Tuesday, November 3');
  });

  test('says so when we do not try again', () => {
    const { text } = mailOf(failed({ nextTryAt: null }));
    expect(text).toContain('We will not try again automatically: please pay the invoice yourself.');
    expect(text).not.toContain('Next try');
  });

  test('says with the last failure what comes if nobody pays', () => {
    const { text } = mailOf(failed({ nextTryAt: null, end }));
    expect(text).toContain(
      'please pay the invoice yourself. If the invoice is not paid before November 9,',
    );
    expect(text).toContain('we will suspend your access on that day.');
    expect(text).toContain('Pay before: Monday, November 9, 2026');
    expect(text).not.toContain('Nothing changes for now');
  });

  test('does not say that the same is tried again where that cannot help', () => {
    const card = { type: 'card', brand: 'visa', last4: '4242' };
    for (const reason of ['expired', 'unusable', 'not_supported', 'incorrect_details'] as const) {
      const { text } = mailOf(failed({ failed: [{ card, reason }] }));
      expect(text).toContain(
        'Please add another card before November 3, 2026: on that day, we will try',
      );
    }
  });

  test('says so where there is no method: nothing failed, and nothing is tried again', () => {
    const { subject, text } = mailOf(failed({ failed: [], nextTryAt: null }));
    expect(subject).toBe('Your payment of $10.50 to Ada’s Bikes is open');
    expect(text).toContain('There is no payment method on your billing page');
    expect(text).not.toMatch(/fail|again auto/);
  });
});

describe('the bank wants to be asked', () => {
  test('says which method, where to confirm it, and what happens otherwise', () => {
    const { subject, text, html } = mailOf(unconfirmed());
    expect(subject).toBe('Please confirm your payment of $10.50 to Ada’s Bikes');
    expect(text).toContain('We could not charge your Visa ending in 4242: the bank wants you');
    expect(text).toContain(`Confirm the payment:\n${pages.pay}`);
    expect(text).toContain('https://invoice.stripe.com/i/1?s=a&t=b');
    expect(text).toContain('we will try again on November 3, 2026, but the bank may ask again.');
    expect(html).toContain(`href="${pages.pay}"`);
  });

  test('says of another method why it did not help', () => {
    const { failed: both } = failed();
    const [, second] = both;
    if (second === undefined) throw new Error('The example has two.');
    const [first] = unconfirmed().failed;
    if (first === undefined) throw new Error('The example has one.');
    const { text } = mailOf(unconfirmed({ failed: [first, second] }));
    expect(text).toContain(
      'We could not charge your Mastercard ending in 5556 either. The bank declined the payment.',
    );
  });

  test('says so where no method is named, and where nothing follows', () => {
    const { text } = mailOf(unconfirmed({ failed: [], nextTryAt: null, hostedInvoiceUrl: null }));
    expect(text).toContain('We could not charge your payment method: the bank wants you');
    expect(text).toContain('We will not try again automatically');
    expect(text).not.toMatch(/null|undefined|stripe/i);
  });
});

describe('the end of dunning', () => {
  test('a failure before the last try says that one is left', () => {
    const { text } = mailOf(failed({ nextIsLast: true }));
    expect(text).toContain('If you do nothing, we will try one last time on November 3, 2026.');
    expect(text).toContain('Next and last try: Tuesday, November 3, 2026');
  });

  test.each([
    ['suspend', 'leave_open', 'your access is suspended some days later'],
    ['suspend', 'cancel_subscription', 'your subscription is canceled and your access ends some'],
    ['keep', 'pause_subscription', 'your subscription is paused some days later'],
    ['keep', 'mark_uncollectible', 'the invoice stays open until you pay it yourself'],
  ] as const)('the last try is ahead, then %s and %s', (access, action, words) => {
    const { text } = mailOf(lastTry({ access, action }));
    expect(text).toContain('On November 4, 2026, we will try');
    expect(text).toContain(words);
  });

  test.each([
    ['suspend', 'leave_open', 'Pay before November 9, 2026 to keep your access to Ada’s Bikes'],
    [
      'suspend',
      'cancel_subscription',
      'Pay before November 9, 2026 to keep your subscription to Ada’s Bikes',
    ],
    [
      'keep',
      'cancel_subscription',
      'Pay before November 9, 2026 to keep your subscription to Ada’s Bikes',
    ],
    [
      'keep',
      'pause_subscription',
      'Pay before November 9, 2026, or your subscription to Ada’s Bikes will be paused',
    ],
  ] as const)('it is announced: %s and %s', (access, action, subject) => {
    expect(mailOf(endAhead({ access, action })).subject).toBe(subject);
  });

  test.each([
    ['suspend', 'leave_open', 'Your access to Ada’s Bikes is suspended', 'you have access again'],
    [
      'suspend',
      'cancel_subscription',
      'Your subscription to Ada’s Bikes was canceled',
      'Your access has ended with it.',
    ],
    [
      'keep',
      'cancel_subscription',
      'Your subscription to Ada’s Bikes was canceled',
      'if you want to come back, reply to this email',
    ],
    [
      'keep',
      'pause_subscription',
      'Your subscription to Ada’s Bikes is paused',
      'your subscription resumes',
    ],
  ] as const)('it has come: %s and %s', (access, action, subject, words) => {
    const mail = mailOf(ended({ access, action }));
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(words);
  });

  test('access is back', () => {
    expect(mailOf(restored()).subject).toBe('Your access to Ada’s Bikes is back');
  });

  test.each(all)('no mail names what a bank said or what nobody knows: $kind', (notice) => {
    for (const each of [notice, { ...notice, invoiceNumber: null, hostedInvoiceUrl: null }]) {
      const { text, subject } = mailOf(each);
      expect(`${subject} ${text}`).not.toMatch(/undefined|null|lost|stolen|fraud|blacklist/i);
    }
  });
});

describe('amounts', () => {
  test.each([
    [{ amount: 1050, currency: 'usd' }, '$10.50'],
    [{ amount: 1050, currency: 'jpy' }, '¥1,050'],
    [{ amount: 1050, currency: 'kwd' }, 'KWD 1.050'],
  ])('%j is written %s in both mails and both parts', (amount, written) => {
    for (const mail of [mailOf(charged({ amount })), mailOf(failed({ amount }))]) {
      expect(plain(mail.text)).toContain(written);
      expect(plain(mail.html)).toContain(written);
    }
  });

  test('and days are written as where the customer is, in the language of the mail', () => {
    const amount = { amount: 1050, currency: 'inr' };
    expect(mailOf(failed({ amount }), readerOf({ locale: 'en-IN' })).text).toContain('₹10.50');
    const euros = failed({ amount: { amount: 123_456, currency: 'eur' } });
    const { subject, text, html } = mailOf(euros, readerOf({ locale: 'de-AT' }));
    expect(plain(subject)).toContain('Ihre Zahlung von € 1.234,56 an');
    expect(text).toContain('am 3. November 2026');
    expect(html).toContain('<html lang="de"');
    const french = mailOf(euros, readerOf({ locale: 'fr-FR' }, { locale: 'de-DE' }));
    expect(plain(french.subject)).toContain('Ihre Zahlung von 1.234,56 €');
    expect(mailOf(euros, readerOf({ locale: 'fr' })).subject).toContain('€1,234.56');
  });
});

const hostile = `<img src=x onerror="alert('1')">&`;

describe('a hostile name', () => {
  const mails = [
    ...all.map((notice) => mailOf(notice, readerOf({ name: hostile }, { name: hostile }))),
    ...ofInvoices.map((notice) => mailOf({ ...notice, invoiceNumber: hostile })),
    mailOf(charged({ charged: { type: 'card', brand: 'visa', last4: hostile } })),
  ];

  test.each(mails.map((mail, index) => [index, mail] as const))(
    'stays text (%i)',
    (_, { html }) => {
      expect(html).not.toMatch(/<img|<script/);
      expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;');
    },
  );
});

test('an address of Stripe’s that looks like markup stays an address', () => {
  const hostedInvoiceUrl = `https://x/"><script>alert('1')</script>`;
  const { html } = mailOf(failed({ hostedInvoiceUrl }));
  expect(html).not.toContain('<script');
  expect(html).toContain('href="https://x/&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)');
});

describe('the text part', () => {
  test.each(all)('says everything that the HTML shows: $kind', (notice) => {
    const { html, text } = mailOf(notice);
    const lines = visibleLines(html).map(plain);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) expect(plain(text)).toContain(line);
  });

  test.each(ofInvoices)('carries the link to the page of the invoice: $kind', (notice) => {
    const { html, text } = mailOf(notice);
    expect(html).toContain('href="https://invoice.stripe.com/i/1?s=a&amp;t=b"');
    expect(text).toContain('https://invoice.stripe.com/i/1?s=a&t=b');
    const without = mailOf({ ...notice, hostedInvoiceUrl: null });
    expect(without.html).not.toContain('invoice.stripe.com');
    expect(without.html).not.toMatch(/href="(null|undefined)?"/);
  });
});

test('every reason has words, and none of them tells what must not be told', () => {
  const reasons: SafeReason[] = [
    'declined',
    'insufficient_funds',
    'incorrect_details',
    'expired',
    'authentication',
    'try_again',
    'not_supported',
    'unusable',
  ];
  const texts = reasons.map((reason) => {
    const label = { type: 'card', brand: 'visa', last4: '4242' };
    const { text } = mailOf(failed({ failed: [{ card: label, reason }], nextTryAt: noon }));
    expect(text).not.toMatch(/undefined|null|lost|stolen|fraud|blacklist|pick/i);
    return text;
  });
  expect(new Set(texts).size).toBe(reasons.length);
});

test.each([
  [{ type: 'card', brand: 'visa', last4: '4242' }, 'Die Zahlung mit Ihrer Visa (Endziffern 4242)'],
  [
    { type: 'sepa_debit', brand: null, last4: '3000' },
    'Die Zahlung von Ihrem Bankkonto (Endziffern 3000)',
  ],
  [{ type: 'link', brand: null, last4: null }, 'Die Zahlung mit Link'],
  [{ type: 'unknown', brand: null, last4: null }, 'Die Zahlung mit Ihrer Zahlungsart'],
])('%j is named in German as its sentence wants it: %s', (card, words) => {
  const notice = failed({ failed: [{ card, reason: 'declined' }] });
  const { text } = mailOf(notice, readerOf({ locale: 'de' }));
  expect(text).toContain(`${words} ist fehlgeschlagen.`);
});

test.each([
  [{ type: 'us_bank_account', brand: null, last4: '6789' }, 'bank account ending in 6789'],
  [{ type: 'card', brand: 'new_network', last4: '1111' }, 'card ending in 1111'],
  [{ type: 'card', brand: 'amex', last4: null }, 'American Express'],
])('%j is called %s', (label, words) => {
  const { subject } = mailOf(charged({ charged: label }));
  expect(subject).toBe(`Ada’s Bikes charged $10.50 to your backup ${words}`);
});
