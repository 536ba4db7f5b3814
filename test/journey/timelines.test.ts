import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Standing } from '../../functions/domain/case/standing.ts';
import { connectStaffApi } from '../../tools/staff/staff-api.ts';
import { withPolicy } from './other-policy.ts';
import {
  attemptsOf,
  day,
  hour,
  minute,
  openWorld,
  type TestCustomer,
  type World,
} from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.until(nextLeapFebruary(world.stack.clock.now()));
});
afterAll(() => world.stop());

/** What a test is about renews no more: the next one moves the clock by months. */
afterEach(async () => {
  const { data } = await world.sdk.subscriptions.list({ limit: 100 });
  for (const { id } of data) await world.sdk.subscriptions.cancel(id);
  await world.settle();
});

/** The 27th of February of the next leap year, 15:00 UTC: 10:00 in New York, 04:00 in Auckland. */
function nextLeapFebruary(now: number): number {
  const { length } = Array.from({ length: 9 });
  const from = new Date(now).getUTCFullYear();
  const years = Array.from({ length }, (_, at) => from + at);
  const isLeap = (year: number) => new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  const found = years.find((year) => isLeap(year) && Date.UTC(year, 1, 27) > now);
  if (found === undefined) throw new Error('There is a leap year in any nine.');
  return Date.UTC(found, 1, 27, 15);
}

const now = () => world.stack.clock.now();

