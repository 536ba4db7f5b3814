import type Stripe from 'stripe';
import * as z from 'zod';
import { setSecondary } from '../../functions/account/roles.ts';
import { customerId, paymentMethodId } from '../../functions/domain/ids.ts';
import type { Log } from '../../functions/domain/ports.ts';
import { connectAccount } from './connect-stripe.ts';
import { demoCustomerEmail } from './demo-configuration.ts';
import type { Operator } from './operator.ts';

/** The one customer that the journey touches, with the ids of what it has at Stripe. */
export const demoCustomerSchema = z.object({
  customer: z.string(),
  name: z.string(),
  email: z.string(),
  primary: z.string(),
  secondary: z.string(),
  subscription: z.string(),
});
export type DemoCustomer = Readonly<z.output<typeof demoCustomerSchema>>;

/**
 * A customer with a monthly subscription, paid by a card that works today and declines at the
 * next renewal, and a second card that always works.
 */
export async function createDemoCustomer(stripe: Stripe): Promise<DemoCustomer> {
  const name = 'Ada Demo';
  const customer = await stripe.customers.create({
    name,
    email: demoCustomerEmail,
    metadata: { made_by: 'Backstop, npm start' },
  });
  const working = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  const secondary = await stripe.paymentMethods.attach('pm_card_mastercard', {
    customer: customer.id,
  });
  const product = await stripe.products.create({ name: 'Weather alerts' });
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 4900,
    recurring: { interval: 'month' },
  });
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    default_payment_method: working.id,
  });
  // Of the sandbox's test cards only this one can be attached and then declines.
  const failing = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
    customer: customer.id,
  });
  await stripe.subscriptions.update(subscription.id, { default_payment_method: failing.id });
  return {
    customer: customer.id,
    name,
    email: demoCustomerEmail,
    primary: failing.id,
    secondary: secondary.id,
    subscription: subscription.id,
  };
}

/**
 * Makes the second card the backup, with a consent on record, as staff would; nobody is told of it,
 * so that the one mail of the story is the first.
 */
export async function assignDemoSecondary(
  { records, queues: { sendRetryNow } }: Pick<Operator, 'records' | 'queues'>,
  { apiKey, apiBase }: { readonly apiKey: string; readonly apiBase: string | undefined },
  { customer, secondary }: DemoCustomer,
  now: number,
): Promise<void> {
  const name = 'npm start';
  const queues = { sendRetryNow, sendNotice: async () => undefined };
  const assigned = await setSecondary(
    { records, queues, stripe: connectAccount(apiKey, apiBase), clock: { now: () => now }, log },
    { customer: customerId(customer), by: { kind: 'staff', arn: name } },
    {
      secondary: paymentMethodId(secondary),
      consent: { source: 'staff', name, evidence: 'the demo asks itself', at: now },
    },
  );
  if ('problem' in assigned) {
    throw new Error(`The backup was not assigned: ${assigned.problem.detail}`);
  }
}

/** The lines are for a function's log; here the result says it all. */
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Renews the subscription now, with the primary as its method. The sandbox offers no other
 * renewal at once: a test clock would have to belong to the customer from the start, and waits.
 * @returns the invoice's id.
 */
export async function renewInSandbox(stripe: Stripe, demo: DemoCustomer): Promise<string> {
  const { latest_invoice: invoice } = await stripe.subscriptions.update(demo.subscription, {
    billing_cycle_anchor: { type: 'now' },
    proration_behavior: 'none',
    payment_behavior: 'allow_incomplete',
  });
  const id = typeof invoice === 'string' ? invoice : invoice?.id;
  if (id === undefined) throw new Error(`${demo.subscription} renewed without an invoice.`);
  return id;
}
