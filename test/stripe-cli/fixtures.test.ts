import { availableParallelism } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AbsentResource, judgeFixture, type Verdict } from './judge-fixture.ts';
import { renderPage } from './render-page.ts';
import { listFixtures, runFixtures } from './run-fixture.ts';
import { findStripeBinary } from './stripe-binary.ts';

/** Every fixture of `stripe trigger` that may fail, under the resource it may fail for. */
const outOfScope: Readonly<Record<AbsentResource, readonly string[]>> = {
  Accounts: [
    'account.application.deauthorized',
    'account.updated',
    'transfer.created',
    'transfer.reversed',
    'transfer.updated',
  ],
  Balance: ['balance.available'],
  'Billing meters': ['v1.billing.meter.error_report_triggered', 'v1.billing.meter.no_meter_found'],
  'Billing portal': [
    'billing_portal.configuration.created',
    'billing_portal.configuration.updated',
    'billing_portal.session.created',
  ],
  'Cash balance': [
    'cash_balance.funds_available',
    'customer_cash_balance_transaction.created',
    'payment_intent.partially_funded',
  ],
  Checkout: [
    'checkout.session.async_payment_failed',
    'checkout.session.async_payment_succeeded',
    'checkout.session.completed',
    'checkout.session.expired',
  ],
  Coupons: [
    'coupon.created',
    'coupon.deleted',
    'coupon.updated',
    'customer.discount.created',
    'customer.discount.deleted',
    'customer.discount.updated',
    'promotion_code.created',
    'promotion_code.updated',
  ],
  'Credit notes': ['credit_note.created', 'credit_note.updated', 'credit_note.voided'],
  Identity: [
    'identity.verification_session.canceled',
    'identity.verification_session.created',
    'identity.verification_session.redacted',
  ],
  Issuing: [
    'issuing_authorization.request',
    'issuing_authorization.request.eu',
    'issuing_authorization.request.gb',
    'issuing_card.created',
    'issuing_card.created.eu',
    'issuing_card.created.gb',
    'issuing_cardholder.created',
    'issuing_cardholder.created.eu',
    'issuing_cardholder.created.gb',
    'issuing_transaction.created',
    'issuing_transaction.purchase_details_receipt_updated',
    'issuing_transaction.updated',
  ],
  'Payment links': ['payment_link.created', 'payment_link.updated'],
  Payouts: ['payout.created', 'payout.updated'],
  Quotes: ['quote.accepted', 'quote.canceled', 'quote.created', 'quote.finalized'],
  Reporting: ['reporting.report_run.succeeded'],
  'Subscription schedules': [
    'subscription_schedule.aborted',
    'subscription_schedule.canceled',
    'subscription_schedule.completed',
    'subscription_schedule.created',
    'subscription_schedule.expiring',
    'subscription_schedule.released',
    'subscription_schedule.updated',
  ],
  'Tax rates': ['tax_rate.created', 'tax_rate.updated'],
  'Top-ups': ['topup.created'],
};

const binary = findStripeBinary();
const fixtures = await listFixtures(binary);
const absent = new Map(
  Object.entries(outOfScope).flatMap(([resource, names]) => names.map((name) => [name, resource])),
);
const verdicts = new Map<string, Verdict>();

// More of them at a time than there are cores: each waits for its own local Stripe half the time.
beforeAll(async () => {
  const runs = await runFixtures(binary, fixtures, 2 * availableParallelism());
  for (const run of runs) verdicts.set(run.fixture, judgeFixture(run));
});

describe('stripe trigger', () => {
  test.for(fixtures.filter((fixture) => !absent.has(fixture)))('%s passes', (fixture) => {
    expect(verdicts.get(fixture)).toEqual({ kind: 'passes' });
  });

  test.for([...absent])('%s needs what is left out: %s', ([fixture, resource]) => {
    expect(verdicts.get(fixture)).toEqual({ kind: 'needs', resource });
  });

  test('docs/local-stripe.md says so: `npm run fixtures` writes it', async () => {
    const page = renderPage(verdicts);
    await expect(page).toMatchFileSnapshot('../../docs/local-stripe.md');
  });
});
