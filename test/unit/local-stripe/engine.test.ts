import * as fc from 'fast-check';
import type Stripe from 'stripe';
import { describe, expect, test } from 'vitest';
import { periodEnd } from '../../../local/stripe/engine/billing/billing-period.ts';
import { type Handled, handle } from '../../../local/stripe/engine/handle.ts';
import { setCardOutcomes } from '../../../local/stripe/engine/local-operations/cards.ts';
import { renewNow } from '../../../local/stripe/engine/local-operations/subscriptions.ts';
import { paramsOf, readForm } from '../../../local/stripe/engine/protocol/form.ts';
import type { CardOutcome } from '../../../local/stripe/engine/published/declines.ts';
import { emptyAccount, type StripeState } from '../../../local/stripe/engine/state.ts';
import { nextDueTime, tick } from '../../../local/stripe/engine/tick.ts';
import { dayMs, hourMs, startAt } from './world.ts';

/** Freezes everything within, so that any change of it throws. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) frozen(child);
  }
  return value;
}

type Step = readonly [path: string, params: object, idempotencyKey?: string];

function post(state: StripeState, [path, params, idempotencyKey]: Step, now = startAt): Handled {
  const request = { method: 'POST', path, params: paramsOf(params), idempotencyKey };
  return handle(frozen(state), frozen(request), now);
}

const last = <T extends { id: string }>(rows: readonly T[]): string => rows.at(-1)?.id ?? '';

/** A customer with two cards and a paid subscription, made without any server. */
function subscribed(): StripeState {
  let state = emptyAccount('t');
  state = post(state, ['/v1/customers', { name: 'Ada' }]).state;
  const customer = last(state.tables.customers);
  state = post(state, ['/v1/payment_methods/pm_card_mastercard/attach', { customer }]).state;
  state = post(state, ['/v1/payment_methods/pm_card_visa/attach', { customer }]).state;
  const primary = last(state.tables.payment_methods);
  const settings = { invoice_settings: { default_payment_method: primary } };
  state = post(state, [`/v1/customers/${customer}`, settings]).state;
  const recurring = { interval: 'month' };
  const price = { currency: 'usd', unit_amount: 100, recurring, product_data: { name: 'Plan' } };
  state = post(state, ['/v1/prices', price]).state;
  const items = [{ price: last(state.tables.prices) }];
  return post(state, ['/v1/subscriptions', { customer, items }]).state;
}

describe('the engine', () => {
  test('gives the same account and answer for the same input, and leaves the input alone', () => {
    const state = frozen(subscribed());
    const before = JSON.stringify(state);
    const again = subscribed();
    expect(JSON.stringify(again)).toBe(before);

    const afterRenewal = startAt + 30 * dayMs;
    const first = tick(state, afterRenewal);
    const second = tick(state, afterRenewal);

    expect(second).toEqual(first);
    expect(first.events.map(({ type }) => type)).toContain('invoice.paid');
    expect(JSON.stringify(state)).toBe(before);
  });

  test('is plain data: saved and read again it goes on the same way', () => {
    const state = subscribed();
    const copy: StripeState = JSON.parse(JSON.stringify(state));
    expect(copy).toEqual(state);
    const later = startAt + 30 * dayMs;
    expect(tick(copy, later)).toEqual(tick(state, later));
  });

  test('does what is due in the order of its time, as of that time', () => {
    const state = subscribed();
    const threeMonths = startAt + 95 * dayMs;
    const { state: after, events } = tick(state, threeMonths);
    const invoices = after.tables.invoices.map(({ created, status }) => ({ created, status }));
    expect(invoices).toHaveLength(4);
    expect(invoices.every(({ status }) => status === 'paid')).toBe(true);
    const times = events.map(({ created }) => created);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect((nextDueTime(after) ?? 0) > threeMonths).toBe(true);
  });

  test('keeps nothing of a refused request but its number', () => {
    const state = subscribed();
    const refused = post(state, ['/v1/subscriptions', { customer: 'cus_unknown', items: [] }]);
    expect(refused.answer.status).toBe(400);
    expect(refused.events).toEqual([]);
    expect({ ...refused.state, sequence: 0 }).toEqual({ ...state, sequence: 0 });
  });

  test('never lets an invoice be paid twice, whatever is tried in which order', async () => {
    const outcomes = fc.constantFrom<readonly [CardOutcome, ...CardOutcome[]]>(
      ['insufficient_funds', 'processing_error', 'succeeded'],
      ['do_not_honor'],
      ['lost_card'],
    );
    const steps = fc.array(fc.constantFrom(...stepNames), { maxLength: 12 });
    const keepsItsWord = fc.property(steps, outcomes, (taken, primary) => {
      const { invoice, paidCharges } = playOut(taken, primary);
      expect(paidCharges).toBeLessThanOrEqual(1);
      if (paidCharges === 1) expect(invoice?.status).toBe('paid');
      if (invoice?.status === 'void') expect(paidCharges).toBe(0);
    });
    await fc.assert(keepsItsWord, { numRuns: 150 });
  });
});

