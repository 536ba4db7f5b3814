import { describe, expect, test } from 'vitest';
import {
  claimAttempt,
  keepAttemptOpen,
  reclaimAttempt,
} from '../../../../functions/domain/attempt/claim-attempt.ts';
import { recordOutcome } from '../../../../functions/domain/attempt/record-outcome.ts';
import { closeCase, ownCollection } from '../../../../functions/domain/case/advance-case.ts';
import type {
  AttemptOutcome,
  CloseReason,
  DunningCase,
  Pass,
  Refusal,
} from '../../../../functions/domain/case/dunning-case.ts';
import {
  chargeId,
  type PaymentMethodId,
  paymentMethodId,
} from '../../../../functions/domain/ids.ts';
import { decideNextStep, type Step } from '../../../../functions/domain/pass/decide-next-step.ts';
import { endPass } from '../../../../functions/domain/pass/end-pass.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import { dayMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  cardFacts,
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

const refusal = (more: Partial<Refusal> = {}): Refusal => ({
  role: 'primary',
  method: thePrimary,
  revision: 1,
  kind: 'generic',
  codes: null,
  at: noon,
  by: 'backstop',
  ...more,
});
const pass = (more: Partial<Pass> = {}): Pass => ({
  number: 1,
  cause: 'new',
  startedAt: noon,
  refusals: [],
  ...more,
});
const stepOf = <Name extends Step['step']>(situation: Situation, name: Name) => {
  const step = decideNextStep(situation, true);
  if (step.step !== name) throw new Error(`The situation leads to ${step.step}.`);
  return step as Extract<Step, { step: Name }>; // Checked the line before.
};
const noticesOf = ({ owed }: DunningCase) =>
  owed.flatMap((each) => (each.kind === 'notice' ? [each.notice] : []));

describe('a claim', () => {
  const facts = invoiceFactsOf({
    charges: [failedCharge('generic_decline', { charge: chargeId('ch_7') })],
  });
  const situation = situationOf({ facts });
  const claimed = claimAttempt(situation, stepOf(situation, 'charge'), 60_000);

  test('writes down what is about to be charged, with its key', () => {
    expect(claimed.openAttempt).toMatchObject({
      n: 1,
      role: 'primary',
      method: thePrimary,
      revision: 1,
      key: 'backstop-in_1-1-pm_primary',
      startedAt: noon,
      chargeBefore: 'ch_7',
    });
    expect(claimed.progress).toEqual({ state: 'due', dueAt: noon + 60_000 });
    expect(claimed.pass).toMatchObject({ number: 1, cause: 'new' });
  });

  test('of another process keeps the key, and that the first may have been sent', () => {
    const left = openAttemptOf({ request: 'not_executed' });
    const again = reclaimAttempt(dunningCaseOf({ openAttempt: left }), left, noon, 60_000);
    expect(again.openAttempt).toEqual({
      ...left,
      sentAt: noon,
      leaseUntil: noon + 60_000,
      request: 'maybe_sent',
    });
  });

  test('each has a number of its own', () => {
    const later = situationOf({ dunningCase: dunningCaseOf({ attemptCount: 4 }) });
    const fifth = claimAttempt(later, stepOf(later, 'charge'), 1);
    expect(fifth.openAttempt).toMatchObject({ n: 5, key: 'backstop-in_1-5-pm_primary' });
  });
});

describe('what a claim of the backup keeps of the subscription’s default', () => {
  const { subscription } = invoiceFactsOf();
  if (subscription === null) throw new Error('The example belongs to a subscription.');
  const saved = (defaultMethod: PaymentMethodId | null, charged: PaymentMethodId) => {
    const facts = invoiceFactsOf({
      charges: [failedCharge('insufficient_funds')],
      subscription: { ...subscription, savesDefault: true, defaultMethod },
      primary: cardFacts({ method: charged }),
    });
    const situation = situationOf({ facts, secondary: backup() });
    const { openAttempt } = claimAttempt(situation, stepOf(situation, 'charge'), 60_000);
    expect(openAttempt.role).toBe('secondary');
    return openAttempt.subscriptionDefault?.method;
  };

  test('is what it charges by itself', () => {
    expect(saved(thePrimary, thePrimary)).toBe(thePrimary);
    expect(saved(null, thePrimary)).toBeNull();
  });

  test('is the primary where a fallback for another invoice has just moved it', () => {
    expect(saved(theSecondary, theSecondary)).toBe(thePrimary);
  });

  test('is the primary that was chosen here and is not at Stripe yet', () => {
    const old = paymentMethodId('pm_old');
    expect(saved(old, old)).toBe(thePrimary);
  });
});

