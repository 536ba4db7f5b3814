import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  claimCustomerAttempt,
  onSessionLeaseMs,
} from '../../../../functions/domain/attempt/claim-customer-attempt.ts';
import { decideCustomerAttempt } from '../../../../functions/domain/attempt/decide-customer-attempt.ts';
import { recordDebit, recordOutcome } from '../../../../functions/domain/attempt/record-outcome.ts';
import {
  type DebitOutcome,
  type Progress,
  sweepAt,
} from '../../../../functions/domain/case/dunning-case.ts';
import { needsAttention } from '../../../../functions/domain/case/needs-attention.ts';
import { chargeId, paymentMethodId } from '../../../../functions/domain/ids.ts';
import { minuteMs } from '../../../../functions/domain/time.ts';
import {
  cardMethod,
  customerAttemptOf,
  declined,
  dunningCaseOf,
  failedCharge,
  invoiceFactsOf,
  noon,
  openAttemptOf,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const by = { kind: 'member', email: 'ada@example.com' } as const;
const refused = failedCharge('insufficient_funds', { charge: chargeId('ch_2') });
const paid = { ...refused, charge: chargeId('ch_3'), status: 'succeeded', codes: null } as const;

describe('a customer’s own attempt', () => {
  const decide = (facts: Parameters<typeof invoiceFactsOf>[0], leaseUntil = noon + minuteMs) =>
    decideCustomerAttempt(
      situationOf({ facts: invoiceFactsOf(facts) }),
      customerAttemptOf({ leaseUntil }),
    );

  test('is left alone while its time runs and Stripe shows nothing', () => {
    expect(decide({ charges: [] })).toEqual({ step: 'leave' });
  });

  test('is settled by a charge at once', () => {
    expect(decide({ charges: [refused] })).toMatchObject({
      step: 'settle',
      outcome: { kind: 'declined' },
    });
  });

  test('that paid after a refusal has paid, with the method that paid', () => {
    const charges = [refused, { ...paid, method: theSecondary }];
    expect(decide({ charges, status: 'paid' })).toMatchObject({
      outcome: { kind: 'succeeded' },
      attempt: { method: theSecondary, role: 'secondary' },
    });
  });

  test('with a card of no role is a spare one’s', () => {
    const charges = [{ ...paid, method: paymentMethodId('pm_new') }];
    expect(decide({ charges })).toMatchObject({ attempt: { method: 'pm_new', role: 'spare' } });
  });

  test('is over with its time', () => {
    expect(decide({ charges: [] }, noon)).toMatchObject({ outcome: { kind: 'not_executed' } });
    expect(decide({ charges: [], status: 'void' })).toMatchObject({
      outcome: { kind: 'skipped', why: 'the invoice is void' },
    });
  });

  test('does not take a charge of before for its own', () => {
    const attempt = customerAttemptOf({ chargeBefore: refused.charge });
    const situation = situationOf({ facts: invoiceFactsOf({ charges: [refused] }) });
    expect(decideCustomerAttempt(situation, attempt)).toEqual({ step: 'leave' });
  });
});

describe('who looks at an open attempt', () => {
  const attentionTo = (
    openAttempt: Parameters<typeof dunningCaseOf>[0] & object,
    type: 'pass' | 'settle',
  ) => needsAttention(dunningCaseOf(openAttempt), type, noon, false);

  test('an event may end the customer’s own; ours is left to its process', () => {
    const theirs = { openAttempt: customerAttemptOf() };
    const ours = { openAttempt: openAttemptOf({ leaseUntil: noon + minuteMs }) };
    expect(attentionTo(theirs, 'settle')).toBe('attempt');
    expect(attentionTo(theirs, 'pass')).toBe('none');
    expect(attentionTo(ours, 'settle')).toBe('none');
    expect(attentionTo(ours, 'pass')).toBe('none');
  });
});

const anyProgress = fc.oneof(
  fc.record({
    state: fc.constantFrom('due' as const, 'waiting' as const, 'action_required' as const),
    dueAt: fc.integer({ min: noon - 1e9, max: noon + 1e9 }),
  }),
  fc.record({ state: fc.constant('exhausted' as const), endedAt: fc.constant(noon - minuteMs) }),
);

test('an attempt that does not pay leaves the case where it was, and its schedule too', () => {
  fc.assert(
    fc.property(anyProgress, fc.boolean(), (progress: Progress, isRefused) => {
      const before = dunningCaseOf({ progress, scheduleUsed: 2, passCount: 2, attemptCount: 3 });
      const facts = invoiceFactsOf();
      const method = cardMethod({ method: thePrimary });
      const claim = { dunningCase: before, facts, method, role: 'primary', by, now: noon } as const;
      const { claimed } = claimCustomerAttempt({ ...claim, primary: null, primarySetBy: 0 });
      // Whatever becomes of the page, the sweep comes back when its time is over.
      expect(sweepAt(claimed)).toBe(noon + onSessionLeaseMs);
      const outcome = isRefused
        ? ({ kind: 'declined', decline: 'generic', codes: declined('generic_decline') } as const)
        : ({ kind: 'not_executed', why: 'given up' } as const);
      const later = situationOf({ dunningCase: claimed, facts, now: noon + onSessionLeaseMs });
      const after = recordOutcome(later, claimed.openAttempt, outcome);
      const { scheduleUsed, passCount, pass, openAttempt } = after;
      expect({ scheduleUsed, passCount, pass, openAttempt }).toEqual({
        scheduleUsed: 2,
        passCount: 2,
        pass: null,
        openAttempt: null,
      });
      if (progress.state === 'due') expect(after.progress.state).toBe('due');
      else expect(after.progress).toEqual(progress);
    }),
  );
});

test('a refusal in the middle of a pass counts as the role’s try in it', () => {
  const pass = { number: 1, cause: 'new', startedAt: noon, refusals: [] } as const;
  const dunningCase = dunningCaseOf({ pass, passCount: 1 });
  const facts = invoiceFactsOf();
  const outcomeOf = (role: 'primary' | 'spare') => {
    const claim = { dunningCase, facts, method: cardMethod(), role, by, now: noon } as const;
    const { claimed } = claimCustomerAttempt({ ...claim, primary: null, primarySetBy: 0 });
    const codes = declined('insufficient_funds');
    const outcome = { kind: 'declined', decline: 'insufficient_funds', codes } as const;
    return recordOutcome(situationOf({ dunningCase: claimed }), claimed.openAttempt, outcome);
  };
  expect(outcomeOf('primary').pass?.refusals).toMatchObject([{ role: 'primary', by: 'customer' }]);
  expect(outcomeOf('spare').pass?.refusals).toEqual([]);
});

test('a debit that the customer began and that comes back leaves the case where it was', () => {
  const progress = { state: 'exhausted', endedAt: noon - minuteMs } as const;
  const dunningCase = dunningCaseOf({ progress });
  const facts = invoiceFactsOf();
  const claim = { dunningCase, facts, method: cardMethod(), role: 'secondary', by } as const;
  const { claimed } = claimCustomerAttempt({ ...claim, primary: null, primarySetBy: 0, now: noon });
  const pending = recordOutcome(situationOf({ dunningCase: claimed }), claimed.openAttempt, {
    kind: 'processing',
  });
  expect(pending.progress).toMatchObject({ state: 'processing', debit: { initiator: 'customer' } });
  const { debit } = pending.progress.state === 'processing' ? pending.progress : {};
  if (debit === undefined) throw new Error('The debit is kept.');
  const end = (charge: typeof refused | typeof paid, outcome: DebitOutcome) =>
    recordDebit(situationOf({ dunningCase: pending }), { state: 'ended', debit, charge, outcome });
  const codes = declined('insufficient_funds');
  const back = end(refused, { kind: 'declined', decline: 'insufficient_funds', codes });
  expect(back.progress).toEqual(progress);
  // No pass follows that would tell them.
  expect(back.owed.at(-1)).toMatchObject({
    kind: 'notice',
    notice: { kind: 'debit_returned', returned: { reason: 'insufficient_funds' } },
  });
  const settled = end(paid, { kind: 'succeeded' });
  expect(settled.progress).toMatchObject({ state: 'recovered', role: 'secondary' });
  // Who paid in their page is not mailed that their backup was charged.
  expect(settled.owed.map(({ kind }) => kind)).not.toContain('notice');
  // But who was told of a failure hears how it ended: days later nobody looks at the page.
  const told = { ...pending, toldUnpaid: true as const };
  const paidInTheEnd = recordDebit(situationOf({ dunningCase: told }), {
    state: 'ended',
    debit,
    charge: paid,
    outcome: { kind: 'succeeded' },
  });
  expect(paidInTheEnd.owed.at(-1)).toMatchObject({ notice: { kind: 'recovered' } });
});
