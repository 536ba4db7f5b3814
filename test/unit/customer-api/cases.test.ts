import { expect, test } from 'vitest';
import { customerId } from '../../../functions/domain/ids.ts';
import { hourMs, minuteMs } from '../../../functions/domain/time.ts';
import { openPage, type Page } from './fixtures/page.ts';

const show = (page: Page, invoice = page.ids.invoice) =>
  page.ask('GET /portal/cases/{invoice}', { path: { invoice } });

/** The words of codes that a customer must never read. */
const unsafe = /lost|stolen|pick.?up|fraud|blacklist|merchant|do_not|card_dead|risk/i;

test('a case tells what was tried, why it was refused and what comes next, in safe words', async () => {
  const page = await openPage({ owes: true });
  page.local.control.setCardOutcomes(page.ids.secondary, ['stolen_card']);
  await page.work();
  await page.work();
  const told = await show(page);
  expect(told).toMatchObject({
    status: 200,
    body: {
      invoice: page.ids.invoice,
      state: 'waiting',
      amountDue: { amount: 2900, currency: 'usd' },
      endedAt: null,
      end: null,
      paidBy: null,
      underWay: null,
      tried: [
        { role: 'primary', result: 'refused' },
        { role: 'secondary', result: 'refused', reason: 'declined' },
      ],
      next: { next: 'try', at: expect.stringMatching(/^2026-03-01T/) },
      timeline: [
        {
          event: {
            kind: 'tried',
            by: 'us',
            role: 'secondary',
            method: page.ids.secondary,
            result: 'refused',
            reason: 'declined',
          },
        },
        { event: { kind: 'round_ended', nextTryAt: expect.stringMatching(/^2026-03-01T/) } },
      ],
      methods: [
        { method: page.ids.primary, type: 'card', brand: 'visa', last4: '4242' },
        { method: page.ids.secondary, type: 'card', brand: 'mastercard', last4: '4444' },
      ],
    },
  });
  expect(JSON.stringify(told.body)).not.toMatch(unsafe);
});

test('a payment in the page is seen at once, before its line is in the history', async () => {
  const page = await openPage({ owes: true });
  page.local.control.setCardOutcomes(page.ids.secondary, ['insufficient_funds']);
  await page.work();
  await page.ask('POST /portal/cases/{invoice}/payments', {
    path: { invoice: page.ids.invoice },
    body: {},
  });
  const { openAttempt } = await page.theCase();
  const until = new Date(openAttempt?.leaseUntil ?? 0).toISOString();
  const told = await show(page);
  expect(told).toMatchObject({
    body: { state: 'trying', next: { next: 'wait', until }, underWay: { by: 'you', until } },
  });
  expect(told.body).toMatchObject({
    timeline: expect.arrayContaining([
      expect.objectContaining({
        event: { kind: 'payment_started', role: 'primary', method: page.ids.primary },
      }),
    ]),
  });
});

test('what staff did is told without who and why', async () => {
  const page = await openPage({ owes: true });
  page.local.control.setCardOutcomes(page.ids.secondary, ['insufficient_funds']);
  await page.work();
  const of = { customer: page.ids.customer, invoice: page.ids.invoice };
  const until = new Date(page.clock.now() + 100 * hourMs).toISOString();
  const held = await page.ask('POST /staff/customers/{customer}/cases/{invoice}/hold', {
    path: of,
    body: { until, reason: 'suspected fraud ring' },
  });
  expect(held.status).toBe(200);
  const told = await show(page);
  expect(told).toMatchObject({ body: { next: { next: 'try', at: until } } });
  expect(JSON.stringify(told.body)).toContain('{"kind":"by_business","what":"hold"}');
  expect(JSON.stringify(told.body)).not.toMatch(/fraud|arn:|sam/);
});

test('a case that ended says how', async () => {
  const page = await openPage({ owes: true });
  page.local.control.setCardOutcomes(page.ids.secondary, ['succeeded']);
  await page.work();
  expect(await show(page)).toMatchObject({
    body: {
      state: 'ended',
      end: 'paid',
      paidBy: 'secondary',
      next: { next: 'nothing' },
      timeline: [{ event: { kind: 'tried', by: 'us', result: 'paid', reason: null } }],
    },
  });
  const voided = await openPage({ owes: true });
  await voided.stripe.invoices.voidInvoice(voided.ids.invoice);
  await voided.work();
  expect(await show(voided)).toMatchObject({
    body: {
      state: 'ended',
      end: 'canceled',
      timeline: [{ event: { kind: 'ended', how: 'canceled' } }],
    },
  });
});

test('there is none of another customer, and none of what was never ours', async () => {
  const page = await openPage({ owes: true });
  const { records } = page.account;
  const stored = await page.theCase();
  await records.addCase({ ...stored, customer: customerId('cus_other') });
  expect((await show(page, 'in_none')).status).toBe(404);
  await records.saveCase({
    ...stored,
    version: stored.version + 1,
    progress: { state: 'closed', endedAt: page.clock.now() + minuteMs, reason: 'not_ours' },
  });
  expect((await show(page)).status).toBe(404);
});