describe('the outcome of an attempt', () => {
  const outcomeOf = (outcome: AttemptOutcome, role: 'primary' | 'secondary' = 'secondary') => {
    const method = role === 'primary' ? thePrimary : theSecondary;
    const attempt = openAttemptOf({ n: 2, role, method });
    const dunningCase = dunningCaseOf({
      openAttempt: attempt,
      attemptCount: 2,
      passCount: 1,
      pass: pass({
        refusals: [refusal({ kind: 'invalid_data', codes: declined('expired_card') })],
      }),
      amountDue: { amount: 1050, currency: 'jpy' },
      retryWanted: 3,
    });
    // As after the payment: nothing is due any more.
    const facts = invoiceFactsOf({ status: 'paid', amountDue: { amount: 0, currency: 'jpy' } });
    return recordOutcome(situationOf({ dunningCase, facts }), attempt, outcome);
  };

  test('paid by the secondary: recovered, and the mail says what was paid and why', () => {
    const after = outcomeOf({ kind: 'succeeded' });
    expect(after).toMatchObject({
      progress: { state: 'recovered', role: 'secondary', endedAt: noon },
      openAttempt: null,
      pass: null,
      retryServed: 3,
    });
    expect(noticesOf(after)).toMatchObject([
      {
        kind: 'secondary_charged',
        fact: 'in_1-2',
        amount: { amount: 1050, currency: 'jpy' },
        failedReason: 'expired',
      },
    ]);
  });

  test('paid by the primary: recovered, and nothing to mail', () => {
    const after = outcomeOf({ kind: 'succeeded' }, 'primary');
    expect(after.progress).toMatchObject({ state: 'recovered', role: 'primary' });
    expect(noticesOf(after)).toEqual([]);
  });

  test.each<[AttemptOutcome, Partial<Refusal>]>([
    [
      { kind: 'declined', decline: 'generic', codes: declined('do_not_honor') },
      { kind: 'generic', codes: declined('do_not_honor') },
    ],
    [
      { kind: 'requires_action', codes: declined('authentication_required') },
      { kind: 'authentication' },
    ],
    [
      { kind: 'method_unusable', why: '404' },
      { kind: 'unusable', codes: null },
    ],
  ])('a definite no (%j) is remembered in the pass', (outcome, remembered) => {
    const after = outcomeOf(outcome);
    expect(after.pass?.refusals.at(-1)).toMatchObject({ role: 'secondary', ...remembered });
    expect(after.progress.state).toBe('due');
  });

  test.each<AttemptOutcome>([
    { kind: 'not_executed', why: 'x' },
    { kind: 'skipped', why: 'x' },
    { kind: 'processing' },
  ])('what is no refusal (%j) opens nothing', (outcome) => {
    expect(outcomeOf(outcome).pass?.refusals).toHaveLength(1);
  });

  test('is told once in the history, with the trace that led there', () => {
    const [entry] = outcomeOf({ kind: 'processing' }).owed;
    expect(entry).toMatchObject({
      kind: 'history',
      entry: { sequence: 1, pass: 1, event: { kind: 'attempt', n: 2, trace: [] } },
    });
  });

  test('that is not known keeps the attempt open until it is looked at again', () => {
    const attempt = openAttemptOf();
    const open = dunningCaseOf({ openAttempt: attempt });
    const kept = keepAttemptOpen(open, attempt, 'server_error', noon + minuteMs);
    expect(kept.openAttempt).toEqual({
      ...attempt,
      request: 'server_error',
      leaseUntil: noon + minuteMs,
    });
    expect(kept.progress).toEqual({ state: 'due', dueAt: noon + minuteMs });
  });
});

