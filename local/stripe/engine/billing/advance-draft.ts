import { subscriptionOf, updateInvoice } from '../objects/record-change.ts';
import type { Attempted } from '../payments/attempted.ts';
import { choosePaymentMethod } from '../payments/choose-payment-method.ts';
import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeInvoice, markUncollectible, sendInvoice, voidInvoice } from './advance-invoice.ts';
import { collectAutomatically } from './collect-invoice.ts';

/**
 * What Stripe does with a draft when its time has come: finalise it, then charge or send it. While
 * the subscription's collection is paused, the invoice ends as the pause says:
 * docs.stripe.com/billing/subscriptions/pause-payment.
 *
 * @param offSession false where the customer is there to authenticate
 */
export function finalizeAndCollect(
  tx: Transaction,
  draft: InvoiceRecord,
  offSession = true,
): Attempted | undefined {
  const paused = subscriptionOf(tx, draft)?.pause_collection?.behavior;
  if (paused === 'keep_as_draft') {
    updateInvoice(tx, draft, {
      auto_advance: false,
      automatically_finalizes_at: null,
      next_payment_attempt: null,
    });
    return undefined;
  }
  const open = finalizeInvoice(tx, draft);
  if (open.status !== 'open') return undefined;
  if (paused === 'void') voidInvoice(tx, open);
  else if (paused === 'mark_uncollectible') markUncollectible(tx, open);
  else if (open.collection_method === 'send_invoice') sendInvoice(tx, open);
  else return collectAutomatically(tx, open, choosePaymentMethod(tx, open), offSession);
  return undefined;
}
