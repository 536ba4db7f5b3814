import { expect, test } from 'vitest';
import { sayWhatIsDue } from '../../../local/stripe/page/say-what-is-due.ts';
import { openWorld, subscriber, type World, webhookReceiver } from './world.ts';

/** What the page says of the next time at which something is due. */
function saidNext({ local: { control } }: World): string | undefined {
  const due = control.nextDue();
  return due === undefined
    ? undefined
    : sayWhatIsDue(control.state(), control.deliveries.list(), due);
}

/** What is said before each step, as the clock goes from one to the next. */
async function saidOnTheWay(world: World, steps: number): Promise<(string | undefined)[]> {
  const said: (string | undefined)[] = [];
  for (let step = 0; step < steps; step += 1) {
    said.push(saidNext(world));
    world.local.control.moveToNextDue();
    await world.local.idle();
  }
  return said;
}

test('a renewal that is never paid, from its notice to its end', async () => {
  const world = await openWorld();
  expect(saidNext(world)).toBeUndefined();
  const ada = await subscriber(world);
  world.local.control.setCardOutcomes(ada.primary, ['generic_decline']);
  expect(await saidOnTheWay(world, 6)).toEqual([
    'Stripe tells ahead (invoice.upcoming) of the next invoice of Ada',
    'the subscription of Ada renews',
    'the draft invoice of Ada is finalised and charged',
    'Stripe tries the open invoice of Ada again',
    'Stripe tries the open invoice of Ada again',
    'Stripe tries the open invoice of Ada again',
  ]);
});

test('trials, pauses, cancellations and sign-ups', async () => {
  const world = await openWorld();
  const { stripe, clock } = world;
  const ada = await subscriber(world);
  const now = Math.floor(clock.now() / 1000);
  await stripe.subscriptions.update(ada.subscription, {
    pause_collection: { behavior: 'void', resumes_at: now + 600 },
    cancel_at: now + 700,
  });
  const [item] = (await stripe.subscriptions.retrieve(ada.subscription)).items.data;
  const items = [{ price: item?.price.id ?? '' }];
  const bob = await stripe.customers.create({ name: 'Bob' });
  await stripe.subscriptions.create({ customer: bob.id, items, trial_end: now + 5 * 86_400 });
  await stripe.subscriptions.create({
    customer: bob.id,
    items,
    payment_behavior: 'default_incomplete',
  });
  expect(await saidOnTheWay(world, 6)).toEqual([
    'Stripe tells ahead (invoice.upcoming) of the next invoice of Bob',
    'the subscription of Ada is collected again after its pause',
    'the subscription of Ada is canceled, as planned',
    'the subscription of Bob expires, as its first invoice was not paid',
    'Stripe tells ahead (customer.subscription.trial_will_end) of the trial of Bob',
    'the subscription of Bob comes to the end of its trial',
  ]);
});

test('what banks, authorities and endpoints do', async () => {
  const world = await openWorld();
  const { local, stripe } = world;
  const { customer, subscription } = await subscriber(world);
  await stripe.subscriptions.cancel(subscription);
  await stripe.customers.createTaxId(customer, { type: 'eu_vat', value: 'DE123456789' });
  local.control.openDispute(local.control.charges()[0]?.id ?? '', 'fraudulent');
  const body = new URLSearchParams({ methods: 'bank_account' });
  await fetch(`${local.url}/_local/do/demo`, { method: 'POST', body });
  const receiver = await webhookReceiver();
  receiver.answer.status = 500;
  local.addWebhookEndpoint({ url: receiver.url, enabledEvents: ['customer.tax_id.updated'] });
  expect(await saidOnTheWay(world, 2)).toEqual([
    'the authority answers about the tax ID DE123456789',
    `the event customer.tax_id.updated is sent to ${receiver.url}`,
  ]);
  receiver.answer.status = 200;
  expect(await saidOnTheWay(world, 3)).toEqual([
    `the event customer.tax_id.updated is sent to ${receiver.url}`,
    'the bank answers the debit of STRIPE TEST BANK 6789',
    'the time to answer a dispute is over',
  ]);
});
