import { describe, expect, test } from 'vitest';
import type { PaymentStart } from '../../../functions/account/pay-now.ts';
import { customerId, invoiceId, paymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs, minuteMs } from '../../../functions/domain/time.ts';
import { ProcessDied, startLife } from '../../twins/mortal-ports.ts';
import { refusalOf } from '../local-stripe/world.ts';
import { byAda, openPage, type Page, type Told } from './fixtures/page.ts';

const payRoute = 'POST /portal/cases/{invoice}/payments';
const lookRoute = 'POST /portal/cases/{invoice}/look';

const pay = (page: Page, body: object = {}): Promise<Told> =>
  page.ask(payRoute, { path: { invoice: page.ids.invoice }, body });
const look = (page: Page): Promise<Told> =>
  page.ask(lookRoute, { path: { invoice: page.ids.invoice } });

/** What the page goes on with, as the tests of its shape below show it. */
const startOf = (told: Told) => told.body as PaymentStart;

const intentOf = ({ clientSecret }: PaymentStart): string =>
  clientSecret.split('_secret_')[0] ?? '';

/** The browser confirms the payment, as Stripe.js does. */
const confirm = (page: Page, start: PaymentStart, method: string) =>
  page.browser.rawRequest('POST', `/v1/payment_intents/${intentOf(start)}/confirm`, {
    client_secret: start.clientSecret,
    payment_method: method,
    return_url: 'https://billing.example.com/',
  });

/** A failed renewal, after the pass that both cards refused; the next one is days away. */
async function openRefused(): Promise<Page> {
  const page = await openPage({ owes: true });
  refuseAll(page);
  await page.work();
  page.clock.advance(minuteMs);
  await page.work();
  expect((await page.theCase()).progress.state).toBe('waiting');
  return page;
}

function refuseAll({ local, ids }: Page): void {
  for (const card of [ids.primary, ids.secondary]) {
    local.control.setCardOutcomes(card, Array(9).fill('insufficient_funds'));
  }
}

const charges = async ({ stripe, ids }: Page) =>
  (await stripe.charges.list({ customer: ids.customer, limit: 100 })).data.filter(
    ({ created }) => created > Date.UTC(2026, 1, 20) / 1000,
  );
const paidCharges = async (page: Page) =>
  (await charges(page)).filter(({ status }) => status === 'succeeded');
const history = async ({ account, ids }: Page) =>
  (await account.records.history(customerId(ids.customer), invoiceId(ids.invoice))).map(
    ({ event }) => event,
  );

