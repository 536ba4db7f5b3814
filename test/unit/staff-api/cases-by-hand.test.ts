import { describe, expect, test } from 'vitest';
import { paymentMethodId } from '../../../functions/domain/ids.ts';
import { dayMs, hourMs, isoInstant, minuteMs } from '../../../functions/domain/time.ts';
import { retryCase } from '../../../functions/staff-api/operations/cases.ts';
import { type Desk, ofCase, openDesk, openRenewal, type Renewal, sam } from './fixtures/desk.ts';

const caseRoute = '/staff/customers/{customer}/cases/{invoice}';
const show = `GET ${caseRoute}` as const;
const retry = `POST ${caseRoute}/retry` as const;
const hold = `POST ${caseRoute}/hold` as const;
const release = `POST ${caseRoute}/release` as const;
const handBack = `POST ${caseRoute}/hand-back` as const;
const close = `POST ${caseRoute}/close` as const;

const because = { reason: 'the customer rang' };

/** A case whose both cards were refused once: it waits for the schedule. */
async function openWaiting(): Promise<{ desk: Desk; ada: Renewal }> {
  const desk = await openDesk();
  const ada = await openRenewal(desk);
  desk.local.control.setCardOutcomes(ada.primary, ['insufficient_funds']);
  desk.local.control.setCardOutcomes(ada.secondary, ['insufficient_funds']);
  await desk.work();
  return { desk, ada };
}

const auditOf = (desk: Desk) => desk.table.items().filter(({ sk }) => sk.startsWith('AUDIT#'));

const chargesOf = async (desk: Desk, { customer }: Renewal) =>
  (await desk.stripe.charges.list({ customer, limit: 100 })).data;

const invoiceOf = (desk: Desk, { invoice }: Renewal) => desk.stripe.invoices.retrieve(invoice);

describe('a retry', () => {
  test('is made at once, told in the history and audited', async () => {
    const { desk, ada } = await openWaiting();
    desk.local.control.setCardOutcomes(ada.primary, ['succeeded']);
    const before = await desk.readCase(ada);
    const wished = await desk.ask(retry, ofCase(ada));
    expect(wished).toMatchObject({ status: 200, body: { state: 'waiting', retryWanted: true } });
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'recovered' } });
    const { body } = await desk.ask(show, ofCase(ada));
    expect(body).toMatchObject({
      state: 'recovered',
      history: expect.arrayContaining([
        expect.objectContaining({
          event: { kind: 'by_hand', action: 'retry', by: sam, reason: null, until: null },
        }),
      ]),
    });
    expect(auditOf(desk)).toEqual([
      expect.objectContaining({
        id: `${ada.invoice}-${before.version + 1}`,
        what: 'retry_wanted',
        about: ada.invoice,
        by: { kind: 'staff', arn: sam },
        at: desk.clock.now(),
        from: { state: 'waiting', hold: null, retryWanted: 0 },
        to: { state: 'waiting', hold: null, retryWanted: 1 },
      }),
    ]);
  });

  test('is made all the same where the process died before its message was sent', async () => {
    const { desk, ada } = await openWaiting();
    desk.local.control.setCardOutcomes(ada.primary, ['succeeded']);
    const dying = { sendRetryNow: () => Promise.reject(new Error('The process died.')) };
    const { sendRetryNow } = desk.staff.queues;
    Object.assign(desk.staff.queues, dying);
    await expect(desk.ask(retry, ofCase(ada))).rejects.toThrow('died');
    Object.assign(desk.staff.queues, { sendRetryNow });
    desk.clock.advance(3 * minuteMs);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'recovered' } });
    expect(auditOf(desk)).toMatchObject([{ what: 'retry_wanted' }]);
  });

  test('wanted twice is one, and its message is sent again', async () => {
    const { desk, ada } = await openWaiting();
    await desk.ask(retry, ofCase(ada));
    const once = await desk.readCase(ada);
    expect(await desk.ask(retry, ofCase(ada))).toMatchObject({ status: 200 });
    expect(await desk.readCase(ada)).toEqual(once);
    expect(desk.queues.receive('retryNow')).toHaveLength(2);
    expect(auditOf(desk)).toHaveLength(1);
  });

  test('of what is paid is refused', async () => {
    const { desk, ada } = await openWaiting();
    await desk.stripe.invoices.pay(ada.invoice, { paid_out_of_band: true });
    await desk.ask(retry, ofCase(ada));
    await desk.work();
    expect(await desk.ask(retry, ofCase(ada))).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:case-ended' },
    });
  });

  test('of an invoice without a case says what to do', async () => {
    const { desk, ada } = await openWaiting();
    const path = { customer: ada.customer, invoice: 'in_other' };
    expect(await desk.ask(retry, { path })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('Find the customer') },
    });
  });
});