/** Day and hour on the customer's clock, such as `02-29 9`. */
function localTime(instant: number | null | undefined, timeZone: string): string {
  if (instant == null) return 'never';
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    month: '2-digit',
    day: '2-digit',
    hour: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('month')}-${of('day')} ${Number(of('hour'))}`;
}

async function livesIn({ customer }: TestCustomer, timezone: string): Promise<void> {
  await world.sdk.customers.update(customer, { metadata: { timezone } });
}

/** When each pass of the schedule is planned, until none is. */
async function playSchedule(
  customers: readonly {
    readonly who: TestCustomer;
    readonly invoice: string;
    readonly zone: string;
  }[],
): Promise<readonly (readonly string[])[]> {
  const planned: string[][] = customers.map(() => []);
  for (;;) {
    const cases = await Promise.all(customers.map(({ who, invoice }) => world.case(who, invoice)));
    const times = cases.map(({ nextScheduledAt }) => nextScheduledAt);
    customers.forEach(({ zone }, at) => {
      const time = localTime(times[at], zone);
      if (planned[at]?.at(-1) !== time) planned[at]?.push(time);
    });
    const ahead = times.filter((time) => time !== null);
    if (ahead.length === 0) return planned;
    // What comes on the same day is played at once.
    const soon = Math.min(...ahead) + 8 * hour;
    await world.until(Math.max(...ahead.filter((time) => time <= soon)));
  }
}

/** The staff API of a world, as the business's backend reaches it. */
function staffOf({ stack }: World) {
  const { url, region, ...key } = stack.staff;
  return connectStaffApi(url, { region, credentials: async () => key });
}

const standingOf = async (of: World, { customer }: TestCustomer) => {
  const path = ['customers', customer, 'standing'];
  const answer = await staffOf(of).ask<Pick<Standing, 'standing'>>({ method: 'GET', path });
  return answer.standing;
};

describe('weeks of a policy', () => {
  it('run at nine where each customer is, over 29 February and the change to summer time', async () => {
    const refused = { primary: ['generic_decline'], secondary: null } as const;
    const ada = await world.customer(refused);
    const bea = await world.customer(refused);
    await livesIn(bea, 'Pacific/Auckland');
    // One card is one card, whoever has it: no network asks Ada's and Bea's to wait.
    const funds = await world.customer({
      primary: ['insufficient_funds'],
      secondary: null,
      card: 'pm_card_amex',
    });
    const invoices = [ada, bea, funds].map((each) => world.renew(each));
    await world.settle();
    // A delivery that was answered too late comes again after a minute.
    await world.later(2 * minute);
    const [forAda, forBea, forFunds] = await playSchedule(
      [ada, bea, funds].map((who, at) => ({
        who,
        invoice: invoices[at] ?? '',
        zone: who === bea ? 'Pacific/Auckland' : 'America/New_York',
      })),
    );
    // New York's clocks change on the second Sunday of March.
    expect(forAda).toEqual(['02-28 9', '03-02 9', '03-07 9', '03-14 9', 'never']);
    // There it was the 28th already.
    expect(forBea).toEqual(['02-29 9', '03-03 9', '03-08 9', '03-15 9', 'never']);
    // The last business day, the 1st, no payday near, and the 15th.
    expect(forFunds?.slice(1)).toContain('03-01 9');
    expect(forFunds?.at(-1)).toBe('never');
    expect(await world.case(ada, invoices[0] ?? '')).toMatchObject({
      progress: { state: 'exhausted' },
    });
    expect(await world.charges(invoices[0] ?? '')).toHaveLength(6);
  });

  it('run at nine on both sides of the change to winter time', async () => {
    const year = new Date(now()).getUTCFullYear();
    await world.until(Date.UTC(year, 9, 24, 15));
    const ada = await world.customer({ primary: ['generic_decline'], secondary: null });
    await livesIn(ada, 'Europe/Berlin');
    const invoice = world.renew(ada);
    await world.settle();
    const [planned] = await playSchedule([{ who: ada, invoice, zone: 'Europe/Berlin' }]);
    expect(planned).toEqual(['10-25 9', '10-28 9', '11-02 9', '11-09 9', 'never']);
  });
});

describe('a payment that the bank wants confirmed', () => {
  it('is asked for by mail; finished by the customer, the case ends by itself', async () => {
    const ada = await world.customer({
      primary: ['authentication_required'],
      secondary: ['succeeded'],
    });
    const invoice = world.renew(ada);
    await world.settle();
    expect(await world.case(ada, invoice)).toMatchObject({
      progress: { state: 'action_required' },
    });
    expect(world.mails(ada)).toHaveLength(1);
    world.stripe.control.setCardOutcomes(ada.primary, ['succeeded']);
    await world.sdk.invoices.pay(invoice, { payment_method: ada.primary, off_session: false });
    await world.settle();
    expect(await world.case(ada, invoice)).toMatchObject({
      progress: { state: 'closed', reason: 'paid_elsewhere' },
    });
    await world.later(2 * day);
    expect((await world.charges(invoice)).map(({ status }) => status)).toEqual([
      'failed',
      'succeeded',
    ]);
  });

  it('moves on to the secondary after 24 hours where nobody does', async () => {
    const ben = await world.customer({
      primary: ['authentication_required'],
      secondary: ['succeeded'],
    });
    const invoice = world.renew(ben);
    await world.settle();
    const { fallbackAt } = await world.case(ben, invoice);
    await world.later(23 * hour);
    expect(await world.case(ben, invoice)).toMatchObject({
      progress: { state: 'action_required' },
    });
    await world.until(fallbackAt ?? 0);
    expect(await world.case(ben, invoice)).toMatchObject({
      progress: { state: 'recovered', role: 'secondary' },
    });
    expect(attemptsOf(await world.history(ben, invoice))).toEqual(['secondary succeeded']);
  });
});

describe('a bank debit', () => {
  const accountOf = async ({ customer, subscription }: TestCustomer): Promise<void> => {
    const set = await world.sdk.setupIntents.create({
      customer,
      payment_method: 'pm_usBankAccount_success',
      confirm: true,
      mandate_data: { customer_acceptance: { type: 'offline' } },
    });
    if (set.status === 'requires_action') {
      await world.sdk.setupIntents.verifyMicrodeposits(set.id, { amounts: [32, 45] });
    }
    await world.sdk.subscriptions.update(subscription, {
      default_payment_method: String(set.payment_method),
    });
  };
  const comesBack = async (invoice: string): Promise<void> => {
    const pending = (await world.charges(invoice)).findLast(({ status }) => status === 'pending');
    world.stripe.control.returnDebit(pending?.id ?? '', 'R01');
    await world.settle();
  };

  it('is tried three times at most, and nothing else is while one is under way', async () => {
    const ada = await world.customer({ primary: ['succeeded'], secondary: null });
    await accountOf(ada);
    const invoice = world.renew(ada);
    await world.settle();
    await comesBack(invoice);
    for (const tries of [2, 3]) {
      await world.until((await world.case(ada, invoice)).nextScheduledAt ?? 0);
      expect(await world.charges(invoice)).toHaveLength(tries);
      expect(await world.case(ada, invoice)).toMatchObject({ progress: { state: 'processing' } });
      await world.later(12 * hour);
      expect(await world.charges(invoice)).toHaveLength(tries);
      await comesBack(invoice);
      await world.later(minute);
    }
    await playSchedule([{ who: ada, invoice, zone: 'America/New_York' }]);
    expect(await world.charges(invoice)).toHaveLength(3);
    const ends = (await world.history(ada, invoice)).flatMap(({ event }) =>
      event.kind === 'pass_ended' ? event.trace.map(({ rule }) => rule) : [],
    );
    expect(ends).toContain('method_tries_used_up');
  });

  it('settles days later and ends the case', async () => {
    const ben = await world.customer({ primary: ['succeeded'], secondary: null });
    await accountOf(ben);
    const invoice = world.renew(ben);
    await world.settle();
    await comesBack(invoice);
    await world.until((await world.case(ben, invoice)).nextScheduledAt ?? 0);
    const pending = (await world.charges(invoice)).at(-1);
    world.stripe.control.settleDebit(pending?.id ?? '');
    await world.settle();
    expect(await world.case(ben, invoice)).toMatchObject({ progress: { state: 'recovered' } });
  });
});

describe('two invoices of one customer at once', () => {
  /** A customer whose two subscriptions are charged to one card. */
  async function twice(card: 'pm_card_mastercard' | 'pm_card_jcb') {
    const who = await world.customer({
      primary: ['succeeded'],
      secondary: null,
      card,
      asksToWait: true,
    });
    const { items } = await world.sdk.subscriptions.retrieve(who.subscription);
    const other = await world.sdk.subscriptions.create({
      customer: who.customer,
      items: items.data.map(({ price }) => ({ price: price.id })),
      default_payment_method: who.primary,
    });
    return { who, other: { ...who, subscription: other.id } };
  }
  const rulesOf = async (who: TestCustomer, invoice: string) =>
    (await world.history(who, invoice)).flatMap(({ event }) =>
      event.kind === 'pass_ended' ? event.trace.map(({ rule }) => rule) : [],
    );

  it('leave a card alone that the other one found dead', async () => {
    const { who, other } = await twice('pm_card_jcb');
    world.stripe.control.setCardOutcomes(who.primary, ['insufficient_funds', 'lost_card']);
    const [first, second] = [world.renew(who), world.renew(other)];
    await world.settle();
    await world.until((await world.case(who, first)).nextScheduledAt ?? 0);
    expect(await world.charges(first)).toHaveLength(1);
    expect(await world.charges(second)).toHaveLength(1);
    expect(await rulesOf(who, first)).toContain('method_blocked');
  });

  it('leave a card alone while its network asks to wait because of the other one', async () => {
    const { who, other } = await twice('pm_card_mastercard');
    world.stripe.control.setCardOutcomes(who.primary, ['insufficient_funds', 'generic_decline']);
    const first = world.renew(who);
    await world.settle();
    const second = world.renew(other);
    await world.settle();
    // A generic refusal would have been tried again at once.
    expect(await world.charges(second)).toHaveLength(1);
    expect(await rulesOf(who, second)).toContain('network_asks_to_wait');
    // The next try of the first one, which may come just before, would make the network ask again.
    await world.sdk.invoices.voidInvoice(first);
    await world.settle();
    await world.until((await world.case(who, second)).nextScheduledAt ?? 0);
    expect(await world.charges(second)).toHaveLength(2);
  });
});

describe('what nobody told, and what comes after', () => {
  it('a failure of which every delivery was lost is found within the hour', async () => {
    const ben = await world.customer({ primary: ['insufficient_funds'], secondary: ['succeeded'] });
    await world.settle();
    const { deliveries } = world.stripe.control;
    deliveries.hold();
    const invoice = world.renew(ben);
    for (const { event, status } of deliveries.list()) {
      if (status === 'held') deliveries.drop(event);
    }
    await deliveries.release('all');
    await world.later(hour);
    await world.later(minute);
    expect(await world.case(ben, invoice)).toMatchObject({
      progress: { state: 'recovered', role: 'secondary' },
    });
  });

  // The last one: it blocks the card that is everybody's backup.
  it('a dispute stands on the case for staff, and charges nothing', async () => {
    const ada = await world.customer({
      primary: ['insufficient_funds'],
      secondary: ['succeeded'],
    });
    const invoice = world.renew(ada);
    await world.settle();
    expect(await standingOf(world, ada)).toBe('good');
    const paid = (await world.charges(invoice)).at(-1);
    world.stripe.control.openDispute(paid?.id ?? '', 'fraudulent');
    await world.settle();
    const { troubles } = await world.case(ada, invoice);
    expect(troubles).toMatchObject([{ kind: 'dispute', reason: 'fraudulent' }]);
    expect(await standingOf(world, ada)).toBe('past_due');
    const again = world.renew(ada);
    await world.settle();
    expect((await world.charges(again)).map(({ payment_method }) => payment_method)).not.toContain(
      ada.secondary,
    );
    expect(await world.charges(invoice)).toHaveLength(2);
  });
});

describe('a policy that is changed while cases are open', () => {
  const suspending = {
    retryAfterDays: [2, 2],
    end: { afterDays: 4, access: 'suspend', action: 'cancel_subscription' },
  };

  it('holds for them from the next step on, to the end and its extension', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'backstop-timelines-'));
    const data = join(folder, 'data');
    const before = await openWorld({ data });
    const ada = await before.customer({ primary: ['generic_decline'], secondary: null });
    const invoice = before.renew(ada);
    await before.settle();
    const planned = (await before.case(ada, invoice)).nextScheduledAt ?? 0;
    await before.stop();

    const assemblyDirectory = await withPolicy(
      inject('assembly'),
      join(folder, 'assembly'),
      suspending,
    );
    const after = await openWorld({ assemblyDirectory, data });
    const theCase = () => after.case(ada, invoice);
    // What was planned stays planned; the one after it is the new policy's last.
    expect((await theCase()).nextScheduledAt).toBe(planned);
    await after.until(planned);
    const last = (await theCase()).nextScheduledAt ?? 0;
    expect(Math.round((last - planned) / day)).toBe(2);
    await after.until(last);
    const { progress, end } = await theCase();
    expect(progress.state).toBe('exhausted');
    expect(end).toMatchObject({ access: 'suspend', action: 'cancel_subscription', doneAt: null });
    expect(await standingOf(after, ada)).toBe('grace');

    const until = (end?.at ?? 0) + 2 * day;
    await staffOf(after).ask({
      method: 'PUT',
      path: ['customers', ada.customer, 'extension'],
      body: { until: new Date(until).toISOString(), reason: 'they called' },
    });
    await after.until(end?.at ?? 0);
    expect((await theCase()).end).toMatchObject({ doneAt: null });
    expect(await standingOf(after, ada)).toBe('grace');
    await after.until(until);
    expect((await after.sdk.subscriptions.retrieve(ada.subscription)).status).toBe('canceled');
    expect(await standingOf(after, ada)).toBe('suspended');
    const subjects = after.mails(ada).map(({ subject }) => subject);
    expect(new Set(subjects).size).toBeGreaterThanOrEqual(3);
    await after.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
