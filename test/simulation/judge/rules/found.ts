import { limits } from '../published/limits.ts';
import type { MakeRule } from '../rule.ts';

/**
 * "Missed failures found and taken up": whatever became of its events, each open invoice that is
 * ours and that Stripe failed to collect has a case in the end.
 */
export const found: MakeRule = (known, verdict) => ({
  conclude(evidence) {
    for (const invoice of evidence.ledger.invoices) {
      const { id, customer, billing_reason: reason, collection_method: method } = invoice;
      const isListed = limits.billingReasons.some((ours) => ours === reason);
      if (!isListed || method !== 'charge_automatically') continue;
      const file = known.cases.of(id);
      const failed = known.ledger.tries.ofInvoice(id).findLast(({ status }) => status === 'failed');
      if (invoice.status !== 'open' || failed === undefined) continue;
      if (failed.time > evidence.now - limits.unnoticedMs) continue;
      verdict.weigh();
      if (file !== undefined) continue;
      const isGone = known.ledger.deletedCustomers.has(customer);
      const isStopped = known.ledger.stopped.has(known.ledger.subscriptionOf(invoice)?.id ?? '');
      if (!isGone && !isStopped) verdict.breach(`${id} failed and is open, and has no case.`);
    }
  },
});
