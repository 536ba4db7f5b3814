import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { mirrorFromStripe } from '../../../functions/account/mirror-customer.ts';
import { customerId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs } from '../../../functions/domain/time.ts';
import { lookAtCustomer, lookAtMethod } from '../../../functions/retry/look-at-customer.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { openPage, type Page } from '../customer-api/fixtures/page.ts';
import { methodOf, save } from './fixtures/looks.ts';

const look = ({ account, queues, ids }: Page) =>
  lookAtCustomer({ changes: account, queues }, customerId(ids.customer));

const queued = ({ queues }: Page) =>
  queues
    .waiting()
    .filter(({ queue }) => queue === 'retry' || queue === 'retryNow')
    .map(({ queue, body }) => ({ queue, ...Object(body) }));

/** A renewal that failed; its case waits for its next pass. */
async function openWaiting(): Promise<Page> {
  const page = await openPage({ owes: true });
  const progress = { state: 'waiting', dueAt: page.clock.now() + 3 * dayMs } as const;
  await save(page, await page.theCase(), { progress });
  return page;
}

describe('the card of the primary is replaced by its network', () => {
  test('the mirror follows, and the open case is tried again: once', async () => {
    const page = await openWaiting();
    page.local.control.updateCardByNetwork(page.ids.primary, 'expiry');
    await look(page);
    expect(await methodOf(page, 'primary')).toMatchObject({ revision: 2 });
    expect(queued(page)).toMatchObject([
      { queue: 'retryNow', type: 'pass', invoice: page.ids.invoice },
      { queue: 'retry', type: 'settle', invoice: page.ids.invoice },
    ]);
    expect(await page.theCase()).toMatchObject({ retryWanted: 1, unaskedRetries: 1 });
    expect(await page.theCustomer()).toMatchObject({ unfinished: [] });
    await look(page);
    expect(await page.theCase()).toMatchObject({ retryWanted: 1 });
  });

  test('a sign-in saw the new card first: a case that was given up is tried all the same', async () => {
    const page = await openWaiting();
    const progress = { state: 'exhausted', endedAt: page.clock.now() } as const;
    await save(page, await page.theCase(), { progress });
    page.clock.advance(hourMs);
    page.local.control.updateCardByNetwork(page.ids.primary, 'expiry');
    await mirrorFromStripe(page.account, customerId(page.ids.customer));
    await look(page);
    expect(await page.theCase()).toMatchObject({ retryWanted: 1, unaskedRetries: 1 });
    await look(page);
    expect(await page.theCase()).toMatchObject({ retryWanted: 1 });
  });

  test.each(['before', 'after'] as const)(
    'the process dies %s any call: the message that comes again wakes the case',
    async (when) => {
      const life = startLife();
      await lookIn(await updated(), life);
      expect(life.calls()).toBeGreaterThan(8);
      for (let call = 1; call <= life.calls(); call += 1) {
        const page = await updated();
        await expect(lookIn(page, startLife({ call, when }))).rejects.toThrow(ProcessDied);
        await look(page);
        page.clock.advance(hourMs);
        await page.finish();
        expect((await page.theCase()).retryWanted).toBeGreaterThan(0);
        expect(await methodOf(page, 'primary')).toMatchObject({ revision: 2 });
      }
    },
  );

  async function updated(): Promise<Page> {
    const page = await openWaiting();
    page.local.control.updateCardByNetwork(page.ids.primary, 'expiry');
    return page;
  }

  const lookIn = ({ account, queues, ids }: Page, life: ReturnType<typeof startLife>) =>
    lookAtCustomer(
      {
        changes: {
          ...account,
          records: life.wrap(account.records),
          stripe: life.wrap(account.stripe),
          queues: life.wrap(queues),
        },
        queues: life.wrap(queues),
      },
      customerId(ids.customer),
    );
});