describe('the end of a pass', () => {
  const bothRefused = [
    refusal({ kind: 'insufficient_funds', codes: declined('insufficient_funds') }),
    refusal({ role: 'secondary', method: theSecondary }),
  ];
  const end = (more: Partial<Pass> = {}, ofCase: Partial<DunningCase> = {}, around = {}) => {
    const dunningCase = dunningCaseOf({
      pass: pass({ refusals: bothRefused, ...more }),
      passCount: 1,
      ...ofCase,
    });
    const situation = situationOf({ dunningCase, ...around });
    return endPass(situation, stepOf(situation, 'end_pass'));
  };

  test('waits for the next time of the schedule and mails why', () => {
    const after = end();
    expect(after).toMatchObject({ progress: { state: 'waiting' }, pass: null, scheduleUsed: 1 });
    expect(noticesOf(after)).toMatchObject([
      {
        kind: 'payment_failed',
        fact: 'in_1-pass-1',
        amount: { amount: 1050, currency: 'usd' },
        failed: [{ reason: 'insufficient_funds' }, { reason: 'declined' }],
        nextTryAt: after.nextScheduledAt,
      },
    ]);
  });

  test('asks for the customer where the bank wants them', () => {
    const [, second] = bothRefused;
    const refusals = [refusal({ kind: 'authentication' }), ...(second ? [second] : [])];
    expect(end({ refusals }).progress.state).toBe('action_required');
  });

  test('exhausted once the schedule is used up', () => {
    const after = end({ cause: 'scheduled' }, { scheduleUsed: 4 });
    expect(after.progress).toEqual({ state: 'exhausted', endedAt: noon });
    expect(noticesOf(after)).toMatchObject([{ nextTryAt: null }]);
  });

  test('goes round again at once where a retry was wanted meanwhile', () => {
    const after = end({}, { retryWanted: 2, retryServed: 1 });
    expect(after.progress).toEqual({ state: 'due', dueAt: noon });
  });

  test('that a person asked for is not answered by mail, and keeps the plan', () => {
    const planned = noon + 2 * dayMs;
    const after = end({ cause: 'wanted' }, { nextScheduledAt: planned, scheduleUsed: 1 });
    expect(noticesOf(after)).toEqual([]);
    expect(after).toMatchObject({ progress: { dueAt: planned }, scheduleUsed: 1 });
  });

  test('names the card that was refused, not the one that has its role now', () => {
    const around = {
      primary: candidate({ last4: '0001' }),
      secondary: backup({ consent: null, last4: '9999' }),
    };
    const [old] = bothRefused;
    const refusals = old ? [{ ...old, method: theSecondary }, old] : [];
    expect(noticesOf(end({ refusals }, {}, around))).toMatchObject([
      { failed: [{ card: { last4: '9999' } }, { card: { last4: '0001' } }] },
    ]);
  });
});

describe('closing', () => {
  const close = (reason: CloseReason, ownsCollection = true) =>
    closeCase(dunningCaseOf({ ownsCollection, retryWanted: 1 }), reason, noon);

  test.each(['subscription_canceled', 'collection_paused'] as const)(
    '%s hands the invoice back to Stripe, if it was taken over',
    (reason) => {
      expect(close(reason).owed).toContainEqual({ kind: 'hand_back' });
      expect(close(reason, false).owed).not.toContainEqual({ kind: 'hand_back' });
    },
  );

  test.each(['paid_elsewhere', 'voided', 'uncollectible'] as const)(
    '%s needs no hand-back',
    (reason) => {
      expect(close(reason).owed).not.toContainEqual({ kind: 'hand_back' });
    },
  );

  test('serves every wish: there is nothing left to try', () => {
    expect(close('voided')).toMatchObject({ retryServed: 1, pass: null, openAttempt: null });
  });
});

test('taking over is on record with the amount and the time', () => {
  const amountDue = { amount: 5, currency: 'kwd' };
  expect(ownCollection(dunningCaseOf(), amountDue, noon)).toMatchObject({
    ownsCollection: true,
    takenOverAt: noon,
    amountDue,
  });
});
