import type { CustomerDirectory, StripeGateway } from '../ports.ts';
import type { StripeBilling } from './stripe-billing.ts';
import type { StripeDesk } from './stripe-desk.ts';
import type { StripeMethods } from './stripe-methods.ts';

/**
 * What the customer's page and the staff change at Stripe. Refusals that are to be expected are
 * values; every change has a key of ours, so that it is made once.
 */
export interface StripeAccount
  extends CustomerDirectory,
    Pick<StripeGateway, 'paymentMethod' | 'invoice' | 'setAutoAdvance'>,
    StripeBilling,
    StripeMethods,
    StripeDesk {}
