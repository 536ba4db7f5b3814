import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnnouncedEnd,
  appointmentAt,
  type DunningCase,
  sweepAt,
} from '../../../../functions/domain/case/dunning-case.ts';
import {
  announce,
  isOwnEnd,
  isUnpaidSinceEnd,
  planEnd,
  whereEndStands,
} from '../../../../functions/domain/case/end-of-dunning.ts';
import { keepAppointment } from '../../../../functions/domain/case/keep-appointment.ts';
import { planReminder } from '../../../../functions/domain/case/reminders.ts';
import type { Extension } from '../../../../functions/domain/customer/customer.ts';
import type { Policy } from '../../../../functions/domain/policy.ts';
import { dayMs, hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import { dunningCaseOf, examplePolicy, invoiceFactsOf, noon } from '../../../twins/examples.ts';

const amountDue = { amount: 1050, currency: 'usd' };
const exhausted = { state: 'exhausted', endedAt: noon } as const;
const ending = (more: Partial<Policy['end']>): Policy => ({
  ...examplePolicy,
  end: { ...examplePolicy.end, ...more },
});
const suspending = ending({ access: 'suspend' });
const endOf = (more: Partial<AnnouncedEnd> = {}): AnnouncedEnd => ({
  announcedAt: noon - 7 * dayMs,
  at: noon,
  access: 'suspend',
  action: 'leave_open',
  doneAt: null,
  ...more,
});
const givenUp = (more: Partial<DunningCase> = {}) =>
  dunningCaseOf({ progress: exhausted, amountDue, end: endOf(), ...more });
const extendedUntil = (until: number): Extension => ({
  until,
  reason: 'moves bank',
  by: 'arn:sam',
  grantedAt: noon - dayMs,
});
const kindsOf = ({ owed }: DunningCase) =>
  owed.map((each) => {
    if (each.kind === 'notice') return each.notice.kind;
    return each.kind === 'history' ? each.entry.event.kind : each.kind;
  });

describe('the end of dunning is announced', () => {
  test.each([
    ['neither', {}, null],
    ['access', { access: 'suspend' }, noon + 7 * dayMs],
    ['an action', { action: 'cancel_subscription' }, noon + 7 * dayMs],
    ['access, in 30 days', { access: 'suspend', afterDays: 30 }, noon + 30 * dayMs],
  ] as const)('where the policy takes %s', (_, end, at) => {
    const planned = planEnd(dunningCaseOf({ progress: exhausted }), ending(end), noon);
    expect(planned?.end?.at ?? null).toBe(at);
  });

  test('once: the date that was told stays', () => {
    expect(planEnd(givenUp(), suspending, noon + dayMs)).toBeNull();
  });

  test('with a line of the history, a mail at once, and one three days before', () => {
    const saved = dunningCaseOf({ progress: exhausted, amountDue });
    const announced = announce(saved, false, suspending, noon);
    expect(announced.version).toBe(saved.version);
    expect(kindsOf(announced)).toEqual(['end_announced', 'end_ahead']);
    expect(announced.reminder).toEqual({ about: 'end', at: noon + 4 * dayMs });
  });

  test('without a mail where the customer notices nothing of it', () => {
    const saved = dunningCaseOf({ progress: exhausted, amountDue });
    const policy = ending({ action: 'mark_uncollectible' });
    expect(kindsOf(announce(saved, false, policy, noon))).toEqual(['end_announced']);
  });

  test('without a mail of what comes where it comes now', () => {
    const saved = dunningCaseOf({ progress: exhausted, amountDue });
    const policy = ending({ access: 'suspend', afterDays: 0 });
    const announced = announce(saved, false, policy, noon);
    expect(kindsOf(announced)).toEqual(['end_announced']);
    expect(announced.reminder).toBeNull();
  });

  test('not while anything is tried', () => {
    const saved = dunningCaseOf({ progress: { state: 'waiting', dueAt: noon + dayMs }, amountDue });
    expect(kindsOf(announce(saved, false, suspending, noon))).toEqual([]);
  });
});

describe('the customer is reminded', () => {
  const waiting = (hours: number) =>
    dunningCaseOf({
      progress: { state: 'waiting', dueAt: noon + hours * hourMs },
      nextScheduledAt: noon + hours * hourMs,
    });

  test.each([
    ['two days before the last try', waiting(168), true, noon + 120 * hourMs],
    ['not of another try', waiting(168), false, null],
    ['not of one that is nearer', waiting(47), true, null],
    [
      'not of the end a day after it was announced',
      givenUp({ end: endOf({ at: noon + 4 * dayMs }) }),
      false,
      null,
    ],
    [
      'three days before the end',
      givenUp({ end: endOf({ at: noon + 5 * dayMs }) }),
      false,
      noon + 2 * dayMs,
    ],
    ['not of an end that has come', givenUp({ end: endOf({ doneAt: noon }) }), false, null],
  ] as const)('%s', (_, dunningCase, isLastTry, at) => {
    expect(planReminder(dunningCase, isLastTry, examplePolicy, noon)?.at ?? null).toBe(at);
  });

  test('again only of what is new: planned anew after it was told, there is nothing to tell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 * 24 }), fc.boolean(), (hours, isLastTry) => {
        const dunningCase = isLastTry
          ? waiting(hours)
          : givenUp({ end: endOf({ at: noon + hours * hourMs }) });
        const reminder = planReminder(dunningCase, isLastTry, examplePolicy, noon);
        if (reminder === null) return;
        expect(reminder.at).toBeGreaterThan(noon);
        expect(planReminder(dunningCase, isLastTry, examplePolicy, reminder.at)).toBeNull();
      }),
    );
  });
});

