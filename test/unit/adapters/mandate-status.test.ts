import { expect, test } from 'vitest';
import { customerId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { connectGateway } from '../../../local/start/connect-stripe.ts';
import { openWorld } from '../local-stripe/world.ts';

/** A customer whose bank account was set up under a mandate. */
async function openAccount() {
  const world = await openWorld();
  const { stripe, local } = world;
  const customer = await stripe.customers.create({ email: 'ada@example.com' });
  const setUp = async (payment_method: string): Promise<string> => {
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method,
      confirm: true,
      mandate_data: { customer_acceptance: { type: 'offline' } },
    });
    if (setup.status !== 'succeeded') {
      await stripe.setupIntents.verifyMicrodeposits(setup.id, { amounts: [32, 45] });
    }
    return String(setup.payment_method);
  };
  const method = await setUp('pm_usBankAccount_success');
  const gateway = connectGateway(local.apiKey, local.url);
  const statusOf = (id: string) =>
    gateway.mandateStatus(customerId(customer.id), paymentMethodId(id));
  const endMandate = () => {
    const [newest] = local.control.state().tables.mandates.slice(-1);
    local.control.deactivateMandate(newest?.id ?? '');
  };
  return { ...world, customer, method, setUp, statusOf, endMandate };
}

test('is that of the mandate with which the account was set up', async () => {
  const { method, statusOf, endMandate } = await openAccount();
  expect(await statusOf(method)).toBe('active');
  endMandate();
  expect(await statusOf(method)).toBe('inactive');
});

test('is that of the newest, once the account was set up anew', async () => {
  const { method, setUp, statusOf, endMandate } = await openAccount();
  endMandate();
  await setUp(method);
  expect(await statusOf(method)).toBe('active');
});

test('is not known of a method that was never set up so', async () => {
  const { stripe, customer, statusOf } = await openAccount();
  const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  expect(await statusOf(card.id)).toBeNull();
});
