import type { SentMail, StoredItem } from '../../evidence.ts';
import { fieldsOf, textOf } from '../read.ts';

/** What the text of a mail says, in the words of functions/notify. */
export interface MailWords {
  readonly kind: 'backup_charged' | 'payment_failed' | null;
  readonly invoiceNumber: string | null;
  readonly amount: string | null;
  readonly paidWith: string | null;
  /** The digits of every method that it names. */
  readonly lastDigits: readonly string[];
}

export function readMail({ subject, text }: SentMail): MailWords {
  const line = (label: string): string | null =>
    new RegExp(`^${label}: (.+)$`, 'm').exec(text)?.[1] ?? null;
  return {
    kind: /\bbackup\b/.test(subject)
      ? 'backup_charged'
      : /\bpayment\b.*\bfailed$/.test(subject)
        ? 'payment_failed'
        : null,
    invoiceNumber: line('Invoice'),
    amount: line('Amount paid') ?? line('Amount due'),
    paidWith: line('Paid with'),
    lastDigits: [...text.matchAll(/ending in (\d{4})\b/g)].map(([, digits]) => digits ?? ''),
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

/** `sending`, `sent`, `refused`, `dropped`, `bounced`; null where the item is no notice. */
export function noticeState(item: StoredItem | null | undefined): string | null {
  const isNotice = item?.sk.startsWith('NOTICE#') || item?.pk.startsWith('SIGN_IN_MAIL#');
  if (item == null || isNotice !== true) return null;
  return textOf(fieldsOf(item.status)?.state);
}
