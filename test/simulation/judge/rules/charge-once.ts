import type { InvoiceRecord } from '../../../../local/stripe/engine/records.ts';
import type { Try } from '../following/tries.ts';
import { limits } from '../published/limits.ts';
import type { Known, MakeRule } from '../rule.ts';

/** "Never two successful charges for one invoice": by whomever, and a refund undoes none. */
export const oneSuccessfulCharge: MakeRule = ({ ledger }, verdict) => ({
  observe() {
    for (const { status, invoice } of ledger.tries.changed) {
      if (status !== 'succeeded' || invoice === null) continue;
      verdict.weigh();
      const paid = ledger.tries.ofInvoice(invoice).filter((each) => each.status === 'succeeded');
      if (paid.length < 2) continue;
      const named = paid.map(({ charge, ours }) => `${charge} (${ours ? 'ours' : "Stripe's"})`);
      verdict.breach(`${invoice} was paid by ${paid.length} charges: ${named.join(', ')}.`);
    }
  },
});

/** "Never a charge for an invoice that is not open or not ours." */
export const openAndOurs: MakeRule = (known, verdict) => ({
  observe() {
    for (const made of known.ledger.tries.fresh) {
      if (!made.ours) continue;
      verdict.weigh();
      const invoice = known.ledger.invoiceBefore(made.invoice ?? '');
      const why = invoice === undefined ? 'it pays no invoice' : whyNot(known, made, invoice);
      if (why !== null) verdict.breach(`We charged ${made.charge} for ${made.invoice}: ${why}.`);
    }
  },
});

function whyNot({ ledger, cases }: Known, made: Try, invoice: InvoiceRecord): string | null {
  const decided = cases.attempt(made.key)?.sent.basis ?? made.madeAt;
  // Stripe itself refuses to charge what is paid or void. What is uncollectible it does charge, and
  // nobody can look and charge in one step: it counts if it was so before the last look.
  const wasGivenUp = (ledger.uncollectible.get(invoice.id) ?? decided) < decided;
  const isOpen = invoice.status === 'open' || (invoice.status === 'uncollectible' && !wasGivenUp);
  if (!isOpen) return `it was ${invoice.status}`;
  if (invoice.livemode) return 'it is of the other livemode';
  if (invoice.collection_method !== 'charge_automatically') {
    return `its collection_method is ${invoice.collection_method}`;
  }
  const reason = invoice.billing_reason ?? 'missing';
  if (!limits.billingReasons.some((ours) => ours === reason)) {
    return `its billing_reason is ${reason}`;
  }
  if (ledger.deletedCustomers.has(invoice.customer)) return 'its customer was deleted';
  const subscription = ledger.subscriptionOf(invoice);
  const since = ledger.stopped.get(subscription?.id ?? '');
  if (subscription === undefined || since === undefined || since >= decided) return null;
  // What an end of dunning paused itself, of this invoice or of another of the subscription's, may be
  // paid all the same, where somebody asks for it.
  const isOwnPause = [...cases.all()].some(
    ({ item: { customer, end } }) =>
      customer === invoice.customer && end?.doneAt != null && end.action === 'pause_subscription',
  );
  if (isOwnPause && subscription.status !== 'canceled') return null;
  return `${subscription.id} was ${subscription.status} or paused before the charge was decided on`;
}
