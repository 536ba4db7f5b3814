import { describe, expect, test } from 'vitest';
import { waitUntil } from '../../../../functions/domain/case/advance-case.ts';
import type { DunningCase, Pass } from '../../../../functions/domain/case/dunning-case.ts';
import { decideNextStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import { endPass } from '../../../../functions/domain/pass/end-pass.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import { dayMs, hourMs } from '../../../../functions/domain/time.ts';
import {
  candidate,
  dunningCaseOf,
  examplePolicy,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  theSecondary,
} from '../../../twins/examples.ts';

const asks = failedCharge('authentication_required', { createdAt: noon });
const facts = invoiceFactsOf({ charges: [asks] });
const schedule = (retryAfterDays: number[]) => ({ ...examplePolicy, retryAfterDays });

/** The case after a pass at noon in which nothing was charged. */
function end(ofCase: Partial<DunningCase> = {}, around: Partial<Situation> = {}): DunningCase {
  const dunningCase = dunningCaseOf(ofCase);
  const situation = situationOf({ dunningCase, facts, ...around });
  const step = decideNextStep(situation, true);
  if (step.step !== 'end_pass') throw new Error(`The situation leads to ${step.step}.`);
  return endPass(situation, step);
}

const traceOf = ({ owed }: DunningCase) =>
  owed.flatMap((each) =>
    each.kind === 'history' && each.entry.event.kind === 'pass_ended'
      ? each.entry.event.trace.map(({ rule }) => rule)
      : [],
  );
const noticesOf = ({ owed }: DunningCase) =>
  owed.flatMap((each) => (each.kind === 'notice' ? [each.notice] : []));

describe('a pass after which the policy lets the secondary wait', () => {
  test('is followed by the schedule where that comes first', () => {
    const after = end();
    expect(after).toMatchObject({ fallbackAt: noon + dayMs, scheduleUsed: 1 });
    expect(after.nextScheduledAt).toBeLessThan(noon + dayMs);
    expect(after.progress).toEqual({ state: 'action_required', dueAt: after.nextScheduledAt });
  });

  test('is followed by the secondary’s time where that comes first, and the plan stays', () => {
    const after = end({}, { policy: schedule([3]) });
    expect(after.progress).toEqual({ state: 'action_required', dueAt: noon + dayMs });
    expect(after.nextScheduledAt).toBeGreaterThan(noon + 2 * dayMs);
    expect(noticesOf(after)).toMatchObject([
      { kind: 'authentication_needed', nextTryAt: noon + dayMs },
    ]);
    expect(noticesOf(after)[0]).not.toHaveProperty('nextIsLast');
  });

  test('waits for it also where the schedule is used up', () => {
    const after = end({}, { policy: schedule([]) });
    expect(after).toMatchObject({
      progress: { state: 'action_required', dueAt: noon + dayMs },
      nextScheduledAt: null,
      fallbackAt: noon + dayMs,
    });
    expect(noticesOf(after)).toMatchObject([{ nextTryAt: noon + dayMs, nextIsLast: true }]);
  });

  test('explains all of it in the history', () => {
    expect(traceOf(end())).toEqual([
      'primary_refused_by_stripe_try_is_wasted',
      'fallback_waits',
      'customer_asked_to_confirm',
      'scheduled_after_days',
    ]);
  });
});

describe('a pass for which only the fallback waited', () => {
  const waited: Partial<DunningCase> = {
    passCount: 1,
    scheduleUsed: 1,
    fallbackAt: noon,
    nextScheduledAt: noon + 2 * dayMs,
  };
  const before = failedCharge('authentication_required', { createdAt: noon - dayMs });
  const around = { facts: invoiceFactsOf({ charges: [before] }) };
  const secondaryRefused = (more: Partial<Pass> = {}): Partial<DunningCase> => ({
    ...waited,
    passCount: 2,
    pass: {
      number: 2,
      cause: 'fallback',
      startedAt: noon,
      refusals: [
        {
          role: 'secondary',
          method: theSecondary,
          revision: 1,
          kind: 'generic',
          codes: null,
          at: noon,
          by: 'backstop',
        },
      ],
      ...more,
    },
  });

  test('charges the secondary, by the refusal that stands', () => {
    const step = decideNextStep(
      situationOf({ dunningCase: dunningCaseOf(waited), ...around }),
      true,
    );
    expect(step).toMatchObject({
      step: 'charge',
      role: 'secondary',
      pass: { number: 2, cause: 'fallback' },
      trace: [{ rule: 'primary_refusal_stands' }, { rule: 'secondary_after_definite_refusal' }],
    });
  });

  test('uses nothing of the schedule', () => {
    const after = end(secondaryRefused(), around);
    expect(after).toMatchObject({
      scheduleUsed: 1,
      nextScheduledAt: noon + 2 * dayMs,
      fallbackAt: null,
      progress: { dueAt: noon + 2 * dayMs },
    });
    expect(traceOf(after).at(-1)).toBe('schedule_stands');
  });

  test('ends the case where the schedule was used up', () => {
    const after = end({ ...secondaryRefused(), nextScheduledAt: null, scheduleUsed: 4 }, around);
    expect(after.progress).toEqual({ state: 'exhausted', endedAt: noon });
  });

  test('in which nothing was tried is told to nobody anew', () => {
    const after = end(waited, { ...around, secondary: null });
    expect(noticesOf(after)).toEqual([]);
    expect(after.progress).toMatchObject({ dueAt: noon + 2 * dayMs });
  });
});

test('a later pass that still waits for the customer says so', () => {
  const old = failedCharge('authentication_required', { createdAt: noon - 2 * dayMs });
  const later = { passCount: 1, scheduleUsed: 1, nextScheduledAt: noon };
  const after = end(later, { facts: invoiceFactsOf({ charges: [old] }), secondary: null });
  expect(after.progress.state).toBe('action_required');
});

test('a network that asks to wait beyond the window ends the case', () => {
  const waits = [{ source: 'ch_1', until: noon + 40 * dayMs }];
  const primary = candidate({}, { ledger: { waits } });
  const after = end({}, { primary, secondary: null, facts: invoiceFactsOf() });
  expect(after.progress).toEqual({ state: 'exhausted', endedAt: noon });
  expect(traceOf(after)).toContain('window_over');
});

describe('while the case waits', () => {
  const wait = (until: number, rule: 'hold' | 'charging_stopped' = 'hold') =>
    ({ step: 'wait', until, trace: [{ rule, about: null }] }) as const;
  const lines = ({ owed }: DunningCase) =>
    owed.flatMap((each) => (each.kind === 'history' ? [each.entry.event] : []));

  test('why is told once, and anew where it is another reason', () => {
    const first = waitUntil(dunningCaseOf(), wait(noon + hourMs), noon);
    expect(lines(first)).toMatchObject([{ kind: 'waiting', until: noon + hourMs }]);
    const again = waitUntil(first, wait(noon + 2 * hourMs), noon);
    expect(again).toMatchObject({ progress: { state: 'waiting', dueAt: noon + 2 * hourMs } });
    expect(lines(again)).toHaveLength(1);
    const other = waitUntil(again, wait(noon + hourMs, 'charging_stopped'), noon);
    expect(lines(other)).toHaveLength(2);
  });

  test('and again once a pass has run in between', () => {
    const first = waitUntil(dunningCaseOf(), wait(noon + hourMs), noon);
    const after = end(first);
    expect(after).not.toHaveProperty('waitsFor');
    expect(lines(waitUntil(after, wait(noon + hourMs), noon))).toHaveLength(
      lines(after).length + 1,
    );
  });
});
