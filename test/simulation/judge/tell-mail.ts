import { createHash } from 'node:crypto';
import type { SentMail } from '../evidence.ts';
import type { Story } from './story.ts';

/** A notice of a story: what SES took, and what stands about it in the table. */
export interface NoticeTeller {
  claim(): void;
  /** SES takes the mail. */
  send(change?: Partial<SentMail>): SentMail;
  settle(state: 'sent' | 'dropped' | 'refused' | 'undeliverable'): void;
}

const shown = {
  secondary_charged: {
    subject: 'Lumen Weather charged $10.50 to your backup Mastercard ending in 4444',
    text: [
      'We could not charge your Visa ending in 4242.',
      'Amount paid: $10.50',
      'Paid with: Mastercard ending in 4444',
    ],
  },
  payment_failed: {
    subject: 'Your payment of $10.50 to Lumen Weather failed',
    text: ['We could not charge your Visa ending in 4242.', 'Amount due: $10.50'],
  },
} as const;

export function tellNotice(
  story: Story,
  kind: keyof typeof shown,
  fact: string,
  invoice = 'in_1',
): NoticeTeller {
  const { customer, number } = story.row('invoices', invoice);
  const pk = `CUSTOMER#${customer}`;
  const email = story.customers.find((each) => each.customer === customer)?.email ?? '';
  const whom = createHash('sha256').update(email).digest('hex').slice(0, 32);
  const id = `${kind}#${invoice}-${fact}#${whom}`;
  const tag = Buffer.from(`${customer}\n${id}`).toString('base64url');
  const write = (status: object): void => story.write(pk, `NOTICE#${id}`, { customer, id, status });
  return {
    claim: () => write({ state: 'sending', since: story.now, message: 'message-1' }),
    send(change = {}) {
      const text = [...shown[kind].text, `Invoice: ${number}`].join('\n');
      const mail: SentMail = {
        id: `mail-${story.mails.length + 1}`,
        at: story.now,
        to: email,
        subject: shown[kind].subject,
        text,
        html: `<p>${text}</p>`,
        tags: { notice: tag },
        ...change,
      };
      story.mails.push(mail);
      story.happens({ kind: 'mail_sent', mail });
      return mail;
    },
    settle: (state) => write({ state }),
  };
}
