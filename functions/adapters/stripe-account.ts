import type { StripeAccount } from '../domain/stripe/stripe-account.ts';
import { createStripeBilling } from './stripe-billing.ts';
import { createStripeConnection, type StripeConnectionOptions } from './stripe-connection.ts';
import { createStripeDesk } from './stripe-desk.ts';
import { createStripeGateway } from './stripe-gateway.ts';
import { createStripeMethods } from './stripe-methods.ts';

/** Stripe for the customer's page and the staff. */
export function createStripeAccount(options: StripeConnectionOptions): StripeAccount {
  const { customer, paymentMethod, invoice, setAutoAdvance } = createStripeGateway(options);
  const connection = createStripeConnection(options);
  return {
    customer,
    paymentMethod,
    invoice,
    setAutoAdvance,
    ...createStripeMethods(connection),
    ...createStripeBilling(connection),
    ...createStripeDesk(connection),
  };
}
