import { describe, expect, test } from 'vitest';
import { customerId, invoiceId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs, secondMs } from '../../../functions/domain/time.ts';
import type { ObservationList } from '../../../functions/staff-api/list-observations.ts';
import type { ObservationRecord } from '../../../functions/staff-api/observation-record.ts';
import { observationList } from '../../../tools/openapi/answers/staff.ts';
import { type Desk, ofCase, openDesk, openRenewal } from './fixtures/desk.ts';

const list = 'GET /staff/observations';

/** Every page, each of the form that the document says. */
async function observations(desk: Desk): Promise<readonly ObservationRecord[]> {
  const found: ObservationRecord[] = [];
  let cursor: string | null = null;
  do {
    const { status, body } = await desk.ask(list, cursor === null ? {} : { query: { cursor } });
    expect(status).toBe(200);
    // The document's own schema has just been asked.
    const page = observationList.parse(body) as ObservationList;
    found.push(...page.observations);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** Time passes at Stripe and here, with what is due every six hours. */
async function pass(desk: Desk, days: number): Promise<void> {
  for (let quarter = 0; quarter < days * 4; quarter += 1) {
    desk.clock.advance(6 * hourMs);
    await desk.local.idle();
    await desk.work();
  }
}

/** Stripe's own answer about the invoice's charges, oldest first. */
async function chargesOf(desk: Desk, customer: string) {
  const { data } = await desk.stripe.charges.list({ customer, limit: 100 });
  return data.toReversed().filter(({ created }) => created * 1000 >= desk.clock.now() - 90 * dayMs);
}

describe('a renewal that is only observed', () => {
  test("a whole story changes nothing at Stripe and mails nobody; Stripe's own retry pays", async () => {
    const desk = await openDesk({ mode: 'observe' });
    const ada = await openRenewal(desk);
    desk.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
    await desk.work();

    const [first] = await observations(desk);
    expect(first).toMatchObject({
      invoice: ada.invoice,
      state: 'waiting',
      amount: { amount: 2900, currency: 'usd' },
      refusal: { declineCode: 'insufficient_funds', networkDeclineCode: '51' },
      primary: { method: ada.primary, type: 'card', brand: 'visa' },
      secondary: { method: ada.secondary, brand: 'mastercard', consented: true },
      // Stripe's own refusal for want of money counts as the primary's try.
      passes: [{ tries: [{ role: 'secondary', method: ada.secondary }], fallbackAt: null }],
      later: [],
      paidAt: null,
      onlyObserved: true,
    });
    expect(first?.passes[0]?.nextPassAt).not.toBeNull();

    await pass(desk, 4);
    desk.local.control.setCardOutcomes(ada.primary, ['succeeded']);
    await pass(desk, 26);

    const invoice = await desk.stripe.invoices.retrieve(ada.invoice);
    expect(invoice.status).toBe('paid');
    const [last] = await observations(desk);
    const tries = (await chargesOf(desk, ada.customer)).filter(
      ({ created }) => created * secondMs > Date.parse(first?.failedAt ?? ''),
    );
    expect(last).toMatchObject({ state: 'closed', closeReason: 'paid_elsewhere' });
    expect(last?.later.map(({ at, role, paid }) => [Date.parse(at), role, paid])).toEqual(
      tries.map(({ created, paid }) => [created * secondMs, 'primary', paid]),
    );
    expect(last?.paidAt).toBe(last?.later.at(-1)?.at);
    expect(last?.later.at(-1)).toMatchObject({ paid: true, refusal: null });
    // In later passes the primary comes first, and the secondary should it be refused.
    expect(last?.passes[1]?.tries.map(({ role }) => role)).toEqual(['primary', 'secondary']);

    expect(desk.changes).toEqual([]);
    expect(desk.queues.waiting().filter(({ queue }) => queue === 'notice')).toEqual([]);
    expect((await desk.readCase(ada)).openAttempt).toBeNull();
  });

  test('the history tells the whole decision, and when the next pass would run', async () => {
    const desk = await openDesk({ mode: 'observe' });
    const ada = await openRenewal(desk);
    await desk.work();
    await pass(desk, 3);

    const { history } = (
      await desk.ask('GET /staff/customers/{customer}/cases/{invoice}', ofCase(ada))
    ).body as { history: { event: { kind: string; trace: { rule: string; about: string }[] } }[] };
    const observed = history.filter(({ event }) => event.kind === 'observed');
    expect(observed.length).toBeGreaterThan(1);
    const [first, second] = observed.map(({ event }) => event.trace.map(({ rule }) => rule));
    expect(first).toEqual([
      'primary_refused_by_stripe_try_is_wasted',
      'secondary_after_definite_refusal',
      'observe_only',
      'primary_refused_by_stripe_try_is_wasted',
      'secondary_refused_in_this_pass',
      'observe_only',
      'scheduled_after_days',
      ...(first?.includes('moved_to_payday') ? ['moved_to_payday'] : []),
    ]);
    expect(second?.filter((rule) => rule === 'observe_only')).toHaveLength(3);
  });

  test('without a backup only the primary would be tried', async () => {
    const desk = await openDesk({ mode: 'observe' });
    await openRenewal(desk, { backup: false });
    await desk.work();
    expect(await observations(desk)).toMatchObject([{ secondary: null, passes: [{ tries: [] }] }]);
  });
});

describe('the list', () => {
  test('has what is open and what has ended, oldest first, and nothing of mode own', async () => {
    const desk = await openDesk({ mode: 'observe' });
    const ada = await openRenewal(desk);
    await desk.work();
    const { records } = desk.account;
    const stored = await desk.readCase(ada);
    const now = desk.clock.now();
    for (let n = 0; n < 60; n += 1) {
      const closed = { state: 'closed', endedAt: now, reason: 'paid_elsewhere' } as const;
      await records.addCase({
        ...stored,
        invoice: invoiceId(`in_${n}`),
        createdAt: now - (100 - n) * hourMs,
        progress: n % 2 === 0 ? closed : stored.progress,
        version: 1,
      });
    }
    const { observed: _, ...own } = stored;
    await records.addCase({ ...own, invoice: invoiceId('in_own'), version: 1 });

    const found = (await observations(desk)).map(({ invoice }) => invoice);
    expect(found).toEqual([...Array.from({ length: 60 }, (_each, n) => `in_${n}`), ada.invoice]);
  });

  test('a case that was taken over since is said to be, and leaves the list with its end', async () => {
    const desk = await openDesk({ mode: 'observe' });
    const ada = await openRenewal(desk);
    await desk.work();
    const { records } = desk.account;
    const stored = await desk.readCase(ada);
    const owned = { ...stored, ownsCollection: true, takenOverAt: 1, version: stored.version + 1 };
    await records.saveCase(owned);
    expect(await observations(desk)).toMatchObject([{ onlyObserved: false, paidAt: null }]);
    const now = desk.clock.now();
    const progress = { state: 'recovered', endedAt: now, role: 'primary' } as const;
    await records.saveCase({ ...owned, progress, version: owned.version + 1 });
    expect(await observations(desk)).toEqual([]);
  });

  test('what was only observed is forgotten 90 days after its end', async () => {
    const desk = await openDesk({ mode: 'observe' });
    const ada = await openRenewal(desk);
    await desk.work();
    const stored = await desk.readCase(ada);
    const now = desk.clock.now();
    const progress = { state: 'closed', endedAt: now, reason: 'voided' } as const;
    await desk.account.records.saveCase({ ...stored, progress, version: stored.version + 1 });
    const item = await desk.table.get({
      pk: `CUSTOMER#${customerId(ada.customer)}`,
      sk: `V#CASE#${ada.invoice}`,
    });
    expect(item?.expiresAt).toBe(Math.floor((now + 90 * dayMs) / 1000));
    expect(item?.openShard).toMatch(/^OBSERVED#/);
  });

  test('a cursor of another list is refused', async () => {
    const desk = await openDesk();
    const cursor = Buffer.from(JSON.stringify(Array.from({ length: 8 }, () => null))).toString(
      'base64url',
    );
    expect(await desk.ask(list, { query: { cursor } })).toMatchObject({ status: 400 });
  });
});
