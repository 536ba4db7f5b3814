import { expect, test } from 'vitest';
import { openWorld, subscriber, type World } from './world.ts';

/** Sends a form of the page, and gives the page that it leads back to. */
async function send(
  { local }: World,
  path: string,
  fields: Record<string, string> = {},
  method = 'POST',
) {
  const answer = await fetch(`${local.url}/_local/do/${path}`, {
    method,
    redirect: 'manual',
    ...(method === 'POST' ? { body: new URLSearchParams(fields) } : {}),
  });
  const location = answer.headers.get('location') ?? '/';
  const page = await (await fetch(new URL(location, local.url))).text();
  const said = /<p class="said( bad)?" role="status">([^<]*)<\/p>/.exec(page);
  return {
    status: answer.status,
    place: decodeURIComponent(new URL(location, local.url).hash.slice(1)),
    isRefusal: said?.[1] !== undefined,
    text: said?.[2],
    page,
  };
}

test('a form leads back to its place, where the page says what was done', async () => {
  const world = await openWorld();
  const ada = await subscriber(world);
  const fields = { outcome: 'stolen_card', after: 'same' };
  const done = await send(world, `methods/${ada.primary}/outcome`, fields);
  expect(done).toMatchObject({
    status: 303,
    place: ada.primary,
    isRefusal: false,
    text: 'Every charge of Visa 4242 will fail: stolen card.',
  });
  expect(done.page).toMatch(new RegExp(`<li id="${ada.primary}"><p class="said"`));
});

test('what cannot be is said in its place, as a sentence', async () => {
  const world = await openWorld();
  await subscriber(world);
  const cases: readonly (readonly [string, Record<string, string>, string, RegExp])[] = [
    ['clock/forward', {}, 'clock', /Say how many days/],
    ['clock/forward', { days: '4000' }, 'clock', /at most 3650 days at once/],
    ['demo', { methods: 'cash' }, 'customers', /one of cards, bank_account/],
    ['clock/forward', { days: 'soon' }, 'clock', /takes a number, not &quot;soon&quot;/],
    ['endpoints', { url: 'nowhere' }, 'endpoints', /is no address of the web/],
    ['endpoints', {}, 'endpoints', /Fill in &quot;url&quot;/],
    ['faults', { method: 'POST', path: '/v2/x', kind: '429' }, 'faults', /begins with \/v1\//],
    ['faults', { method: 'POST', path: '/v1/x', kind: 'latency' }, 'faults', /above 0/],
    ['troubles', { type: '*', kind: 'dropped', percent: '200' }, 'deliveries', /at most 1/],
    ['nonsense', {}, 'clock', /nothing to do/],
  ];
  for (const [path, fields, place, text] of cases) {
    const refused = await send(world, path, fields);
    expect(refused).toMatchObject({ status: 303, place, isRefusal: true });
    expect(refused.text).toMatch(text);
  }
});

test('news about what is not on the page stand at its top', async () => {
  const world = await openWorld();
  const refused = await send(world, 'methods/pm_none/expire');
  expect(refused).toMatchObject({ isRefusal: true, text: 'There is no PaymentMethod pm_none.' });
  expect(refused.page).toMatch(/<main>\s*<p class="said bad"/);
});

test('a link of a page elsewhere does nothing', async () => {
  const world = await openWorld();
  expect((await send(world, 'demo', {}, 'GET')).status).toBe(405);
  expect(world.local.control.state().tables.customers).toEqual([]);
});

test('disputes, warnings, debits and mandates can be brought about', async () => {
  const world = await openWorld();
  await subscriber(world);
  const charge = world.local.control.charges()[0]?.id ?? '';
  const warned = await send(world, `charges/${charge}/fraud-warning`, { fraud_type: 'misc' });
  expect(warned.text).toBe('The issuer warned of fraud: misc.');
  const opened = await send(world, `charges/${charge}/dispute`, {
    reason: 'fraudulent',
    kind: 'inquiry',
  });
  expect(opened.text).toBe('A dispute is open: fraudulent. The bank asks first.');
  const dispute = world.local.control.state().tables.disputes[0]?.id ?? '';
  const decided = await send(world, `disputes/${dispute}/decide`, {
    outcome: 'won',
    place: charge,
  });
  expect(decided).toMatchObject({ text: 'The bank decided for you.', place: charge });
  const again = await send(world, `disputes/${dispute}/decide`, { outcome: 'won', place: charge });
  expect(again.isRefusal).toBe(true);
  const settled = await send(world, `charges/${charge}/settle`);
  expect(settled).toMatchObject({ isRefusal: true, place: charge });
});

test('only the newest news are remembered', async () => {
  const world = await openWorld();
  for (let count = 0; count < 30; count += 1) await send(world, 'faults/clear');
  const old = await (await fetch(`${world.local.url}/?news=1`)).text();
  expect(old).not.toContain('role="status"');
});

test('a customer who pays by bank debit begins with one on its way', async () => {
  const world = await openWorld();
  const made = await send(world, 'demo', { methods: 'bank_account' });
  expect(made.text).toMatch(
    /^Ada Lovelace has a bank account and a subscription, whose first debit/,
  );
  const charge = world.local.control.charges()[0];
  expect(charge).toMatchObject({ status: 'pending' });
  const settled = await send(world, `charges/${charge?.id}/settle`);
  expect(settled).toMatchObject({ isRefusal: false, place: charge?.id });
  const subscription = world.local.control.state().tables.subscriptions[0];
  const renewed = await send(world, `subscriptions/${subscription?.id}/renew`);
  expect(renewed.text).toMatch(/and it is open, while the bank answers its debit\.$/);
});

test('the clock goes as far as a date can be written, and the page shows what is later', async () => {
  const world = await openWorld();
  await subscriber(world);
  await world.stripe.subscriptions.update(
    world.local.control.state().tables.subscriptions[0]?.id ?? '',
    { cancel_at: 999_999_999_999_999 },
  );
  expect((await fetch(world.local.url)).status).toBe(200);
  for (let decade = 0; decade < 3; decade += 1) {
    expect((await send(world, 'clock/forward', { days: '3650' })).isRefusal).toBe(false);
  }
  const tooFar = await fetch(`${world.local.url}/_local/clock/advance`, {
    method: 'POST',
    body: JSON.stringify({ milliseconds: Number.MAX_SAFE_INTEGER }),
  });
  expect(tooFar.status).toBe(400);
  expect(await tooFar.text()).toContain('at most 3650 days at once');
});

test('an event that waits for nobody cannot be lost, put off or sent again', async () => {
  const world = await openWorld();
  await subscriber(world);
  const event = world.local.control.events()[0]?.id ?? '';
  const cases = [
    ['drop', `Nothing of the event ${event} waits.`],
    ['delay', `Nothing of the event ${event} waits.`],
    ['again', 'No endpoint listens to customer.created.'],
  ] as const;
  for (const [path, text] of cases) {
    const refused = await send(world, `events/${event}/${path}`);
    expect(refused).toMatchObject({ isRefusal: true, text, place: event });
  }
  const unknown = await send(world, 'events/evt_none/drop');
  expect(unknown).toMatchObject({ isRefusal: true, text: 'There is no event evt_none.' });
});
