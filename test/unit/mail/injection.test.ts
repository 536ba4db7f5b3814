import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mailbox } from '../../../functions/adapters/ses-mailer.ts';
import type { NoticeContent } from '../../../functions/domain/notice/notice-content.ts';
import { isWebLink } from '../../../functions/mail/is-web-link.ts';
import type { RenderedMail } from '../../../functions/mail/layout-mail.ts';
import { openReader } from '../../../functions/mail/mail-reader.ts';
import { senderOf } from '../../../functions/mail/sender-of.ts';
import type { People } from '../../../functions/notify/find-people.ts';
import { renderNotice } from '../../../functions/notify/render-notice.ts';
import { allMails } from '../../../tools/mails/catalogue/all-mails.ts';
import {
  cardUpdated,
  charged,
  consented,
  debiting,
  debitReturned,
  ended,
  expiring,
  extended,
  failed,
  invited,
  membersChanged,
  methodsChanged,
  pages,
  recovered,
  signInLink,
  unreachable,
  withdrawn,
} from '../../../tools/mails/catalogue/samples.ts';
import { english, german } from '../../../tools/mails/languages.ts';
import { renderMail } from '../../../tools/mails/render-mail.ts';
import { exampleSettings } from '../../twins/examples.ts';

/** What would be a header, an address, markup or another order of the words. */
const attacks = [
  'Ada\r\nBcc: everyone@example.com',
  'Ada\n\n<html>',
  'Ada\u2028Bcc: everyone@example.com',
  'Ada, bob@example.com',
  'Ada <bob@example.com>',
  'Ada" <bob@example.com>, "',
  '=?UTF-8?B?QmNjOiBib2JAZXhhbXBsZS5jb20=?=',
  '=?UTF-8?Q?=0D=0ABcc:_bob@example.com?=',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '<a href="https://evil.example">Pay here</a>',
  '&lt;script&gt;',
  '\u202ee.moc.elpmaxe\u202c',
  '\u2067\u2067\u2067',
  '\u0000\u0007\u001b[31m',
  '{business}{amount}',
];

const anyName = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(...attacks), fc.string({ maxLength: 10 }))
    .map((parts) => parts.join('')),
);

interface Names {
  readonly business: string;
  readonly member: string;
  readonly address: string;
  readonly brand: string;
  readonly last4: string;
  readonly number: string;
}

const anyNames = fc.record<Names>({
  business: anyName,
  member: anyName,
  address: anyName,
  brand: anyName,
  last4: anyName,
  number: anyName,
});

const settingsOf = ({ business }: Pick<Names, 'business'>) => ({
  ...exampleSettings,
  business: { ...exampleSettings.business, name: business, address: business },
});

function noticesOf({ brand, last4, number }: Names): readonly NoticeContent[] {
  const card = { type: brand, brand, last4 };
  const url = { hostedInvoiceUrl: `javascript:alert(1)//${number}`, invoiceNumber: number };
  return [
    charged({ ...url, failed: card, charged: card }),
    failed({ ...url, failed: [{ card, reason: 'declined' }] }),
    ended(url),
    recovered({ ...url, charged: card }),
    debiting({ ...url, debited: card, instead: { failed: card, failedReason: 'declined' } }),
    debitReturned({ ...url, returned: { card, reason: 'declined' } }),
    expiring({ card }),
    methodsChanged({ changes: [{ what: 'added', card }] }),
    consented({ card }),
    withdrawn({ card }),
    membersChanged(),
    invited(),
    extended(),
    cardUpdated({ card }),
    unreachable(),
  ];
}

const nobody: People = { maker: null, concerned: null };
const peopleOf = ({ address: email, member: name }: Names): People => ({
  maker: { email, name, role: 'owner' },
  concerned: { email, name, role: 'viewer' },
});

const mailsOf = (names: Names): readonly RenderedMail[] => {
  const reader = openReader(
    { name: names.member, locale: 'en', timeZone: null },
    settingsOf(names),
    {},
  );
  return noticesOf(names).map((notice) => renderNotice(notice, reader, pages, peopleOf(names)));
};

/** Elements and attributes of a mail, as a browser's parser would see them. */
const markupOf = (html: string): readonly string[] =>
  [...html.matchAll(/<[^>]*>/g)].map(([tag]) =>
    // What stands between quotes is text: nothing in it can end them.
    tag.replaceAll(/"[^"<>]*"/g, '""'),
  );