describe('paying now', () => {
  test('claims an attempt, and the page pays with the secret that it gets', async () => {
    const page = await openRefused();
    const { attemptCount, progress } = await page.theCase();
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    const told = await pay(page);
    expect(told).toMatchObject({
      status: 200,
      body: {
        clientSecret: expect.stringMatching(/^pi_.*_secret_/),
        invoice: page.ids.invoice,
        attempt: attemptCount + 1,
        method: page.ids.primary,
        amountDue: { amount: 2900, currency: 'usd' },
      },
    });
    const { openAttempt } = await page.theCase();
    const { holdsUntil } = startOf(told);
    expect(holdsUntil).toBe(new Date(openAttempt?.leaseUntil ?? 0).toISOString());
    expect(Date.parse(holdsUntil)).toBe((openAttempt?.startedAt ?? 0) + 15 * minuteMs);
    expect(openAttempt).toMatchObject({
      initiator: 'customer',
      request: 'in_the_page',
      role: 'primary',
      method: page.ids.primary,
      interrupted: progress,
    });
    await confirm(page, startOf(told), page.ids.primary);
    expect(await look(page)).toMatchObject({ status: 202 });
    await page.work();
    const paid = await page.theCase();
    expect(paid).toMatchObject({
      progress: { state: 'recovered', role: 'primary' },
      openAttempt: null,
    });
    await page.work();
    expect(await paidCharges(page)).toHaveLength(1);
    const [started, ended] = (await history(page)).slice(-2);
    expect(started).toMatchObject({ kind: 'payment_started', n: attemptCount + 1 });
    expect(ended).toMatchObject({
      kind: 'attempt',
      n: attemptCount + 1,
      initiator: 'customer',
      outcome: { kind: 'succeeded' },
    });
    expect(page.audit()).toMatchObject([
      { what: 'payment_started', by: byAda, about: page.ids.invoice, to: { amount: 2900 } },
    ]);
    expect(JSON.stringify(page.telemetry.lines)).not.toContain('_secret_');
    // Who paid in the page sees it there.
    expect(
      page.queues
        .waiting()
        .filter(({ body }) => JSON.stringify(body).includes('secondary_charged')),
    ).toEqual([]);
  });

  test('before the first pass takes collecting over, so that Stripe charges nothing meanwhile', async () => {
    const page = await openPage({ owes: true });
    expect((await page.stripe.invoices.retrieve(page.ids.invoice)).auto_advance).toBe(true);
    expect((await pay(page)).status).toBe(200);
    expect((await page.stripe.invoices.retrieve(page.ids.invoice)).auto_advance).toBe(false);
    expect(await page.theCase()).toMatchObject({ ownsCollection: true });
    const before = (await charges(page)).length;
    page.clock.advance(10 * minuteMs);
    await page.work();
    expect(await charges(page)).toHaveLength(before);
  });

  test('with the backup or a spare card is known by the card that was charged', async () => {
    const page = await openRefused();
    const spare = await page.stripe.paymentMethods.attach('pm_card_amex', {
      customer: page.ids.customer,
    });
    page.local.control.setCardOutcomes(page.ids.secondary, ['insufficient_funds', 'succeeded']);
    const first = startOf(await pay(page, { method: page.ids.secondary }));
    expect((await page.theCase()).openAttempt).toMatchObject({ role: 'secondary' });
    await refusalOf(confirm(page, first, page.ids.secondary));
    await confirm(page, first, spare.id);
    await look(page);
    await page.work();
    expect(await page.theCase()).toMatchObject({ progress: { state: 'recovered', role: 'spare' } });
    expect((await history(page)).at(-1)).toMatchObject({ role: 'spare', method: spare.id });
  });

  test('again, while the attempt is open, gives the same secret and claims nothing', async () => {
    const page = await openRefused();
    const first = await pay(page);
    const { version } = await page.theCase();
    page.clock.advance(5 * minuteMs);
    expect(await pay(page)).toEqual(first);
    expect((await page.theCase()).version).toBe(version);
    expect(page.audit()).toHaveLength(1);
  });

  test('that was refused goes on where the case stood, and can be begun again at once', async () => {
    const page = await openRefused();
    const before = await page.theCase();
    const tried = (await charges(page)).length;
    const start = startOf(await pay(page));
    const refusal = await refusalOf(confirm(page, start, page.ids.primary));
    expect(refusal.decline_code).toBe('insufficient_funds');
    await look(page);
    await page.work();
    const after = await page.theCase();
    expect(after.progress).toEqual(before.progress);
    expect(after).toMatchObject({ openAttempt: null, scheduleUsed: before.scheduleUsed });
    expect((await history(page)).at(-1)).toMatchObject({
      initiator: 'customer',
      outcome: { kind: 'declined', decline: 'insufficient_funds' },
    });
    page.clock.advance(hourMs);
    await page.work();
    expect(await charges(page)).toHaveLength(tried + 1);
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    const again = startOf(await pay(page));
    expect(again.attempt).toBe(start.attempt + 1);
    await confirm(page, again, page.ids.primary);
    await look(page);
    await page.work();
    expect((await page.theCase()).progress.state).toBe('recovered');
  });

  test('with 3-D Secure ends when the bank has its answer', async () => {
    const page = await openRefused();
    const card = await page.stripe.paymentMethods.attach('pm_card_threeDSecure2Required', {
      customer: page.ids.customer,
    });
    const start = startOf(await pay(page));
    const asked = await confirm(page, start, card.id);
    expect(asked).toMatchObject({ status: 'requires_action' });
    await look(page);
    await page.work();
    expect((await page.theCase()).openAttempt).not.toBeNull();
    page.local.control.finishAuthentication(intentOf(start), true);
    await look(page);
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'recovered', role: 'spare' });
    expect(await paidCharges(page)).toHaveLength(1);
  });

  test('with 3-D Secure that fails leaves the case as it was when its time is over', async () => {
    const page = await openRefused();
    const before = await page.theCase();
    const card = await page.stripe.paymentMethods.attach('pm_card_threeDSecure2Required', {
      customer: page.ids.customer,
    });
    const start = startOf(await pay(page));
    await confirm(page, start, card.id);
    page.local.control.finishAuthentication(intentOf(start), false);
    page.clock.advance(16 * minuteMs);
    await page.work();
    await page.work();
    const after = await page.theCase();
    expect(after).toMatchObject({ progress: before.progress, openAttempt: null });
    expect(await paidCharges(page)).toEqual([]);
  });

  test('that is given up freezes the case for a quarter of an hour and no longer', async () => {
    const page = await openRefused();
    const before = await page.theCase();
    await pay(page);
    page.clock.advance(14 * minuteMs);
    await page.work();
    expect((await page.theCase()).openAttempt).not.toBeNull();
    page.clock.advance(2 * minuteMs);
    await page.work();
    const after = await page.theCase();
    expect(after).toMatchObject({ openAttempt: null, progress: before.progress });
    expect((await history(page)).at(-1)).toMatchObject({
      initiator: 'customer',
      outcome: { kind: 'not_executed' },
    });
    // The pass that was planned comes when it was planned, and charges.
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    page.clock.advance(2 * dayMs);
    await page.work();
    expect((await page.theCase()).progress.state).toBe('recovered');
    expect(await paidCharges(page)).toHaveLength(1);
  });

  test('of an exhausted case leaves it exhausted, unless it was paid', async () => {
    const page = await openRefused();
    for (let days = 0; days < 40; days += 1) {
      page.clock.advance(dayMs);
      await page.work();
    }
    expect((await page.theCase()).progress.state).toBe('exhausted');
    const tried = (await charges(page)).length;
    const start = startOf(await pay(page));
    page.clock.advance(16 * minuteMs);
    await page.work();
    await page.work();
    expect((await page.theCase()).progress.state).toBe('exhausted');
    expect(await charges(page)).toHaveLength(tried);
    // Later than the claim: an event tells, and the look finds the invoice paid.
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    await confirm(page, start, page.ids.primary);
    await look(page);
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({
      state: 'closed',
      reason: 'paid_elsewhere',
    });
  });
});

