import { expect, test } from 'vitest';
import { invoiceId } from '../../../functions/domain/ids.ts';
import { connectGateway } from '../../../local/start/connect-stripe.ts';
import { openWorld, subscriber } from '../local-stripe/world.ts';

test('the open invoice of a deleted customer can be read', async () => {
  const world = await openWorld();
  const { stripe, local } = world;
  const ada = await subscriber(world);
  local.control.setCardOutcomes(ada.primary, ['generic_decline']);
  local.control.renewNow(ada.subscription);
  const [open] = (await stripe.invoices.list({ status: 'open' })).data;
  await stripe.customers.del(ada.customer);

  const facts = await connectGateway(local.apiKey, local.url).invoice(invoiceId(open?.id ?? ''));

  expect(facts?.holder).toMatchObject({ customer: ada.customer, deleted: true });
});
