import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideOpenAttempt } from '../../../../functions/domain/attempt/decide-open-attempt.ts';
import type { OwnAttempt } from '../../../../functions/domain/case/dunning-case.ts';
import { chargeId } from '../../../../functions/domain/ids.ts';
import type {
  ChargeFacts,
  InvoiceFacts,
} from '../../../../functions/domain/stripe/stripe-facts.ts';
import { dayMs, hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  failedCharge,
  invoiceFactsOf,
  noon,
  openAttemptOf,
  theSecondary,
} from '../../../twins/examples.ts';
import { anyCharges, anyMethodId } from '../fixtures/arbitraries.ts';

const decide = (
  attempt: Partial<OwnAttempt>,
  facts: Partial<InvoiceFacts> = {},
  mayCharge = true,
) => decideOpenAttempt(openAttemptOf(attempt), invoiceFactsOf(facts), mayCharge, noon);

const charge = (status: ChargeFacts['status'], more: Partial<ChargeFacts> = {}): ChargeFacts => ({
  ...failedCharge('generic_decline'),
  charge: chargeId('ch_2'),
  status,
  ...(status === 'failed' ? {} : { codes: null }),
  ...more,
});

test('while its process may still be at work it is left alone', () => {
  const charges = [charge('succeeded')];
  expect(decide({ leaseUntil: noon + 1 }, { charges })).toEqual({ step: 'leave' });
});

describe("Stripe's ledger shows the charge", () => {
  test.each([
    [charge('succeeded'), { kind: 'succeeded' }],
    [charge('pending'), { kind: 'processing' }],
    [charge('failed'), { kind: 'declined', decline: 'generic' }],
    [charge('failed', failedCharge('authentication_required')), { kind: 'requires_action' }],
    [charge('failed', { codes: null }), { kind: 'declined', decline: 'generic' }],
  ])('and that is the outcome (%#)', (made, outcome) => {
    for (const request of ['maybe_sent', 'not_executed', 'server_error'] as const) {
      expect(decide({ request }, { charges: [made] })).toMatchObject({ step: 'settle', outcome });
    }
  });

  test('but not one that stood there before, or of another method', () => {
    const before = charge('failed', { charge: chargeId('ch_1') });
    expect(decide({ chargeBefore: before.charge }, { charges: [before] }).step).toBe('resend');
    const other = charge('failed', { method: theSecondary });
    expect(decide({}, { charges: [other] }).step).toBe('resend');
  });
});

test('an invoice that was settled otherwise ends it without a charge', () => {
  expect(decide({}, { status: 'paid' })).toMatchObject({
    step: 'settle',
    outcome: { kind: 'skipped' },
  });
});

describe('Stripe shows nothing of it', () => {
  test('it is sent again under its key, for 23 hours', () => {
    expect(decide({ startedAt: noon - 23 * hourMs + 1 }).step).toBe('resend');
    expect(decide({ startedAt: noon - 23 * hourMs })).toMatchObject({
      outcome: { kind: 'not_executed' },
    });
  });

  test.each([
    ['after a 5xx', { request: 'server_error' as const }, true],
    ['when it may no longer be charged', {}, false],
  ])('%s it is only asked about, for 15 minutes', (_, attempt, mayCharge) => {
    const startedAt = noon - 15 * minuteMs;
    expect(decide({ ...attempt, startedAt: startedAt + 1 }, {}, mayCharge)).toEqual({
      step: 'ask_again',
      at: noon + 1,
    });
    expect(decide({ ...attempt, startedAt }, {}, mayCharge)).toMatchObject({
      step: 'settle',
      outcome: { kind: 'not_executed' },
    });
  });

  test('what was surely not executed is given up at once', () => {
    expect(decide({ request: 'not_executed' }, {}, false)).toMatchObject({
      step: 'settle',
      outcome: { kind: 'skipped' },
    });
  });
});

test('no refusal and no success without a charge that shows it; no resend that is not safe', () => {
  const anyAttempt = fc.record({
    method: anyMethodId,
    startedAt: fc.integer({ min: noon - 2 * dayMs, max: noon }),
    request: fc.constantFrom(
      'maybe_sent' as const,
      'not_executed' as const,
      'server_error' as const,
    ),
  });
  fc.assert(
    fc.property(anyAttempt, anyCharges, fc.nat(12), fc.boolean(), (more, charges, nth, may) => {
      const chargeBefore = charges[nth]?.charge ?? null;
      const attempt = openAttemptOf({ ...more, chargeBefore });
      const step = decideOpenAttempt(attempt, invoiceFactsOf({ charges }), may, noon);
      if (step.step === 'resend') {
        expect(may).toBe(true);
        expect(attempt.request).not.toBe('server_error');
        expect(noon - attempt.startedAt).toBeLessThan(23 * hourMs);
      }
      if (step.step !== 'settle') return;
      const { kind } = step.outcome;
      if (kind === 'not_executed')
        expect(noon - attempt.startedAt).toBeGreaterThan(15 * minuteMs - 1);
      if (kind === 'not_executed' || kind === 'skipped') return;
      const newer = chargeBefore === null ? charges : charges.slice(0, nth);
      const shown = newer.filter((each) => each.method === attempt.method);
      expect(shown.some((each) => (each.status === 'succeeded') === (kind === 'succeeded'))).toBe(
        true,
      );
    }),
    { numRuns: 2_000 },
  );
});