describe('nobody pays twice', () => {
  test('who confirms after their time, while a pass has charged', async () => {
    const page = await openRefused();
    const start = startOf(await pay(page));
    page.clock.advance(2 * dayMs);
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    await page.work();
    await page.work();
    expect((await page.theCase()).progress.state).toBe('recovered');
    const refusal = await refusalOf(confirm(page, start, page.ids.secondary));
    expect(refusal.code).toBe('payment_intent_unexpected_state');
    expect(await paidCharges(page)).toHaveLength(1);
  });

  test('who confirms after their time and before a pass', async () => {
    const page = await openRefused();
    const start = startOf(await pay(page));
    page.clock.advance(16 * minuteMs);
    await page.work();
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded', 'succeeded']);
    await confirm(page, start, page.ids.primary);
    page.clock.advance(2 * dayMs);
    await page.work();
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'closed' });
    expect(await paidCharges(page)).toHaveLength(1);
  });

  test('while a pass charges, nobody begins, and the other way round', async () => {
    const page = await openPage({ owes: true });
    const { records } = page.account;
    const claimed = await page.theCase();
    const startedAt = page.clock.now();
    // The retry room has claimed an attempt a moment ago.
    await records.saveCase({
      ...claimed,
      version: claimed.version + 1,
      attemptCount: 1,
      openAttempt: {
        n: 1,
        role: 'primary',
        method: paymentMethodId(page.ids.primary),
        revision: 1,
        key: 'backstop-1',
        startedAt,
        sentAt: startedAt,
        leaseUntil: startedAt + 2 * minuteMs,
        chargeBefore: null,
        request: 'maybe_sent',
        trace: [],
      },
    });
    expect(await pay(page)).toMatchObject({
      status: 409,
      body: {
        type: 'urn:backstop:problem:payment-under-way',
        detail: expect.stringContaining(new Date(startedAt).toISOString()),
      },
    });
    // Its look leaves our own attempt alone while the lease runs.
    await page.work();
    expect((await page.theCase()).openAttempt).toMatchObject({ n: 1, request: 'maybe_sent' });
  });

  test('of two pages that begin at once, both get the secret of one attempt', async () => {
    const page = await openRefused();
    const [one, other] = await Promise.all([pay(page), pay(page)]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(startOf(one)).toEqual(startOf(other));
    expect(page.audit()).toHaveLength(1);
  });
});

