import { describe, expect, test } from 'vitest';
import { openWorld, refusalOf, startAt, type World } from './world.ts';

describe('a customer', () => {
  test('keeps everything that Stripe keeps of one', async () => {
    const { stripe } = await openWorld();
    const address = { line1: '1 Main Street', city: 'Springfield', country: 'US' };
    const { id } = await stripe.customers.create({
      address,
      balance: -500,
      business_name: 'Ada & Co.',
      description: 'First',
      email: 'ada@example.com',
      invoice_prefix: 'ADA1',
      invoice_settings: {
        custom_fields: [{ name: 'VAT', value: 'ABC' }],
        footer: 'Thanks',
        rendering_options: { amount_tax_display: 'exclude_tax' },
      },
      name: 'Ada',
      next_invoice_sequence: 7,
      phone: '+15550100',
      preferred_locales: ['en', 'de'],
      shipping: { address, name: 'Ada', phone: '+15550101' },
      tax_exempt: 'reverse',
      tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }],
    });
    const customer = await stripe.customers.retrieve(id, { expand: ['tax_ids'] });
    expect(customer).toMatchObject({
      address: { ...address, line2: null },
      balance: -500,
      business_name: 'Ada & Co.',
      invoice_prefix: 'ADA1',
      invoice_settings: {
        custom_fields: [{ name: 'VAT', value: 'ABC' }],
        footer: 'Thanks',
        rendering_options: { amount_tax_display: 'exclude_tax', template: null },
      },
      next_invoice_sequence: 7,
      shipping: { address: { ...address, state: null }, name: 'Ada', phone: '+15550101' },
      tax_exempt: 'reverse',
      tax_ids: { data: [{ type: 'eu_vat', country: 'DE', customer: id }] },
    });
    const changed = await stripe.customers.update(id, {
      address: '',
      invoice_settings: { custom_fields: '', footer: '' },
      shipping: '',
      tax_exempt: '',
    });
    expect(changed).toMatchObject({
      address: null,
      invoice_settings: { custom_fields: null, footer: null },
      shipping: null,
      tax_exempt: 'none',
      phone: '+15550100',
    });
  });

  test.for([
    [{ email: 'nobody' }, 'email'],
    [{ invoice_prefix: 'ab' }, 'invoice_prefix'],
    [{ next_invoice_sequence: 0 }, 'next_invoice_sequence'],
    [{ shipping: { name: 'Ada' } }, 'shipping[address]'],
    [{ tax_exempt: 'sometimes' }, 'tax_exempt'],
  ] as const)('is refused with %o', async ([details, param]) => {
    const world = await openWorld();
    const refused = await refusalOf(
      world.stripe.rawRequest('POST', '/v1/customers', { ...details }),
    );
    expect(refused).toMatchObject({ statusCode: 400, param });
    expect(world.local.control.state().tables.customers).toEqual([]);
  });

  test('is found by its mail exactly as it is written', async () => {
    const { stripe } = await openWorld();
    await stripe.customers.create({ email: 'Ada@example.com' });
    expect((await stripe.customers.list({ email: 'Ada@example.com' })).data).toHaveLength(1);
    expect((await stripe.customers.list({ email: 'ada@example.com' })).data).toHaveLength(0);
  });

  test('shows its payment methods, and those alone', async () => {
    const { stripe } = await openWorld();
    const ada = await stripe.customers.create({ payment_method: 'pm_card_visa' });
    const bob = await stripe.customers.create({ name: 'Bob' });
    const [method] = (await stripe.customers.listPaymentMethods(ada.id)).data;
    const id = method?.id ?? '';
    expect(await stripe.customers.retrievePaymentMethod(ada.id, id)).toMatchObject({ id });
    const foreign = await refusalOf(stripe.customers.retrievePaymentMethod(bob.id, id));
    expect(foreign).toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});

async function people({ stripe, clock }: World) {
  await stripe.customers.create({ name: 'Ada Lovelace', email: 'ada@example.com', phone: '+1555' });
  clock.advance(1000);
  await stripe.customers.create({
    name: 'Bob "the" Builder',
    email: 'BOB@example.com',
    metadata: { team: 'red', "o'key": 'x' },
  });
  clock.advance(1000);
  await stripe.customers.create({
    name: 'Cy',
    email: 'cy@example.org',
    metadata: { team: 'blue' },
  });
}

