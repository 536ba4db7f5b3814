import { expect, test } from 'vitest';
import type { PaymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs } from '../../../functions/domain/time.ts';
import { cardFacts, invoiceFactsOf, theCustomer, theSecondary } from '../../twins/examples.ts';
import { createWorld } from './fixtures/world.ts';

const stripeNow = (email: string, primary: PaymentMethodId) => {
  const { charges, paymentProcessing, customer, ...invoice } = invoiceFactsOf();
  return { ...invoice, primary, holder: { ...invoice.holder, email } };
};

test('the mail address of Stripe’s customer is the first owner, and no later one is a member', async () => {
  const world = await createWorld({ secondary: null });
  const members = async () => (await world.records.customer(theCustomer))?.members;
  await world.renewalFails();
  await world.work();
  const first = await members();
  expect(first).toEqual([{ email: 'ada@example.com', name: 'Ada', role: 'owner' }]);

  // The primary changes with it, so that the mirror is written.
  world.stripe.putMethod(cardFacts({ method: theSecondary }), 'pays');
  world.stripe.putInvoice(stripeNow('somebody-else@example.com', theSecondary));
  await world.event('invoice.updated');
  await world.later(3 * dayMs);

  expect(await world.records.customer(theCustomer)).toMatchObject({ primary: theSecondary });
  expect(await members()).toEqual(first);
});