describe('paying now is refused', () => {
  test('where nothing is left to pay', async () => {
    const page = await openRefused();
    await page.stripe.invoices.voidInvoice(page.ids.invoice);
    expect(await pay(page)).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:case-ended' },
    });
    await page.work();
    expect((await page.theCase()).progress).toMatchObject({ state: 'closed', reason: 'voided' });
    expect((await pay(page)).status).toBe(409);
  });

  test('of an invoice that is not on record, or of somebody else', async () => {
    const page = await openRefused();
    const request = { path: { invoice: 'in_of_another' }, body: {} };
    expect((await page.ask(payRoute, request)).status).toBe(404);
    expect((await page.ask(lookRoute, { path: { invoice: 'in_of_another' } })).status).toBe(404);
  });

  test('while staff hold the case', async () => {
    const page = await openRefused();
    const stored = await page.theCase();
    const until = page.clock.now() + hourMs;
    await page.account.records.saveCase({
      ...stored,
      version: stored.version + 1,
      hold: { reason: 'a dispute that is nobody’s business', until },
    });
    const told = await pay(page);
    expect(told).toMatchObject({ status: 409, body: { type: 'urn:backstop:problem:case-held' } });
    expect(JSON.stringify(told.body)).not.toContain('dispute');
  });

  test('while charging is stopped or only observed', async () => {
    const page = await openRefused();
    const observing = {
      ...page.account,
      settings: { ...page.account.settings, mode: 'observe' as const },
    };
    const request = { path: { invoice: page.ids.invoice }, body: {} };
    const stopped = { status: 409, body: { type: 'urn:backstop:problem:charging-stopped' } };
    expect(await page.askOf(observing, payRoute, request)).toMatchObject(stopped);
    const off = { charging: 'stopped', reason: 'test', by: 'test', version: 1 } as const;
    await page.account.records.saveChargingSwitch(off, null);
    expect(await pay(page)).toMatchObject(stopped);
  });

  test('with a card that is blocked, without telling why', async () => {
    const page = await openPage({ owes: true });
    page.local.control.setCardOutcomes(page.ids.secondary, ['stolen_card']);
    await page.work();
    const told = await pay(page, { method: page.ids.secondary });
    expect(told).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:method-not-payable' },
    });
    expect(JSON.stringify(told.body)).not.toMatch(/stolen|lost|fraud|pick/i);
    expect((await pay(page, { method: 'pm_of_another' })).status).toBe(404);
  });

  test('more often than ten times an hour', async () => {
    const page = await openRefused();
    for (let times = 0; times < 10; times += 1) expect((await pay(page)).status).toBe(200);
    const refused = await pay(page);
    expect(refused.status).toBe(429);
    const { retryAfterSeconds } = refused.body as { readonly retryAfterSeconds: number }; // A problem's.
    // An hour after the first of them, less what the others took by this machine's clock.
    expect(retryAfterSeconds).toBeGreaterThan(3500);
    expect(retryAfterSeconds).toBeLessThanOrEqual(3600);
    page.clock.advance(hourMs);
    await page.work();
    expect((await pay(page)).status).toBe(200);
  });
});

