import { seeOwnEnd } from '../account/see-own-end.ts';
import { findCloseReason } from '../domain/case/find-close-reason.ts';
import { messageVersion } from '../domain/messages.ts';
import type { ListedInvoice } from '../domain/stripe/stripe-reconcile.ts';
import { takeHint } from '../events/take-hint.ts';
import type { ReconcileDependencies } from './dependencies.ts';

/**
 * An invoice that Stripe lists as open: one that failed and of which no event told is taken up, and
 * one that is ours and that Stripe retries again is looked at.
 */
export async function lookAtInvoice(
  dependencies: ReconcileDependencies,
  listed: ListedInvoice,
): Promise<void> {
  const { records, queues, policy, log } = dependencies;
  const { invoice, customer, billingReason, livemode, attempted, autoAdvance } = listed;
  const isOurs =
    livemode === policy.livemode &&
    billingReason !== null &&
    policy.billingReasons.includes(billingReason);
  if (!isOurs || !attempted) return;
  const known = await records.case(customer, invoice);
  if (known === null) return takeUp(dependencies, listed);
  const { progress, ownsCollection, handBackWanted } = known;
  const isSettled = progress.state === 'recovered' || progress.state === 'closed';
  if (isSettled || !ownsCollection || handBackWanted || !autoAdvance) return;
  log.warn("Stripe's own retries of an invoice of ours are on again", { customer, invoice });
  await queues.sendRetry({ v: messageVersion, type: 'settle', customer, invoice });
}

/** What is not to be collected, or is being paid right now (a bank debit), needs no case. */
async function takeUp(
  dependencies: ReconcileDependencies,
  { invoice, customer }: ListedInvoice,
): Promise<void> {
  const { records, stripe, policy, metrics, log } = dependencies;
  const shown = await stripe.invoice(invoice);
  if (shown === null || shown.paymentProcessing) return;
  const facts = await seeOwnEnd(records, customer, shown);
  if (findCloseReason(facts, policy, undefined) !== null) return;
  metrics.count('MissedFailuresFound');
  log.warn('A failure of which no event told is taken up', { customer, invoice });
  const ids = { event: 'none', type: 'reconcile' };
  await takeHint(dependencies, ids, { hint: 'failed', customer, invoice });
}