describe('the network has updated a card, says Stripe', () => {
  const lookUpdated = ({ account, queues, ids }: Page, at: number) => {
    const byNetwork = { method: paymentMethodId(ids.primary), at };
    return lookAtCustomer({ changes: account, queues }, customerId(ids.customer), byNetwork);
  };
  const told = async (page: Page) => (await page.mails()).map(({ subject }) => subject);

  async function updated(by: 'expiry' | 'number' | 'brand'): Promise<{ page: Page; at: number }> {
    const page = await openPage();
    page.local.control.updateCardByNetwork(page.ids.primary, by);
    return { page, at: page.clock.now() };
  }

  test.each(['expiry', 'number'] as const)(
    'the owner is told once of its new %s, however often',
    async (by) => {
      const { page, at } = await updated(by);
      for (let times = 0; times < 3; times += 1) await lookUpdated(page, at);
      expect(await told(page)).toEqual([expect.stringMatching(/^Your bank has updated your Visa/)]);
    },
  );

  test('also where somebody has looked at the page before', async () => {
    const { page, at } = await updated('expiry');
    await mirrorFromStripe(page.account, customerId(page.ids.customer));
    await lookUpdated(page, at);
    await lookUpdated(page, at);
    expect(await told(page)).toHaveLength(1);
  });

  test('a card of another brand is to be agreed to first: that is not told as an update', async () => {
    const { page, at } = await updated('brand');
    for (let times = 0; times < 2; times += 1) await lookUpdated(page, at);
    expect(await told(page)).toEqual([]);
  });

  test('a card without a role is not told of', async () => {
    const { page, at } = await updated('expiry');
    const customer = await page.theCustomer();
    const changed = { ...customer, primary: null, version: customer.version + 1 };
    await page.account.records.saveCustomer(changed);
    await lookUpdated(page, at);
    expect(await told(page)).toEqual([]);
  });

  test('an event of data that stood here before it tells nothing', async () => {
    const { page, at } = await updated('expiry');
    await mirrorFromStripe(page.account, customerId(page.ids.customer));
    await lookUpdated(page, at + dayMs);
    expect(await told(page)).toEqual([]);
  });
});

describe('where the customer is at home', () => {
  test('their language and their zone follow what stands at Stripe', async () => {
    const page = await openPage();
    const move = (change: Stripe.CustomerUpdateParams) =>
      page.stripe.customers.update(page.ids.customer, change);
    await move({ address: { country: 'JP' }, preferred_locales: ['ja', 'de'] });
    await look(page);
    expect(await page.theCustomer()).toMatchObject({ locale: 'ja', timeZone: 'Asia/Tokyo' });
    await move({ metadata: { timezone: 'Pacific/Auckland' }, preferred_locales: ['de'] });
    await look(page);
    expect(await page.theCustomer()).toMatchObject({ locale: 'de', timeZone: 'Pacific/Auckland' });
  });

  test('is where the primary’s bills go, as long as nothing else is known', async () => {
    const page = await openPage();
    await look(page);
    expect(await page.theCustomer()).toMatchObject({ timeZone: null });
    await page.stripe.paymentMethods.update(page.ids.primary, {
      billing_details: { address: { country: 'AU', state: 'WA' } },
    });
    await look(page);
    expect(await page.theCustomer()).toMatchObject({ timeZone: 'Australia/Perth' });
  });
});

test('nothing of the methods is other: the open case is looked at and not tried', async () => {
  const page = await openWaiting();
  await look(page);
  expect(queued(page)).toMatchObject([{ queue: 'retry', type: 'settle' }]);
  expect(await page.theCase()).toMatchObject({ retryWanted: 0 });
});

test('corrected data of a card without a role wake nothing', async () => {
  const page = await openWaiting();
  const customer = await page.theCustomer();
  await page.account.records.saveCustomer({
    ...customer,
    secondary: null,
    version: customer.version + 1,
  });
  page.local.control.updateCardByNetwork(page.ids.secondary, 'expiry');
  await look(page);
  expect(await page.theCase()).toMatchObject({ retryWanted: 0 });
});