describe('the search for customers', () => {
  const second = startAt / 1000 + 1;
  test.for([
    ["email:'ada@example.com'", ['Ada']],
    ['email:"bob@EXAMPLE.com"', ['Bob']],
    ['email~"example.com"', ['Bob', 'Ada']],
    ["-email~'example.com'", ['Cy']],
    ['name~"love" email~"ada"', ['Ada']],
    ['name~"love" AND email~"bob"', []],
    ["phone:'+1555' OR metadata['team']:'blue'", ['Cy', 'Ada']],
    ["metadata['team']:null", ['Ada']],
    ["-metadata['team']:null", ['Cy', 'Bob']],
    ["metadata['o\\'key']:'x'", ['Bob']],
    ['name:"Bob \\"the\\" Builder"', ['Bob']],
    [`created>${second}`, ['Cy']],
    [`created<=${second}`, ['Bob', 'Ada']],
    [`created:${second}`, ['Bob']],
  ] as const)('%s finds %o', async ([query, names]) => {
    const world = await openWorld();
    await people(world);
    const { data } = await world.stripe.customers.search({ query });
    expect(data.map(({ name }) => name?.split(' ')[0])).toEqual(names);
  });

  test.for([
    ['ada@example.com', 'unable to parse'],
    ['', 'query'],
    ["color:'red'", 'unsupported search field'],
    ["email~'ad'", 'at least 3'],
    ["name:'a' AND name:'b' OR name:'c'", 'AND and OR'],
    ["metadata['team']~'red'", 'does not support'],
    ["created:'today'", 'unable to parse'],
  ] as const)('%s is refused', async ([query, message]) => {
    const { stripe } = await openWorld();
    const refused = await refusalOf(stripe.customers.search({ query }));
    expect(refused.statusCode).toBe(400);
    expect(refused.message).toContain(message);
  });

  test('goes on from page to page', async () => {
    const world = await openWorld();
    await people(world);
    const first = await world.stripe.customers.search({ query: "email~'example'", limit: 2 });
    expect(first).toMatchObject({ object: 'search_result', has_more: true });
    const page = first.next_page ?? '';
    const rest = await world.stripe.customers.search({ query: "email~'example'", limit: 2, page });
    expect(rest.data.map(({ name }) => name)).toEqual(['Ada Lovelace']);
    expect(rest).toMatchObject({ has_more: false, next_page: null });
    const wrong = await refusalOf(
      world.stripe.customers.search({ query: "email~'example'", page: 'nonsense' }),
    );
    expect(wrong.param).toBe('page');
  });
});

describe('tax ids', () => {
  test.for([
    ['eu_vat', 'DE000000000', 'verified'],
    ['gb_vat', 'GB111111111', 'unverified'],
    ['au_abn', '00222222222', 'pending'],
    ['eu_vat', 'DE123456789', 'unavailable'],
  ] as const)('%s %s becomes %s', async ([type, value, status]) => {
    const world = await openWorld();
    const { id } = await world.stripe.customers.create({ name: 'Ada' });
    const created = await world.stripe.customers.createTaxId(id, { type, value });
    expect(created.verification?.status).toBe('pending');
    world.clock.advance(60_000);
    const later = await world.stripe.customers.retrieveTaxId(id, created.id);
    expect(later.verification?.status).toBe(status);
    const updates = world.local.control
      .events()
      .filter((e) => e.type === 'customer.tax_id.updated');
    expect(updates).toHaveLength(status === 'pending' ? 0 : 1);
  });

  test('belong to a customer or to the account', async () => {
    const world = await openWorld();
    const { stripe } = world;
    const ada = await stripe.customers.create({ name: 'Ada' });
    const hers = await stripe.customers.createTaxId(ada.id, {
      type: 'us_ein',
      value: '12-3456789',
    });
    expect(hers).toMatchObject({ country: 'US', verification: { status: 'unavailable' } });
    const ours = await stripe.taxIds.create({ type: 'ch_vat', value: 'CHE-123.456.789 MWST' });
    expect(ours).toMatchObject({ customer: null, owner: { type: 'self' } });
    const idsOf = ({ data }: { data: { id: string }[] }) => data.map(({ id }) => id);
    expect(idsOf(await stripe.taxIds.list())).toEqual([ours.id]);
    expect(idsOf(await stripe.customers.listTaxIds(ada.id))).toEqual([hers.id]);
    const owner = { type: 'customer', customer: ada.id } as const;
    expect(idsOf(await stripe.taxIds.list({ owner }))).toEqual([hers.id]);
    expect(await stripe.customers.deleteTaxId(ada.id, hers.id)).toMatchObject({ deleted: true });
    expect(world.local.control.events().at(-1)?.type).toBe('customer.tax_id.deleted');
    const wrong = await refusalOf(stripe.taxIds.create({ type: 'us_ein', value: '1' }));
    expect(wrong).toMatchObject({ code: 'tax_id_invalid', param: 'value' });
  });
});