describe('the sweep comes back', () => {
  test.each([
    ['at the end', givenUp({ end: endOf({ at: noon + dayMs }) }), noon + dayMs],
    [
      'for the reminder before it',
      givenUp({
        end: endOf({ at: noon + 4 * dayMs }),
        reminder: { about: 'end', at: noon + dayMs },
      }),
      noon + dayMs,
    ],
    ['no more after the end', givenUp({ end: endOf({ doneAt: noon }) }), null],
    [
      'for the reminder before the try',
      dunningCaseOf({
        progress: { state: 'waiting', dueAt: noon + 5 * dayMs },
        reminder: { about: 'last_try', at: noon + dayMs },
      }),
      noon + dayMs,
    ],
    [
      'for the try once it was told',
      dunningCaseOf({ progress: { state: 'waiting', dueAt: noon + 5 * dayMs }, reminder: null }),
      noon + 5 * dayMs,
    ],
    ['not before the queue had its time', givenUp({ queuedUntil: noon + hourMs }), noon + hourMs],
  ] as const)('%s', (_, dunningCase, at) => {
    expect(sweepAt(dunningCase)).toBe(at);
  });

  test('for nothing of it in the middle of a pass, nor once it was paid', () => {
    const due = givenUp({ progress: { state: 'due', dueAt: noon + minuteMs } });
    const paid = givenUp({ progress: { state: 'recovered', endedAt: noon, role: 'primary' } });
    for (const each of [due, paid]) expect(appointmentAt(each)).toBeNull();
  });
});

describe('where the end stands', () => {
  test.each([
    ['ahead', givenUp({ end: endOf({ at: noon + 1 }) }), null, { end: 'ahead', at: noon + 1 }],
    ['come', givenUp(), null, { end: 'come', since: noon }],
    [
      'ahead while an extension stands',
      givenUp(),
      noon + dayMs,
      { end: 'ahead', at: noon + dayMs },
    ],
    [
      'come when the extension ended',
      givenUp({ end: endOf({ at: noon - 2 * dayMs }) }),
      noon - dayMs,
      { end: 'come', since: noon - dayMs },
    ],
    ['kept back by a wanted retry', givenUp({ retryWanted: 1 }), null, { end: 'waits' }],
    [
      'kept back by a debit on its way',
      givenUp({ progress: { state: 'processing', dueAt: noon } }),
      null,
      { end: 'waits' },
    ],
    [
      'come for good, whatever is tried after',
      givenUp({ retryWanted: 1, end: endOf({ doneAt: noon }) }),
      null,
      { end: 'come', since: noon },
    ],
    [
      'lifted for a while by an extension after it',
      givenUp({ end: endOf({ at: noon - dayMs, doneAt: noon - dayMs }) }),
      noon + dayMs,
      { end: 'ahead', at: noon + dayMs },
    ],
  ] as const)('%s', (_, dunningCase, until, stands) => {
    const extension = until === null ? null : extendedUntil(until);
    expect(whereEndStands(dunningCase, extension, noon)).toEqual(stands);
  });

  test('nowhere where none was announced', () => {
    expect(whereEndStands(dunningCaseOf({ progress: exhausted }), null, noon)).toBeNull();
  });
});

