import type { World } from '../world.ts';

/** Customers with everything about them, and tax ids. Answers the customer that stays. */
export async function callCustomers({ stripe, clock }: World): Promise<string> {
  const address = { line1: '1 Main Street', city: 'Springfield', country: 'US', postal_code: '1' };
  const { id } = await stripe.customers.create({
    address,
    description: 'Knows everything',
    email: 'ada@example.com',
    invoice_settings: {
      custom_fields: [{ name: 'Order', value: '1' }],
      default_payment_method: 'pm_card_visa',
      footer: 'Thank you',
      rendering_options: { amount_tax_display: 'exclude_tax' },
    },
    metadata: { team: 'red' },
    name: 'Ada',
    phone: '+15550100',
    preferred_locales: ['en'],
    shipping: { address, name: 'Ada', phone: '+15550101' },
    payment_method: 'pm_card_visa',
  });
  await stripe.customers.retrieve(id, { expand: ['subscriptions', 'tax_ids'] });
  await stripe.customers.update(id, { tax_exempt: 'exempt' });
  await stripe.customers.list({ email: 'ada@example.com' });
  await stripe.customers.search({ query: "email:'ada@example.com'" });
  const { data } = await stripe.customers.listPaymentMethods(id);
  await stripe.customers.retrievePaymentMethod(id, data[0]?.id ?? '');
  const taxId = await stripe.customers.createTaxId(id, { type: 'eu_vat', value: 'DE000000000' });
  clock.advance(60_000);
  await stripe.customers.retrieveTaxId(id, taxId.id);
  await stripe.customers.listTaxIds(id);
  const spare = await stripe.customers.createTaxId(id, { type: 'us_ein', value: '12-3456789' });
  await stripe.customers.deleteTaxId(id, spare.id);
  const own = await stripe.taxIds.create({ type: 'gb_vat', value: 'GB123456789' });
  await stripe.taxIds.retrieve(own.id);
  await stripe.taxIds.list();
  await stripe.taxIds.del(own.id);
  const gone = await stripe.customers.create({ name: 'Gone' });
  await stripe.customers.del(gone.id);
  return id;
}
