import type { SentMail, StoredItem } from '../../evidence.ts';
import { fieldsOf, textOf } from '../read.ts';

/** How the mails put it, in each of their languages (functions/mail/locales). */
const languages = {
  en: {
    backupCharged: /\bbackup\b/,
    paymentFailed: /\bpayment\b.*\b(?:failed|is open)$/,
    invoice: 'Invoice',
    amountPaid: 'Amount paid',
    amountDue: 'Amount due',
    amount: 'Amount',
    payBefore: 'Pay before',
    paidWith: 'Paid with',
    digits: /ending in (\d{4})\b/g,
    unknownPrimary: 'your primary payment method',
    nextTry:
      /\bwe will try (?:again|one last time) on (.+?\d{4})|\bOn (.+?\d{4}), we will try|\bcard before (.+?\d{4}):/,
  },
  de: {
    backupCharged: /von Ihrer Ersatz-Zahlungsart abgebucht/,
    paymentFailed: /^Ihre Zahlung .* ist (?:fehlgeschlagen|offen)$/,
    invoice: 'Rechnung',
    amountPaid: 'Bezahlter Betrag',
    amountDue: 'Offener Betrag',
    amount: 'Betrag',
    payBefore: 'Bitte bezahlen vor',
    paidWith: 'Bezahlt mit',
    digits: /\(Endziffern (\d{4})\)/g,
    unknownPrimary: 'Ihrer Standard-Zahlungsart',
    nextTry:
      /\bversuchen wir es am (.+?\d{4})|\bAm (.+?\d{4}) versuchen wir|\bvor dem (.+?\d{4}) eine gültige Zahlungsart/,
  },
} as const;

export type MailLanguage = keyof typeof languages;

/** What the text of a mail says. */
export interface MailWords {
  readonly language: MailLanguage;
  readonly kind: 'backup_charged' | 'payment_failed' | null;
  readonly invoiceNumber: string | null;
  readonly amount: string | null;
  readonly paidWith: string | null;
  /** The digits of every method that it names. */
  readonly lastDigits: readonly string[];
  /** Whether it speaks of the primary without a name for it. */
  readonly namesUnknownPrimary: boolean;
  /** The day on which it says that the invoice is tried next. */
  readonly nextTry: string | null;
  /** The day before which it says that the invoice is to be paid. */
  readonly payBefore: string | null;
}

export function readMail({ subject, text, html }: SentMail): MailWords {
  const language = html.includes('<html lang="de"') ? 'de' : 'en';
  const words = languages[language];
  const line = (label: string): string | null =>
    new RegExp(`^${label}: (.+)$`, 'm').exec(text)?.[1] ?? null;
  return {
    language,
    kind: words.backupCharged.test(subject)
      ? 'backup_charged'
      : words.paymentFailed.test(subject)
        ? 'payment_failed'
        : null,
    invoiceNumber: line(words.invoice),
    amount: line(words.amountPaid) ?? line(words.amountDue) ?? line(words.amount),
    paidWith: line(words.paidWith),
    lastDigits: [...text.matchAll(words.digits)].map(([, digits]) => digits ?? ''),
    namesUnknownPrimary: text.includes(words.unknownPrimary),
    payBefore: line(words.payBefore),
    nextTry:
      words.nextTry
        .exec(text)
        ?.slice(1)
        .find((day) => day !== undefined) ?? null,
  };
}

/**
 * The keys of the notice that a mail is, from its tag: `customer\nid` in base64url; or of the mail
 * with a link, by the request that asked for it.
 */
export function noticeOf({ tags }: SentMail): { readonly pk: string; readonly sk: string } | null {
  const link = tags['sign-in-mail'];
  if (link !== undefined) {
    const request = Buffer.from(link, 'base64url').toString('utf8');
    return { pk: `SIGN_IN_MAIL#${request}`, sk: 'MAIL' };
  }
  const [customer, id, ...rest] = Buffer.from(tags.notice ?? '', 'base64url')
    .toString('utf8')
    .split('\n');
  if (!customer || !id || rest.length > 0) return null;
  return { pk: `CUSTOMER#${customer}`, sk: `NOTICE#${id}` };
}

/** Whom a mail reminds of a card, which no invoice is about; `null` of any other mail. */
export function remindedBy(mail: SentMail): string | null {
  const name = noticeOf(mail);
  const isReminder = name?.sk.startsWith('NOTICE#card_expiring#') ?? false;
  return name === null || !isReminder ? null : name.pk.slice('CUSTOMER#'.length);
}

/** `sending`, `sent`, `refused`, `dropped`, `undeliverable`, `bounced`; null where the item is no notice. */
export function noticeState(item: StoredItem | null | undefined): string | null {
  const isNotice = item?.sk.startsWith('NOTICE#') || item?.pk.startsWith('SIGN_IN_MAIL#');
  if (item == null || isNotice !== true) return null;
  return textOf(fieldsOf(item.status)?.state);
}