test('the tries of a customer count against the caps of the card’s network', async () => {
  const page = await openRefused();
  const method = await page.account.stripe.paymentMethod(paymentMethodId(page.ids.primary));
  const card = method?.fingerprint ?? '';
  const slots = async () => (await page.account.records.ledger(card)).slots.length;
  const before = await slots();
  const start = startOf(await pay(page));
  await refusalOf(confirm(page, start, page.ids.primary));
  await refusalOf(confirm(page, start, page.ids.primary));
  await look(page);
  await page.work();
  expect(await slots()).toBe(before + 2);
  await look(page);
  await page.work();
  expect(await slots()).toBe(before + 2);
});

test('a card that turns out dead in the page is dead for every invoice', async () => {
  const page = await openRefused();
  page.local.control.setCardOutcomes(page.ids.secondary, ['lost_card']);
  const start = startOf(await pay(page, { method: page.ids.secondary }));
  await refusalOf(confirm(page, start, page.ids.secondary));
  await look(page);
  await page.work();
  const method = await page.stripe.paymentMethods.retrieve(page.ids.secondary);
  const ledger = await page.account.records.ledger(method.card?.fingerprint ?? '');
  expect(ledger.blocks).toMatchObject([{ scope: 'card', kind: 'card_dead' }]);
});

test('a death at any call freezes nothing for longer than the claim, and again goes on', async () => {
  const request = async (page: Page) => ({ path: { invoice: page.ids.invoice }, body: {} });
  const mortal = (page: Page, life: ReturnType<typeof startLife>) => ({
    ...page.account,
    records: life.wrap(page.account.records),
    stripe: life.wrap(page.account.stripe),
  });
  const counted = await openPage({ owes: true });
  const life = startLife();
  await counted.askOf(mortal(counted, life), payRoute, await request(counted));
  expect(life.calls()).toBeGreaterThan(10);
  for (let call = 1; call <= life.calls(); call += 1) {
    const page = await openPage({ owes: true });
    // Before a call is after the one before it.
    const death = mortal(page, startLife({ call, when: 'after' }));
    await expect(page.askOf(death, payRoute, await request(page))).rejects.toThrow(ProcessDied);
    const told = await pay(page);
    expect([call, told.status]).toEqual([call, 200]);
    page.local.control.setCardOutcomes(page.ids.primary, ['succeeded']);
    await confirm(page, startOf(told), page.ids.primary);
    await look(page);
    await page.work();
    expect((await page.theCase()).progress.state).toBe('recovered');
    expect(page.audit()).toHaveLength(1);
    expect((await page.theCase()).attemptCount).toBe(1);
  }
}, 60_000);

test('a death while the outcome is found out tells it once and counts it once', async () => {
  const declinedInPage = async () => {
    const page = await openRefused();
    await refusalOf(confirm(page, startOf(await pay(page)), page.ids.primary));
    await look(page);
    return page;
  };
  const counted = await declinedInPage();
  const life = startLife();
  await counted.retryIn(life);
  expect(life.calls()).toBeGreaterThan(8);
  for (let call = 1; call <= life.calls(); call += 1) {
    const page = await declinedInPage();
    const method = await page.stripe.paymentMethods.retrieve(page.ids.primary);
    const slots = async () =>
      (await page.account.records.ledger(method.card?.fingerprint ?? '')).slots.length;
    const before = await slots();
    await expect(page.retryIn(startLife({ call, when: 'after' }))).rejects.toThrow(ProcessDied);
    await look(page);
    await page.retryIn(startLife());
    expect([call, await slots()]).toEqual([call, before + 1]);
    const told = (await history(page)).filter(
      (event) => event.kind === 'attempt' && event.initiator === 'customer',
    );
    expect([call, told.length]).toEqual([call, 1]);
    expect((await page.theCase()).progress.state).toBe('waiting');
  }
}, 60_000);
