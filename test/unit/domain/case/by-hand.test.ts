import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ByHandDecision,
  closeByHand,
  handBackByHand,
  holdByHand,
  releaseByHand,
  retryByHand,
} from '../../../../functions/domain/case/by-hand.ts';
import type { DunningCase, Progress } from '../../../../functions/domain/case/dunning-case.ts';
import { sweepAt } from '../../../../functions/domain/case/dunning-case.ts';
import { decideEarlyStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import { dayMs, minuteMs } from '../../../../functions/domain/time.ts';
import { dunningCaseOf, noon, openAttemptOf, situationOf } from '../../../twins/examples.ts';

const doing = { arn: 'arn:aws:iam::1:user/sam', reason: 'because', now: noon };
const actions = {
  retry: (each: DunningCase) => retryByHand(each, doing),
  hold: (each: DunningCase) => holdByHand(each, doing, noon + dayMs),
  release: (each: DunningCase) => releaseByHand(each, doing),
  handBack: (each: DunningCase) => handBackByHand(each, doing),
  close: (each: DunningCase) => closeByHand(each, doing),
};

const changed = (decision: ByHandDecision): DunningCase => {
  if (decision === 'as_wished' || 'refused' in decision) throw new Error('Nothing is changed.');
  return decision.changed;
};

const anyProgress: fc.Arbitrary<Progress> = fc.oneof(
  fc.record({
    state: fc.constantFrom(
      'due' as const,
      'waiting' as const,
      'action_required' as const,
      'processing' as const,
    ),
    dueAt: fc.integer({ min: noon - dayMs, max: noon + 9 * dayMs }),
  }),
  fc.constant({ state: 'exhausted' as const, endedAt: noon - dayMs }),
  fc.constant({ state: 'recovered' as const, endedAt: noon, role: 'primary' as const }),
  fc.constant({ state: 'closed' as const, endedAt: noon, reason: 'voided' as const }),
  fc.constant({ state: 'closed' as const, endedAt: noon, reason: 'closed_by_staff' as const }),
);

const anyCase: fc.Arbitrary<DunningCase> = fc
  .record({
    progress: anyProgress,
    openAttempt: fc.constantFrom(null, openAttemptOf()),
    ownsCollection: fc.boolean(),
    takenOverAt: fc.constantFrom(noon - dayMs, noon - minuteMs),
    hold: fc.constantFrom(
      null,
      { reason: 'x', until: noon - 1 },
      { reason: 'x', until: noon + dayMs },
    ),
    nextScheduledAt: fc.constantFrom(null, noon - dayMs, noon + dayMs),
    retryWanted: fc.nat({ max: 2 }),
  })
  .map((more) => dunningCaseOf(more));

const anyAction = fc.constantFrom(...Object.values(actions));

test('every change is one version on, tells who did it, owes its audit entry, and is made once', () => {
  fc.assert(
    fc.property(anyCase, anyAction, (before, act) => {
      const decision = act(before);
      if (decision === 'as_wished' || 'refused' in decision) return;
      const after = decision.changed;
      expect(after.version).toBe(before.version + 1);
      expect(decision.entry).toMatchObject({
        id: `${before.invoice}-${after.version}`,
        by: { kind: 'staff', arn: doing.arn },
        at: noon,
      });
      expect(after.owed).toContainEqual({ kind: 'audit', entry: decision.entry });
      expect(after.owed).toContainEqual(
        expect.objectContaining({
          entry: expect.objectContaining({
            event: expect.objectContaining({ kind: 'by_hand', by: doing.arn }),
          }),
        }),
      );
      expect(act(after)).toBe('as_wished');
    }),
  );
});

test('an attempt is never taken from its case, and the case never from the sweep', () => {
  fc.assert(
    fc.property(anyCase, anyAction, (before, act) => {
      const decision = act(before);
      if (decision === 'as_wished' || 'refused' in decision) return;
      expect(decision.changed.openAttempt).toEqual(before.openAttempt);
      // What it owes has to be done, whatever the state is.
      expect(sweepAt(decision.changed)).not.toBeNull();
    }),
  );
});

describe('a hold', () => {
  const waiting = dunningCaseOf({
    progress: { state: 'waiting', dueAt: noon + 3 * dayMs },
    nextScheduledAt: noon + 3 * dayMs,
  });

  test('that a pass has met is due at its end; without it, when the schedule says', () => {
    const held = changed(holdByHand(waiting, doing, noon + 5 * dayMs));
    expect(held.progress).toEqual(waiting.progress);
    const met = { ...held, progress: { state: 'waiting' as const, dueAt: noon + 5 * dayMs } };
    expect(changed(releaseByHand(met, doing)).progress).toEqual(waiting.progress);
    const later = { ...doing, now: noon + 4 * dayMs };
    expect(changed(releaseByHand(met, later)).progress).toEqual({
      state: 'waiting',
      dueAt: later.now,
    });
  });

  test('that is over needs no release', () => {
    const over = { ...waiting, hold: { reason: 'x', until: noon } };
    expect(releaseByHand(over, doing)).toBe('as_wished');
  });
});

test('a case that is to be handed back is closed as soon as the take-over is 15 minutes old', () => {
  const taken = dunningCaseOf({ ownsCollection: true, takenOverAt: noon - minuteMs });
  const wanted = changed(handBackByHand(taken, doing));
  expect(wanted.progress).toEqual({ state: 'waiting', dueAt: noon + 14 * minuteMs });
  const at = (now: number) => decideEarlyStep({ ...situationOf(), dunningCase: wanted, now }, true);
  expect(at(noon + 13 * minuteMs)).toMatchObject({ step: 'wait', until: noon + 14 * minuteMs });
  expect(at(noon + 14 * minuteMs)).toEqual({ step: 'close', reason: 'handed_back' });
});

test('a retry that nobody asked for is none that a person wants', () => {
  const woken = dunningCaseOf({ retryWanted: 1, unaskedRetries: 1 });
  expect(changed(actions.retry(woken))).toMatchObject({ retryWanted: 2, unaskedRetries: 1 });
  expect(actions.retry({ ...woken, retryWanted: 2 })).toBe('as_wished');
});
