import type Stripe from 'stripe';
import type { Transaction } from '../transaction.ts';

/** A PaymentIntent or a SetupIntent, as far as its next action is concerned. */
interface Intent {
  readonly id: string;
  readonly client_secret: string;
}

export type NextAction = Stripe.PaymentIntent.NextAction & Stripe.SetupIntent.NextAction;

const pageOf = (tx: Transaction, name: string, { id, client_secret: secret }: Intent) =>
  `${tx.settings.hostedUrl}/${name}/${id}?client_secret=${secret}`;

/**
 * What the cardholder does to authenticate: follow a link and come back, where the business said
 * whereto; otherwise Stripe's library shows the same page within the business's own.
 */
export function buildAuthentication(
  tx: Transaction,
  intent: Intent,
  returnUrl: string | undefined,
): NextAction {
  const url = pageOf(tx, 'authenticate', intent);
  if (returnUrl === undefined) {
    return {
      type: 'use_stripe_sdk',
      use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url },
    };
  }
  return { redirect_to_url: { return_url: returnUrl, url }, type: 'redirect_to_url' };
}

/** What an account holder does to prove access: read the code of a deposit that comes in a day or two. */
export function buildMicrodeposits(
  tx: Transaction,
  intent: Intent,
  arrivalDate: number,
): NextAction {
  return {
    type: 'verify_with_microdeposits',
    verify_with_microdeposits: {
      arrival_date: arrivalDate,
      hosted_verification_url: pageOf(tx, 'microdeposit', intent),
      microdeposit_type: 'descriptor_code',
    },
  };
}
