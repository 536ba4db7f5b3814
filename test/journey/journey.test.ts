import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweepAt } from '../../functions/domain/case/dunning-case.ts';
import { customerId } from '../../functions/domain/ids.ts';
import { attemptsOf, day, expireThisMonth, hour, minute, openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

describe('a renewal that fails', () => {
  it('is paid by the secondary, and the owner gets one mail that says so', async () => {
    const ada = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
    const invoice = world.renew(ada);
    await world.settle();

    const charges = await world.charges(invoice);
    expect(charges.map(({ payment_method, status }) => [payment_method, status])).toEqual([
      [ada.primary, 'failed'],
      [ada.primary, 'failed'],
      [ada.secondary, 'succeeded'],
    ]);
    expect(attemptsOf(await world.history(ada, invoice))).toEqual([
      'primary declined generic_decline',
      'secondary succeeded',
    ]);
    expect((await world.case(ada, invoice)).progress).toMatchObject({
      state: 'recovered',
      role: 'secondary',
    });
    const [mail, ...more] = world.mails(ada);
    expect(more).toEqual([]);
    expect(mail?.subject).toMatch(/ charged \S+ to your backup Mastercard ending in 8210$/);
    expect((await world.sdk.invoices.retrieve(invoice)).status).toBe('paid');
  });

  it('is paid by the primary when a second try works, and nobody is told of a failure', async () => {
    const ben = await world.customer({
      primary: ['generic_decline', 'succeeded'],
      secondary: ['succeeded'],
    });
    const invoice = world.renew(ben);
    await world.settle();

    expect(attemptsOf(await world.history(ben, invoice))).toEqual(['primary succeeded']);
    expect((await world.charges(invoice)).map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
    ]);
    expect(world.mails(ben)).toEqual([]);
  });

  it('goes to the secondary at once when another try of the primary would be wasted', async () => {
    const cleo = await world.customer({
      primary: ['insufficient_funds'],
      secondary: ['succeeded'],
    });
    const invoice = world.renew(cleo);
    await world.settle();

    expect(attemptsOf(await world.history(cleo, invoice))).toEqual(['secondary succeeded']);
    expect(world.mails(cleo)[0]?.text).toContain('not enough money');
  });

  it('is tried again a day later when both were declined, and then the secondary works', async () => {
    const dora = await world.customer({
      primary: ['generic_decline'],
      secondary: ['insufficient_funds', 'succeeded'],
    });
    const invoice = world.renew(dora);
    await world.settle();

    const waiting = await world.case(dora, invoice);
    expect(waiting.progress.state).toBe('waiting');
    expect(world.mails(dora).map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^Your payment of \$49\.\d\d to Lumen Weather failed$/),
    ]);
    const { nextScheduledAt } = waiting;
    if (nextScheduledAt === null) throw new Error('Another pass is planned.');
    await world.until(nextScheduledAt - hour);
    expect(attemptsOf(await world.history(dora, invoice))).toHaveLength(2);

    await world.until(nextScheduledAt);
    expect(attemptsOf(await world.history(dora, invoice))).toEqual([
      'primary declined generic_decline',
      'secondary declined insufficient_funds',
      'primary declined generic_decline',
      'secondary succeeded',
    ]);
    expect(world.mails(dora).map(({ subject }) => subject)).toEqual([
      expect.stringContaining('failed'),
      expect.stringContaining('to your backup Mastercard'),
    ]);
  });

  it('is left alone when it was paid elsewhere meanwhile', async () => {
    const eve = await world.customer({ primary: ['generic_decline'], secondary: ['succeeded'] });
    world.stripe.control.deliveries.hold();
    const invoice = world.renew(eve);
    await world.sdk.invoices.pay(invoice, { paid_out_of_band: true });
    await world.stripe.control.deliveries.release('all');
    await world.settle();

    expect(await world.charges(invoice)).toHaveLength(1);
    expect((await world.case(eve, invoice)).progress).toMatchObject({
      state: 'closed',
      reason: 'paid_elsewhere',
    });
    expect(world.mails(eve)).toEqual([]);
  });

  it('of a customer without a secondary tells the owner what to do and when it is tried next', async () => {
    const finn = await world.customer({ primary: ['insufficient_funds'], secondary: null });
    const invoice = world.renew(finn);
    await world.settle();

    // Stripe's own try counts: trying an empty account again at once would be wasted.
    expect(await world.charges(invoice)).toHaveLength(1);
    const { progress } = await world.case(finn, invoice);
    expect(progress.state).toBe('waiting');
    const [mail] = world.mails(finn);
    expect(mail?.text).toContain('There was not enough money available.');
    expect(mail?.text).toMatch(/we will try again on \w+ \d+, /);
  });

  it('never charges a secondary without consent', async () => {
    const gus = await world.customer({
      primary: ['generic_decline'],
      secondary: ['succeeded'],
      consent: null,
    });
    const invoice = world.renew(gus);
    await world.settle();

    const charged = (await world.charges(invoice)).map(({ payment_method }) => payment_method);
    expect(charged).not.toContain(gus.secondary);
    const ended = (await world.history(gus, invoice)).find(
      ({ event }) => event.kind === 'pass_ended',
    );
    expect(ended?.event).toMatchObject({
      trace: expect.arrayContaining([{ rule: 'secondary_without_consent', about: gus.secondary }]),
    });
  });

  it('leads to exactly one pass, although our own declines come back as events', async () => {
    const hana = await world.customer({ primary: ['do_not_honor'], secondary: ['do_not_honor'] });
    const invoice = world.renew(hana);
    await world.settle();
    await world.later(2 * minute);
    await world.later(20 * minute);

    expect((await world.case(hana, invoice)).passCount).toBe(1);
    expect(attemptsOf(await world.history(hana, invoice))).toHaveLength(2);
    expect(world.mails(hana)).toHaveLength(1);
  });

  it('records a customer whom nobody registered, with the Stripe address as the first owner', async () => {
    const ida = await world.customer({
      primary: ['lost_card'],
      secondary: null,
      card: 'pm_card_amex',
    });
    expect(await world.operator.records.customer(customerId(ida.customer))).toBeNull();
    world.renew(ida);
    await world.settle();

    expect(await world.operator.records.customer(customerId(ida.customer))).toMatchObject({
      members: [{ email: ida.email, role: 'owner' }],
      primary: ida.primary,
      secondary: null,
    });
    // The reason is never named: it could warn a thief.
    expect(world.mails(ida)[0]?.text).toContain('The bank declined the payment.');
    expect(world.mails(ida)[0]?.text).not.toMatch(/lost|stolen/i);
  });

  it('without any payment method says that there is none', async () => {
    const jon = await world.customer({ primary: ['succeeded'], secondary: null });
    await world.sdk.paymentMethods.detach(jon.primary);
    const invoice = world.renew(jon);
    await world.settle();

    expect((await world.case(jon, invoice)).progress.state).toBe('waiting');
    expect(world.mails(jon)[0]?.text).toContain('There is no payment method on your billing page');
  });

  it('is given up after the last day of the schedule, and the last mail says so', async () => {
    const kim = await world.customer({ primary: ['do_not_honor'], secondary: null });
    const invoice = world.renew(kim);
    await world.settle();
    const theCase = () => world.case(kim, invoice);
    for (let now = await theCase(); now.progress.state === 'waiting'; now = await theCase()) {
      await world.until(sweepAt(now) ?? 0);
    }

    expect((await theCase()).progress.state).toBe('exhausted');
    const failed = expect.stringMatching(/^Your payment of .* failed$/);
    const lastTry = expect.stringMatching(/^We will try your payment of .* one last time$/);
    expect(world.mails(kim).map(({ subject }) => subject)).toEqual([
      ...[failed, failed, failed, failed],
      lastTry,
      failed,
    ]);
    expect(world.mails(kim).at(-1)?.text).toContain('We will not try again automatically');
  });
});

