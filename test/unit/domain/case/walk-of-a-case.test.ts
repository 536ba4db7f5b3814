import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  claimAttempt,
  keepAttemptOpen,
  reclaimAttempt,
} from '../../../../functions/domain/attempt/claim-attempt.ts';
import { claimCustomerAttempt } from '../../../../functions/domain/attempt/claim-customer-attempt.ts';
import { recordDebit, recordOutcome } from '../../../../functions/domain/attempt/record-outcome.ts';
import { refusePayment } from '../../../../functions/domain/attempt/refuse-payment.ts';
import {
  closeCase,
  markQueued,
  ownCollection,
  settleOwed,
  unfreeze,
  waitUntil,
  wantRetry,
} from '../../../../functions/domain/case/advance-case.ts';
import {
  type AttemptOutcome,
  type DunningCase,
  hasEnded,
  sweepAt,
} from '../../../../functions/domain/case/dunning-case.ts';
import { needsAttention } from '../../../../functions/domain/case/needs-attention.ts';
import { caseItem, recordOf } from '../../../../functions/domain/items.ts';
import { decideNextStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import { endPass, recordObservation } from '../../../../functions/domain/pass/end-pass.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import { dayMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  cardMethod,
  declined,
  dunningCaseOf,
  examplePolicy,
  noon,
  situationOf,
} from '../../../twins/examples.ts';
import { anySituation } from '../fixtures/arbitraries.ts';

const anyOutcome = fc.constantFrom<AttemptOutcome>(
  { kind: 'succeeded' },
  { kind: 'processing' },
  { kind: 'declined', decline: 'generic', codes: declined('generic_decline') },
  { kind: 'declined', decline: 'card_dead', codes: declined('stolen_card') },
  { kind: 'requires_action', codes: declined('authentication_required') },
  { kind: 'method_unusable', why: 'test' },
  { kind: 'not_executed', why: 'test' },
  { kind: 'skipped', why: 'test' },
);

/** Used up after one pass, so that the walk comes to its end too. */
const shortSchedule = { ...examplePolicy, retryAfterDays: [1] };

/** One thing that can happen to a case, in a situation that Stripe and the customer made. */
const anyHappening = fc.record({
  // Mostly plain ones, in which a charge is made.
  around: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(situationOf(), situationOf({ secondary: null })) },
    anySituation,
  ),
  passedMs: fc.nat(2 * dayMs),
  what: fc.oneof(
    { weight: 8, arbitrary: fc.constant('message') },
    { weight: 3, arbitrary: fc.constantFrom('wish', 'sweep', 'page') },
  ),
  known: fc.constantFrom('outcome', 'outcome', 'open', 'resend'),
  outcome: anyOutcome,
});
type Happening = typeof anyHappening extends fc.Arbitrary<infer Value> ? Value : never;

/** The next version of the case, or the same one where nothing is to be done. */
function happen(dunningCase: DunningCase, happening: Happening, now: number): DunningCase {
  const { around, what, known, outcome } = happening;
  if (what === 'wish') return wantRetry(dunningCase);
  if (what === 'page') return payInPage(dunningCase, around, now);
  if (what === 'sweep') {
    const at = sweepAt(dunningCase);
    return at !== null && at <= now ? markQueued(dunningCase, now + 15 * minuteMs) : dunningCase;
  }
  if (dunningCase.owed.length > 0) return settleOwed(dunningCase, [], now);
  const attention = needsAttention(dunningCase, 'pass', now, false);
  if (attention === 'none') return dunningCase;
  const situation: Situation = { ...around, policy: shortSchedule, dunningCase, now };
  const { openAttempt } = dunningCase;
  if (openAttempt === null) return take(situation, attention === 'pass');
  if (known === 'outcome' || openAttempt.initiator === 'customer') {
    return recordOutcome(situation, openAttempt, outcome);
  }
  if (known === 'resend') return reclaimAttempt(dunningCase, openAttempt, now, minuteMs);
  return keepAttemptOpen(dunningCase, openAttempt, 'maybe_sent', now + minuteMs);
}

function payInPage(dunningCase: DunningCase, { facts }: Situation, now: number): DunningCase {
  if (refusePayment(dunningCase, 'own', now) !== null) return dunningCase;
  const by = { kind: 'member', email: 'ada@example.com' } as const;
  const claim = { dunningCase, facts, method: cardMethod(), role: 'spare', by, now } as const;
  return claimCustomerAttempt({ ...claim, primary: null, primarySetBy: 0 }).claimed;
}

function take(situation: Situation, passIsDue: boolean): DunningCase {
  const { dunningCase, facts, now } = situation;
  const step = decideNextStep(situation, passIsDue);
  switch (step.step) {
    case 'nothing':
      return dunningCase;
    case 'close':
      return closeCase(dunningCase, step.reason, now);
    case 'take_over':
      return ownCollection(dunningCase, facts.amountDue, now);
    case 'charge':
      return claimAttempt(situation, step, minuteMs);
    case 'freeze':
    case 'wait':
      return waitUntil(dunningCase, step, now);
    case 'unfreeze':
      return unfreeze(dunningCase, step.progress);
    case 'observe':
      return recordObservation(situation, step);
    case 'end_pass':
      return endPass(situation, step);
    case 'end_debit':
      return recordDebit(situation, step.found);
  }
}

/** What holds for a case between any two writes. */
function expectSound(stored: DunningCase): void {
  const at = sweepAt(stored);
  if (!hasEnded(stored.progress) || stored.owed.length > 0) expect(at).not.toBeNull();
  if (hasEnded(stored.progress)) expect(stored).toMatchObject({ openAttempt: null, pass: null });
  if (stored.openAttempt !== null) expect(stored.progress.state).toBe('due');
  expect(recordOf(caseItem(stored))).toEqual(stored);
  if (at === null) return;
  // What the sweep sends is work: a message that finds nothing to do would be sent for ever.
  const isWork = stored.owed.length > 0 || needsAttention(stored, 'pass', at, false) !== 'none';
  expect(isWork).toBe(true);
}

test('whatever happens to a case: its version rises by one, and it never gets stuck', () => {
  const states = new Set<string>();
  fc.assert(
    fc.property(fc.array(anyHappening, { maxLength: 60 }), (happenings) => {
      let now = noon;
      let stored = dunningCaseOf();
      for (const happening of happenings) {
        now += happening.passedMs;
        const after = happen(stored, happening, now);
        if (after === stored) continue;
        expect(after.version).toBe(stored.version + 1);
        expectSound(after);
        states.add(after.progress.state);
        stored = after;
      }
    }),
    { numRuns: 300 },
  );
  expect([...states].sort()).toEqual([
    'action_required',
    'closed',
    'due',
    'exhausted',
    'processing',
    'recovered',
    'waiting',
  ]);
});
