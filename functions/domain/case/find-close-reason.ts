import type { Policy } from '../policy.ts';
import type { InvoiceFacts } from '../stripe/stripe-facts.ts';
import type { AnnouncedEnd, CloseReason } from './dunning-case.ts';

/**
 * Why there is nothing to collect for this invoice, or `null` while it is open and ours.
 * Ours are automatic charges with a `billing_reason` of the policy's list: a failed sign-up
 * (`subscription_create`) is never charged to a backup.
 * @param end The case's own: what it paused itself can still be paid, and goes on then.
 */
export function findCloseReason(
  facts: InvoiceFacts,
  policy: Policy,
  end: AnnouncedEnd | undefined,
): CloseReason | null {
  switch (facts.status) {
    case 'paid':
      return 'paid_elsewhere';
    case 'void':
      return 'voided';
    case 'uncollectible':
      return 'uncollectible';
    case 'draft':
      return 'not_ours';
    case 'open':
      return findReasonOfOpen(facts, policy, end);
  }
}

function findReasonOfOpen(
  facts: InvoiceFacts,
  policy: Policy,
  end: AnnouncedEnd | undefined,
): CloseReason | null {
  const ours =
    facts.livemode === policy.livemode &&
    facts.collectionMethod === 'charge_automatically' &&
    facts.billingReason !== null &&
    policy.billingReasons.includes(facts.billingReason);
  if (!ours) return 'not_ours';
  if (facts.holder.deleted) return 'customer_deleted';
  const { subscription } = facts;
  if (subscription === null) return null;
  if (subscription.status === 'canceled' || subscription.status === 'incomplete_expired') {
    return 'subscription_canceled';
  }
  const isPaused = subscription.collectionPaused && end?.paused !== subscription.subscription;
  return isPaused ? 'collection_paused' : null;
}