describe('a hold', () => {
  const until = (desk: Desk, days: number) => isoInstant(desk.clock.now() + days * dayMs);

  test('stops every charge until its time, and then the pass runs', async () => {
    const { desk, ada } = await openWaiting();
    desk.local.control.setCardOutcomes(ada.primary, ['succeeded']);
    const charges = (await chargesOf(desk, ada)).length;
    const body = { until: until(desk, 4), ...because };
    expect(await desk.ask(hold, { ...ofCase(ada), body })).toMatchObject({
      status: 200,
      body: { hold: body },
    });
    desk.clock.advance(3 * dayMs);
    await desk.work();
    desk.clock.advance(23 * hourMs);
    await desk.work();
    expect(await chargesOf(desk, ada)).toHaveLength(charges);
    expect(await desk.ask(retry, ofCase(ada))).toMatchObject({
      status: 409,
      body: { type: 'urn:backstop:problem:case-held' },
    });
    desk.clock.advance(2 * hourMs);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'recovered' } });
  });

  test('can be made longer, shorter, and ended; the same again changes nothing', async () => {
    const { desk, ada } = await openWaiting();
    desk.local.control.setCardOutcomes(ada.primary, ['succeeded']);
    const put = (days: number) =>
      desk.ask(hold, { ...ofCase(ada), body: { until: until(desk, days), ...because } });
    await put(3);
    const { version } = await desk.readCase(ada);
    await put(3);
    expect(await desk.readCase(ada)).toMatchObject({ version });
    desk.clock.advance(2 * dayMs);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'waiting' } });
    await put(30);
    await desk.work();
    desk.clock.advance(20 * dayMs);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'waiting' } });
    // The schedule's day is long over: only the hold keeps the pass back.
    expect(await desk.ask(release, { ...ofCase(ada), body: because })).toMatchObject({
      status: 200,
      body: { hold: null },
    });
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({ progress: { state: 'recovered' } });
    expect(auditOf(desk).map(({ what }) => what)).toEqual([
      'case_held',
      'case_held',
      'case_released',
    ]);
  });

  test('that is released before the schedule’s day leaves the schedule as it was', async () => {
    const { desk, ada } = await openWaiting();
    const { progress } = await desk.readCase(ada);
    await desk.ask(hold, { ...ofCase(ada), body: { until: until(desk, 10), ...because } });
    await desk.work();
    await desk.ask(release, { ...ofCase(ada), body: because });
    expect(await desk.ask(release, { ...ofCase(ada), body: because })).toMatchObject({
      status: 200,
    });
    expect(await desk.readCase(ada)).toMatchObject({ progress });
  });

  test.each([
    ['in the past', -1, 'future'],
    ['in a wrong year', 400, 'within a year'],
  ])('%s is refused', async (_, days, words) => {
    const { desk, ada } = await openWaiting();
    const body = { until: until(desk, days), ...because };
    expect(await desk.ask(hold, { ...ofCase(ada), body })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'body.until', message: expect.stringContaining(words) }] },
    });
  });
});

describe('handing back to Stripe', () => {
  test('switches Stripe’s own collection on again and closes the case', async () => {
    const { desk, ada } = await openWaiting();
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: false });
    desk.clock.advance(hourMs);
    expect(await desk.ask(handBack, { ...ofCase(ada), body: because })).toMatchObject({
      status: 200,
      body: { state: 'closed', closeReason: 'handed_back', handBackAt: null },
    });
    await desk.work();
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: true, status: 'open' });
    const closed = await desk.readCase(ada);
    expect(await desk.ask(handBack, { ...ofCase(ada), body: because })).toMatchObject({
      status: 200,
    });
    expect(await desk.readCase(ada)).toEqual(closed);
    expect(await desk.ask(retry, ofCase(ada))).toMatchObject({ status: 409 });
  });

  test('waits while taking the invoice over may still be under way', async () => {
    const { desk, ada } = await openWaiting();
    const { takenOverAt = 0 } = await desk.readCase(ada);
    const at = isoInstant(takenOverAt + 15 * minuteMs);
    const body = { state: 'waiting', handBackAt: at, hold: { reason: because.reason, until: at } };
    const wish = () => desk.ask(handBack, { ...ofCase(ada), body: because });
    expect(await wish()).toMatchObject({ status: 200, body });
    expect(await wish()).toMatchObject({ status: 200, body });
    for (const route of [retry, hold, release, close] as const) {
      const sent = { until: isoInstant(desk.clock.now() + dayMs), ...because };
      const { until: _, ...reason } = sent;
      const request = route === hold ? { body: sent } : route === retry ? {} : { body: reason };
      expect(await desk.ask(route, { ...ofCase(ada), ...request })).toMatchObject({
        status: 409,
        body: { type: 'urn:backstop:problem:being-handed-back' },
      });
    }
    await desk.work();
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: false });
    desk.clock.advance(16 * minuteMs);
    await desk.work();
    expect(await desk.readCase(ada)).toMatchObject({
      progress: { state: 'closed', reason: 'handed_back' },
      ownsCollection: false,
    });
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: true });
    expect(auditOf(desk)).toHaveLength(1);
  });

  test('before the first pass changes nothing at Stripe', async () => {
    const desk = await openDesk();
    const ada = await openRenewal(desk);
    await desk.ask(handBack, { ...ofCase(ada), body: because });
    await desk.work();
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: true });
    expect(await chargesOf(desk, ada)).toHaveLength(2);
  });
});