it('tells the owner of a card that expires soon, once, and of one that was updated only that', async () => {
  const wishes = { primary: ['succeeded'], secondary: ['succeeded'] } as const;
  const lou = await world.customer(wishes);
  const max = await world.customer(wishes);
  await expireThisMonth(world, lou.secondary ?? '');
  await expireThisMonth(world, max.primary);
  await world.settle();
  // The bank sends the new date; nobody hears of it but Stripe.
  world.stripe.control.deliveries.hold();
  world.stripe.control.updateCardByNetwork(max.primary, 'expiry');
  await world.later(2 * day);
  await world.later(day);
  await world.stripe.control.deliveries.release('all');
  await world.settle();

  const subjects = world.mails(lou).map(({ subject }) => subject);
  expect(subjects).toHaveLength(1);
  expect(subjects[0]).toMatch(
    /^Your Mastercard ending in 8210 (expires at the end of|has expired)/,
  );
  expect(world.mails(max).map(({ subject }) => subject)).toEqual([
    'Your bank has updated your Mastercard ending in 4444',
  ]);
});

it('never touches a failing sign-up', async () => {
  const { sdk } = world;
  const { id: customer } = await sdk.customers.create({ email: 'signup@test.example' });
  const failing = await sdk.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  const price = await sdk.prices.create({
    product: (await sdk.products.create({ name: 'Alerts' })).id,
    currency: 'usd',
    unit_amount: 990,
    recurring: { interval: 'month' },
  });
  const subscription = await sdk.subscriptions.create({
    customer,
    items: [{ price: price.id }],
    default_payment_method: failing.id,
    payment_behavior: 'allow_incomplete',
  });
  await world.settle();

  const invoice = String(subscription.latest_invoice);
  const mine = { customer, email: '', primary: failing.id, secondary: null, subscription: '' };
  expect((await world.case(mine, invoice)).progress).toMatchObject({
    state: 'closed',
    reason: 'not_ours',
  });
  expect(await world.charges(invoice)).toHaveLength(1);
  expect(await world.operator.records.customer(customerId(customer))).toBeNull();
  const changes = world.stripe.control
    .requests()
    .filter(({ method, path }) => method === 'POST' && path.startsWith('/v1/invoices'));
  expect(changes.filter(({ path }) => path.includes(invoice))).toEqual([]);
});