test('the backup was detached at Stripe: it is the backup no more', async () => {
  const page = await openWaiting();
  await page.stripe.paymentMethods.detach(page.ids.secondary);
  await look(page);
  expect(await page.theCustomer()).toMatchObject({ secondary: null });
  expect((await methodOf(page, 'secondary')).removedAt).not.toBeNull();
});

test('the customer was deleted: each open case is looked at, and closes', async () => {
  const page = await openWaiting();
  await page.stripe.customers.del(page.ids.customer);
  await look(page);
  expect(queued(page)).toMatchObject([{ queue: 'retry', type: 'settle' }]);
  await page.work();
  expect((await page.theCase()).progress).toMatchObject({
    state: 'closed',
    reason: 'customer_deleted',
  });
});

test('a case that has come to an end is left alone, and so is a customer of others', async () => {
  const page = await openPage();
  const progress = { state: 'recovered', endedAt: 0, role: 'primary' } as const;
  await save(page, await page.theCase(), { progress });
  await look(page);
  expect(queued(page)).toEqual([]);
  const stranger = await page.stripe.customers.create({});
  const before = page.table.items();
  await lookAtCustomer({ changes: page.account, queues: page.queues }, customerId(stranger.id));
  expect(page.table.items()).toEqual(before);
});

test('where only a method is named, its customer is looked at', async () => {
  const page = await openWaiting();
  const dependencies = { changes: page.account, queues: page.queues };
  await lookAtMethod(dependencies, paymentMethodId(page.ids.primary));
  expect(queued(page)).toMatchObject([{ queue: 'retry', type: 'settle' }]);
  await page.stripe.paymentMethods.detach(page.ids.secondary);
  await lookAtMethod(dependencies, paymentMethodId(page.ids.secondary));
  expect(queued(page)).toHaveLength(1);
});

test('the mirror says since when it is right, anew each day', async () => {
  const page = await openPage();
  await look(page);
  const first = await page.theCustomer();
  expect(first.mirroredAt).not.toBeNull();
  await look(page);
  expect(await page.theCustomer()).toEqual(first);
  page.clock.advance(dayMs);
  await look(page);
  expect((await page.theCustomer()).mirroredAt).toBeGreaterThanOrEqual(
    (first.mirroredAt ?? 0) + dayMs,
  );
});

describe('a card that expires soon', () => {
  /** The card of a role, which is to be looked at in some days. */
  async function expiringSoon(role: 'primary' | 'secondary'): Promise<Page> {
    const page = await openPage();
    await page.stripe.paymentMethods.update(page.ids[role], {
      card: { exp_month: 3, exp_year: 2026 },
    });
    await look(page);
    const card = await methodOf(page, role);
    const lookAt = page.clock.now() + 5 * dayMs;
    const reminder = { expiry: '2026-03', told: [30], lookAt, owed: null };
    await page.account.records.saveMethod({ ...card, reminder, version: card.version + 1 });
    return page;
  }

  test.each(['primary', 'secondary'] as const)(
    'is looked at in the next hour once something of the customer has changed: the %s',
    async (role) => {
      const page = await expiringSoon(role);
      await look(page);
      const { reminder } = await methodOf(page, role);
      expect(reminder?.lookAt).toBeLessThanOrEqual(page.clock.now());
      expect(reminder?.told).toEqual([30]);
    },
  );

  test('is looked at in the next hour once it has another role', async () => {
    const page = await expiringSoon('secondary');
    const { version } = await page.theCustomer();
    const body = { version, primary: page.ids.secondary, secondary: null };
    const { status } = await page.ask('PUT /portal/roles', { body });
    expect(status).toBe(200);
    const { reminder } = await methodOf(page, 'secondary');
    expect(reminder?.lookAt).toBeLessThanOrEqual(page.clock.now());
  });
});