describe('closing', () => {
  test('ends the case and leaves the invoice at Stripe as it is; it can be handed back later', async () => {
    const { desk, ada } = await openWaiting();
    expect(await desk.ask(close, { ...ofCase(ada), body: because })).toMatchObject({
      status: 200,
      body: { state: 'closed', closeReason: 'closed_by_staff', collectedByUs: true },
    });
    desk.clock.advance(10 * dayMs);
    await desk.work();
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: false, status: 'open' });
    expect(await desk.ask(close, { ...ofCase(ada), body: because })).toMatchObject({ status: 200 });
    await desk.ask(handBack, { ...ofCase(ada), body: because });
    await desk.work();
    expect(await invoiceOf(desk, ada)).toMatchObject({ auto_advance: true });
    expect(auditOf(desk).map(({ what }) => what)).toEqual(['case_closed', 'case_handed_back']);
  });

  test('and handing back are refused while a payment is under way', async () => {
    const { desk, ada } = await openWaiting();
    const stored = await desk.readCase(ada);
    const startedAt = desk.clock.now();
    await desk.account.records.saveCase({
      ...stored,
      openAttempt: {
        n: 3,
        role: 'primary',
        method: paymentMethodId(ada.primary),
        revision: 1,
        key: 'k',
        startedAt,
        sentAt: startedAt,
        leaseUntil: startedAt + minuteMs,
        chargeBefore: null,
        request: 'maybe_sent',
        trace: [],
      },
      version: stored.version + 1,
    });
    for (const route of [close, handBack] as const) {
      expect(await desk.ask(route, { ...ofCase(ada), body: because })).toMatchObject({
        status: 409,
        body: {
          type: 'urn:backstop:problem:payment-under-way',
          detail: expect.stringContaining(isoInstant(startedAt)),
        },
      });
    }
    // A hold is for what comes after it, and says what may still complete.
    const until = isoInstant(startedAt + dayMs);
    const held = await desk.ask(hold, { ...ofCase(ada), body: { until, ...because } });
    expect(held).toMatchObject({ status: 200, body: { paymentUnderWay: { attempt: 3 } } });
  });
});

test('a process that dies after the change leaves the audit entry and the history to the next look', async () => {
  const { desk, ada } = await openWaiting();
  const dying = {
    ...desk.staff,
    records: {
      ...desk.staff.records,
      addAudit: () => Promise.reject(new Error('The process died.')),
    },
  };
  const call = {
    caller: { kind: 'staff' as const, arn: sam },
    request: { id: 'r', address: '192.0.2.1', userAgent: 'test' },
    path: { customer: ada.customer, invoice: ada.invoice },
    query: {},
    body: undefined,
  };
  await expect(retryCase.run(dying, call)).rejects.toThrow('died');
  expect(auditOf(desk)).toEqual([]);
  expect((await desk.readCase(ada)).owed).toHaveLength(2);
  expect((await desk.ask(show, ofCase(ada))).body).toMatchObject({
    history: expect.arrayContaining([
      expect.objectContaining({ event: expect.objectContaining({ kind: 'by_hand' }) }),
    ]),
  });
  desk.clock.advance(2 * dayMs);
  await desk.work();
  expect(auditOf(desk)).toMatchObject([{ what: 'retry_wanted', by: { kind: 'staff', arn: sam } }]);
});