const stepNames = ['pay', 'pay_other', 'pay_elsewhere', 'void', 'lose', 'clock'] as const;

/** A renewal that the primary card answers like this, and what then is done with its invoice. */
function playOut(
  steps: readonly (typeof stepNames)[number][],
  outcomes: readonly [CardOutcome, ...CardOutcome[]],
) {
  let state = subscribed();
  const [other, primary] = state.tables.payment_methods;
  state = setCardOutcomes(state, primary?.id ?? '', outcomes);
  state = renewNow(state, last(state.tables.subscriptions), startAt).state;
  const id = last(state.tables.invoices);
  const requests: { readonly [name in (typeof stepNames)[number]]?: Step } = {
    pay: [`/v1/invoices/${id}/pay`, {}],
    pay_other: [`/v1/invoices/${id}/pay`, { payment_method: other?.id }],
    pay_elsewhere: [`/v1/invoices/${id}/pay`, { paid_out_of_band: true }],
    void: [`/v1/invoices/${id}/void`, {}],
    lose: [`/v1/invoices/${id}/mark_uncollectible`, {}],
  };
  let now = startAt;
  for (const step of steps) {
    now += step === 'clock' ? 3 * dayMs : hourMs;
    const request = requests[step];
    state = (request === undefined ? tick(state, now) : post(state, request, now)).state;
  }
  const { invoices, invoice_payments: payments, charges } = state.tables;
  const intent = payments.find((row) => row.invoice === id)?.payment.payment_intent;
  return {
    invoice: invoices.find((row) => row.id === id),
    paidCharges: charges.filter((row) => row.paid && row.payment_intent === intent).length,
  };
}

describe('a billing period', () => {
  const month = { interval: 'month', interval_count: 1 };
  const at = (iso: string) => Date.parse(`${iso}T10:00:00Z`) / 1000;

  test('anchored on the 31st ends with shorter months and returns to the 31st', () => {
    const ends: number[] = [at('2026-01-31')];
    for (let count = 0; count < 4; count += 1) {
      ends.push(periodEnd(at('2026-01-31'), ends.at(-1) ?? 0, month));
    }
    expect(ends.slice(1)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31'].map(at));
  });

  test('anchored on a leap day comes back to it', () => {
    const year = { interval: 'year', interval_count: 1 };
    expect(periodEnd(at('2028-02-29'), at('2031-02-28'), year)).toBe(at('2032-02-29'));
  });

  test('always moves on, and by no more than the longest interval', async () => {
    const intervals = fc.record({
      interval: fc.constantFrom('day', 'week', 'month', 'year'),
      interval_count: fc.integer({ min: 1, max: 12 }),
    });
    const longest = { day: 1, week: 7, month: 31, year: 366 };
    const seconds = fc.integer({ min: 0, max: 3_000_000_000 });
    await fc.assert(
      fc.property(
        seconds,
        fc.integer({ min: 0, max: 300_000_000 }),
        intervals,
        (anchor, past, every) => {
          const start = anchor + past;
          const end = periodEnd(anchor, start, every);
          const unit =
            every.interval === 'day' || every.interval === 'week' || every.interval === 'year'
              ? every.interval
              : 'month';
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(longest[unit] * 86_400 * every.interval_count);
        },
      ),
    );
  });
});

describe('a form', () => {
  test('reads groups and both ways to write a list', () => {
    expect(readForm('a=1&b[c][d]=2&e[0]=x&e[1]=y&f[]=p&f[]=q&g[0][price]=z&h=')).toEqual({
      a: '1',
      b: { c: { d: '2' } },
      e: ['x', 'y'],
      f: ['p', 'q'],
      g: [{ price: 'z' }],
      h: '',
    });
  });

  test('cannot reach the prototype of what it reads', () => {
    const read = readForm('__proto__[polluted]=1&constructor=2');
    expect(Object.hasOwn({}, 'polluted')).toBe(false);
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(['__proto__', 'constructor']);
  });

  test('means the same as the values of an SDK call', () => {
    const values = {
      limit: 3,
      active: true,
      description: null,
      expand: ['a.b'],
      absent: undefined,
    };
    expect(paramsOf(values)).toEqual({
      limit: '3',
      active: 'true',
      description: '',
      expand: ['a.b'],
    });
  });
});

test('objects are what the stripe package says they are', () => {
  const { customers, payment_methods, payment_intents, charges, invoice_payments } =
    subscribed().tables;
  // The assignments are the test: they compile only while every property is there and fits.
  const typed: {
    readonly customers: readonly (Stripe.Customer | Stripe.DeletedCustomer)[];
    readonly paymentMethods: readonly Stripe.PaymentMethod[];
    readonly paymentIntents: readonly Stripe.PaymentIntent[];
    readonly charges: readonly Stripe.Charge[];
    readonly invoicePayments: readonly Stripe.InvoicePayment[];
  } = {
    customers,
    paymentMethods: payment_methods,
    paymentIntents: payment_intents,
    charges,
    invoicePayments: invoice_payments,
  };
  expect(Object.values(typed).map((rows) => rows.length)).toEqual([1, 2, 1, 1, 1]);
});