describe('when its time comes', () => {
  const keep = (
    dunningCase: DunningCase,
    extension: Extension | null = null,
    charging: 'own' | 'observe' | 'stopped' = 'own',
  ) =>
    keepAppointment(
      { dunningCase, facts: invoiceFactsOf(), policy: suspending, charging, now: noon },
      extension,
    );

  test('the end is done once, told, and carried out before it is told', () => {
    const done = keep(givenUp({ end: endOf({ action: 'pause_subscription' }) }));
    expect(done?.end).toMatchObject({ doneAt: noon, paused: 'sub_1' });
    expect(done?.version).toBe(givenUp().version + 1);
    expect(done === null ? [] : kindsOf(done)).toEqual([
      'end_dunning',
      'dunning_ended',
      'dunning_ended',
    ]);
    expect(done === null ? 0 : sweepAt({ ...done, owed: [] })).toBeNull();
  });

  test('nothing is done at Stripe where the invoice is left open', () => {
    const done = keep(givenUp());
    expect(done?.owed.filter(({ kind }) => kind === 'end_dunning')).toEqual([]);
  });

  test('an extension moves it behind itself, and the new day is told', () => {
    const until = noon + 10 * dayMs;
    const moved = keep(givenUp(), extendedUntil(until));
    expect(moved?.end).toMatchObject({ at: until, doneAt: null });
    expect(moved?.reminder).toEqual({ about: 'end', at: until - 3 * dayMs });
    expect(moved === null ? [] : kindsOf(moved)).toEqual(['end_announced', 'end_ahead']);
  });

  test.each(['observe', 'stopped'] as const)('nothing is done with charging %s', (charging) => {
    const kept = keep(givenUp(), null, charging);
    expect(kept?.end?.doneAt).toBeNull();
    expect(kept?.owed).toEqual([]);
    expect(kept === null ? 0 : sweepAt(kept)).toBe(noon + hourMs);
  });

  test('the last try is told with the day on which it comes, a hold included', () => {
    const at = noon + 2 * dayMs;
    const waiting = dunningCaseOf({
      progress: { state: 'waiting', dueAt: at },
      nextScheduledAt: at,
      amountDue,
      reminder: { about: 'last_try', at: noon },
    });
    const told = keep(waiting);
    expect(told?.reminder).toBeNull();
    expect(told?.owed).toMatchObject([
      { notice: { kind: 'last_try_ahead', tryAt: at, access: 'suspend' } },
    ]);
    const held = keep({ ...waiting, hold: { reason: 'no', until: at + dayMs } });
    expect(held?.owed).toMatchObject([{ notice: { tryAt: at + dayMs } }]);
    expect(keep({ ...waiting, handBackWanted: true })?.owed).toEqual([]);
  });

  test('a reminder of the end says the day that an extension leaves, or waits for it', () => {
    const end = endOf({ at: noon + 3 * dayMs });
    const dunningCase = givenUp({ end, reminder: { about: 'end', at: noon } });
    expect(keep(dunningCase)?.owed).toMatchObject([
      { notice: { kind: 'end_ahead', endsAt: noon + 3 * dayMs } },
    ]);
    const later = keep(dunningCase, extendedUntil(noon + 30 * dayMs));
    expect(later?.reminder).toEqual({ about: 'end', at: noon + 27 * dayMs });
    expect(later?.owed).toEqual([]);
  });

  test('nothing is done of what is not due', () => {
    expect(keep(givenUp({ end: endOf({ at: noon + 1 }) }))).toBeNull();
    expect(keep(givenUp({ retryWanted: 1 }))).toBeNull();
  });
});

describe('what our own end has closed', () => {
  const closed = (
    reason: 'uncollectible' | 'subscription_canceled' | 'voided',
    end: AnnouncedEnd,
  ) => givenUp({ progress: { state: 'closed', endedAt: noon, reason }, end });

  test.each([
    ['uncollectible', 'mark_uncollectible', true],
    ['subscription_canceled', 'cancel_subscription', true],
    ['uncollectible', 'cancel_subscription', false],
    ['voided', 'mark_uncollectible', false],
  ] as const)('%s after %s: %s', (reason, action, isOurs) => {
    const end = endOf({ action, doneAt: noon });
    expect(isOwnEnd(end, reason)).toBe(isOurs);
    expect(isUnpaidSinceEnd(closed(reason, end))).toBe(isOurs);
    expect(isOwnEnd({ ...end, doneAt: null }, reason)).toBe(false);
  });
});
