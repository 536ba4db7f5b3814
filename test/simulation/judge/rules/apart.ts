import type { Happening } from '../../evidence.ts';
import { readMail } from '../following/notices.ts';
import { fieldsOf, textOf } from '../read.ts';
import type { Known, MakeRule } from '../rule.ts';

/** Ids of Stripe's that are somebody's. */
export const ids = /(?<![A-Za-z0-9_])(?:cus|in|pm|ch|py)_[A-Za-z0-9]+/g;

/** "One customer never sees another's": what is filed under one, or sent to one, is of that one. */
export const apart: MakeRule = (known, verdict) => ({
  observe({ happening }) {
    const customer = customerOf(known, happening);
    if (customer === null) return;
    verdict.weigh();
    for (const [id] of known.words.of(happening).matchAll(ids)) {
      const owner = ownerOf(known, id);
      if (owner === undefined || owner === customer) continue;
      verdict.breach(`${id} of ${owner} stands in ${nameOf(happening)} of ${customer}.`);
    }
  },
});

/** Whose a happening is; null where it is nobody's. */
function customerOf({ ledger }: Known, happening: Happening): string | null {
  switch (happening.kind) {
    case 'item_written': {
      const { pk } = happening.after;
      return pk.startsWith('CUSTOMER#') ? pk.slice('CUSTOMER#'.length) : null;
    }
    case 'message_sent':
      return bodyCustomer(happening.message.body);
    case 'mail_sent':
      return ledger.invoiceOfNumber(readMail(happening.mail).invoiceNumber ?? '')?.customer ?? null;
    default:
      return null;
  }
}

/** Messages of other makers, SES's events among them, name no customer. */
function bodyCustomer(body: string): string | null {
  if (!body.startsWith('{') || !body.includes('"customer"')) return null;
  return textOf(fieldsOf(JSON.parse(body))?.customer);
}

/** Whose it is; undefined where nobody knows. */
export function ownerOf({ ledger }: Known, id: string): string | undefined {
  if (id.startsWith('cus_')) return id;
  if (id.startsWith('in_')) return ledger.invoice(id)?.customer;
  if (id.startsWith('pm_')) return ledger.methods.holderOf(id);
  return ledger.tries.of(id)?.customer ?? undefined;
}

function nameOf(happening: Happening): string {
  switch (happening.kind) {
    case 'item_written':
      return `the item ${happening.after.sk}`;
    case 'mail_sent':
      return `the mail ${happening.mail.id}`;
    case 'message_sent':
      return `a message in ${happening.message.queue}`;
    default:
      return happening.kind;
  }
}
