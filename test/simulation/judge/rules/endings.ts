import type { InvoiceRecord } from '../../../../local/stripe/engine/records.ts';
import { isOver } from '../following/case-item.ts';
import type { CaseFile } from '../following/cases.ts';
import { attemptPaidByOthers } from '../following/taken-for.ts';
import type { Try } from '../following/tries.ts';
import { limits } from '../published/limits.ts';
import type { Known, MakeRule } from '../rule.ts';

/** An ended case agrees with Stripe's ledger: when it ends, and in the end. */
export const endedTruly: MakeRule = (known, verdict) => ({
  observe({ at }) {
    const file = known.cases.written;
    if (file === null || file.endedAt !== at) return;
    verdict.weigh();
    const why = whyUntrue(known, file);
    if (why !== null) verdict.breach(`The case of ${file.item.invoice} ${why}.`);
  },
  conclude() {
    for (const file of known.cases.all()) {
      verdict.weigh();
      const why = whyApart(known, file);
      if (why !== null) verdict.breach(`The case of ${file.item.invoice} ${why}.`);
    }
  },
});

const paidByUs = ({ ledger }: Known, invoice: string): Try | undefined =>
  ledger.tries.ofInvoice(invoice).find(({ ours, status }) => ours && status === 'succeeded');

function whyUntrue(known: Known, file: CaseFile): string | null {
  const { item } = file;
  const charge = paidByUs(known, item.invoice)?.charge;
  if (item.state === 'recovered') {
    const isPaid = charge !== undefined || attemptPaidByOthers(known, item.invoice) !== undefined;
    return isPaid ? null : 'is recovered, and no charge of ours paid it';
  }
  if (charge !== undefined) {
    return `is ${item.state} (${item.reason}), though our charge ${charge} paid it`;
  }
  if (item.state === 'exhausted') {
    const isOver = item.nextScheduledAt === null;
    return isOver ? null : 'is exhausted, though another pass is planned';
  }
  const isTrue = isReasonTrue(known, file, known.ledger.invoice(item.invoice));
  return isTrue ? null : `is closed as ${item.reason}, which is not so`;
}

/** Whether the reason was so at some moment in which it can have been seen. */
function isReasonTrue(
  { ledger, people }: Known,
  { item, basis }: CaseFile,
  invoice: InvoiceRecord | undefined,
): boolean {
  if (item.reason === 'invoice_missing') return invoice === undefined;
  if (invoice === undefined) return false;
  const subscription = ledger.subscriptionOf(invoice);
  const { voided_at, marked_uncollectible_at } = invoice.status_transitions;
  switch (item.reason) {
    case 'paid_elsewhere':
      return invoice.status === 'paid';
    case 'voided':
      return voided_at !== null;
    case 'uncollectible':
      return marked_uncollectible_at !== null;
    case 'customer_deleted':
      return ledger.deletedCustomers.has(invoice.customer);
    case 'subscription_canceled':
      return ['canceled', 'incomplete_expired'].includes(subscription?.status ?? '');
    case 'collection_paused':
      return ledger.lastPaused(subscription?.id ?? '') >= basis;
    case 'handed_back':
      return people.byHand(item.invoice).has('hand-back');
    case 'closed_by_staff':
      return people.byHand(item.invoice).has('close');
    case 'not_ours': {
      const isListed = limits.billingReasons.some((ours) => ours === invoice.billing_reason);
      const isAutomatic = invoice.collection_method === 'charge_automatically';
      return !isListed || !isAutomatic || invoice.livemode || invoice.status === 'draft';
    }
    default:
      return false;
  }
}

function whyApart(known: Known, { item }: CaseFile): string | null {
  const charge = paidByUs(known, item.invoice)?.charge;
  if (charge !== undefined && item.state !== 'recovered') {
    return `is ${item.state} in the end, though our charge ${charge} paid it`;
  }
  const status = known.ledger.invoice(item.invoice)?.status;
  if (item.state === 'recovered' && status !== 'paid') return `is recovered, its invoice ${status}`;
  if (isOver(item) || status === 'open' || status === undefined) return null;
  return `is ${item.state} in the end, though its invoice is ${status}`;
}