const harmless: Names = {
  business: 'Example',
  member: 'Ada',
  address: 'bob@example.com',
  brand: 'Card',
  last4: '4242',
  number: 'A-1',
};

describe('whatever people and cards are called', () => {
  test('a mail has the markup of any other, and no link but ours', () => {
    const expected = mailsOf(harmless).map(({ html }) => markupOf(html));
    fc.assert(
      fc.property(anyNames, (names) => {
        // A name of nothing leaves no part out of the layout either.
        for (const [nth, { html }] of mailsOf(names).entries()) {
          expect(markupOf(html)).toEqual(expected[nth]);
          for (const [, link = ''] of html.matchAll(/href="([^"]*)"/g)) {
            expect(link).toMatch(
              /^(https:\/\/billing\.example\.com\/|mailto:support@example\.com$)/,
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('a subject is one line, in one order; so is each line of the text', () => {
    const breaking = /[\p{Cc}\u2028\u2029\u202a-\u202e]/u;
    fc.assert(
      fc.property(anyNames, (names) => {
        for (const [nth, { subject, text }] of mailsOf(names).entries()) {
          expect(subject).not.toMatch(breaking);
          expect(text.replaceAll('\n', '')).not.toMatch(breaking);
          expect(text.split('\n')).toHaveLength(
            mailsOf(harmless)[nth]?.text.split('\n').length ?? 0,
          );
          expect(text).not.toContain('javascript:');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('From names one address, ours', () => {
    fc.assert(
      fc.property(anyName, (business) => {
        const { from, replyTo } = senderOf(settingsOf({ business }));
        const header = mailbox(from);
        expect(header).toMatch(/^[ -~]*$/);
        const [, name = '', address] = /^(.*) <([^<>]*)>$/.exec(header) ?? [];
        expect(address).toBe(exampleSettings.mail.sender);
        const isQuoted = /^"(?:[^"\\]|\\["\\])*"$/.test(name) && !name.includes('=?');
        const isEncoded = /^(?:=\?UTF-8\?B\?[A-Za-z0-9+/=]*\?= ?)+$/.test(name);
        expect(isQuoted || isEncoded, header).toBe(true);
        expect(replyTo).toBe(exampleSettings.business.supportEmail);
      }),
    );
  });
});

describe("Stripe's address of an invoice", () => {
  test.each(['https://invoice.stripe.com/i/1?s=a&t=b', 'http://127.0.0.1:12111/i/1'])(
    '%s is a link',
    (url) => {
      expect(isWebLink(url)).toBe(true);
    },
  );

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'http://invoice.stripe.com/i/1',
    'https://stripe.com@evil.example/',
    'https://invoice.stripe.com/i/1\r\nhttps://evil.example',
    'https://invoice.stripe.com/\u202e',
    '//evil.example',
    'invoice.stripe.com',
    '',
  ])('%j is none', (url) => {
    expect(isWebLink(url)).toBe(false);
    const reader = openReader({ name: 'Ada', locale: 'en', timeZone: null }, exampleSettings, {});
    const { html, text } = renderNotice(failed({ hostedInvoiceUrl: url }), reader, pages, nobody);
    expect(text).not.toContain('Or pay on a page of Stripe');
    expect(html.match(/href="/g)).toHaveLength(2);
  });
});

describe('the links of all mails', () => {
  const linksIn = ({ html, text }: RenderedMail) => [
    ...[...html.matchAll(/href="(https?:[^"]*)"/g)].map(([, link = '']) =>
      link.replaceAll('&amp;', '&'),
    ),
    ...(text.match(/https?:\S+/g) ?? []),
  ];
  const atStripe = /^https:\/\/(?:invoice|payments)\.stripe\.com\//;
  /** A page of ours that asks to sign in: what it is about is an id, and opens nothing. */
  const asking = /^https:\/\/billing\.example\.com\/(?:#\/pay\/in_\w+)?$/;

  test.each([english, german])(
    'carry no token, but for the one that signs in ($name)',
    (language) => {
      for (const mail of allMails) {
        const links = linksIn(renderMail(mail, language));
        expect(links.length).toBeGreaterThan(0);
        for (const link of links) {
          if (mail.content.kind === 'sign_in') expect(link).toBe(signInLink);
          else if (!atStripe.test(link)) expect(link).toMatch(asking);
        }
      }
    },
  );
});
