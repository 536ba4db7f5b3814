import type Stripe from 'stripe';
import type { EndAtStripe, StripeDunning } from '../domain/stripe/stripe-dunning.ts';
import type { StripeConnection } from './stripe-connection.ts';

/**
 * Stripe's word for a pause in which the service stands still: each new invoice is voided as soon
 * as it is made, so that nobody owes for a time without service. Invoices from before the pause,
 * the one that was not paid among them, stay as they are
 * (docs.stripe.com/billing/subscriptions/pause-payment).
 */
const pauseBehavior = 'void';

/** What a case does at Stripe beside charging. */
export function createStripeDunning({
  read,
  change,
}: Pick<StripeConnection, 'read' | 'change'>): StripeDunning {
  return {
    async restoreDefault({ subscription, method }, promoted, key) {
      const found = await read((stripe) => stripe.subscriptions.retrieve(subscription));
      if (found === null || hasEnded(found)) return false;
      const standing = defaultOf(found);
      if (standing !== promoted && standing !== method) return false;
      const set = (to: string, idempotencyKey: string) =>
        change((stripe) =>
          stripe.subscriptions.update(
            subscription,
            { default_payment_method: to },
            { idempotencyKey },
          ),
        );
      if (!('refused' in (await set(method ?? '', key)))) return true;
      // It was detached meanwhile, and Stripe has taken it out of every default then.
      if (method !== null) await set('', `${key}-none`);
      return false;
    },
    async endDunning(end, key) {
      const answer = await change((stripe) => carryOut(stripe, end, { idempotencyKey: key }));
      return 'refused' in answer ? answer : null;
    },
    async resumeCollection(subscription, key) {
      const found = await read((stripe) => stripe.subscriptions.retrieve(subscription));
      if (found?.pause_collection?.behavior !== pauseBehavior) return;
      // Refused where it was canceled meanwhile: then nothing is left to resume.
      await change((stripe) =>
        stripe.subscriptions.update(
          subscription,
          { pause_collection: '' },
          { idempotencyKey: key },
        ),
      );
    },
  };
}

/** What there is nothing to do for is done already. */
async function carryOut(
  stripe: Stripe,
  { invoice, action, subscription }: EndAtStripe,
  options: Stripe.RequestOptions,
): Promise<object> {
  if (action === 'mark_uncollectible') {
    return stripe.invoices.markUncollectible(invoice, {}, options);
  }
  if (subscription === null || action === 'leave_open') return {};
  if (action === 'pause_subscription') {
    const pause = { pause_collection: { behavior: pauseBehavior } } as const;
    return stripe.subscriptions.update(subscription, pause, options);
  }
  // At once, with neither a last invoice nor a credit: the time that was not paid for ends here.
  return stripe.subscriptions.cancel(subscription, { invoice_now: false, prorate: false }, options);
}

const hasEnded = ({ status }: Stripe.Subscription): boolean =>
  status === 'canceled' || status === 'incomplete_expired';

function defaultOf({ default_payment_method: method }: Stripe.Subscription): string | null {
  return typeof method === 'object' ? (method?.id ?? null) : method;
}
