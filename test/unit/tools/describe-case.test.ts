import { describe, expect, test } from 'vitest';
import { type HistoryEvent, hintedCase } from '../../../functions/domain/case/dunning-case.ts';
import {
  chargeId,
  customerId,
  invoiceId,
  paymentMethodId,
  subscriptionId,
} from '../../../functions/domain/ids.ts';
import { caseRecord, historyLine } from '../../../functions/staff-api/case-record.ts';
import { standingWords } from '../../../tools/staff/commands/standing.ts';
import { describeCase, describeTrace } from '../../../tools/staff/describe-case.ts';

const noon = Date.parse('2026-11-22T12:00:00Z');
const later = Date.parse('2026-11-30T14:01:00Z');
const subscription = subscriptionId('sub_1');
const [customer, invoice] = [customerId('cus_1'), invoiceId('in_1')];

const lineOf = (event: HistoryEvent) =>
  historyLine({ invoice, sequence: 1, pass: 1, at: noon, amount: null, event });

describe('a line of the trace', () => {
  test('says when each rule’s time is', () => {
    const line = lineOf({
      kind: 'pass_ended',
      nextPassAt: later,
      trace: [
        { rule: 'fallback_waits', about: 'insufficient_funds', at: later },
        { rule: 'moved_to_payday', about: null, at: later },
        { rule: 'network_asks_to_wait', about: new Date(later).toISOString(), at: later },
        { rule: 'schedule_used_up', about: '4' },
      ],
    });
    expect(describeTrace([line]).split('\n')).toEqual([
      '  2026-11-22 12:00 UTC  pass 1  pass ended, next 2026-11-30 14:01 UTC',
      '      fallback waits (insufficient_funds, 2026-11-30 14:01 UTC)',
      '      moved to payday (2026-11-30 14:01 UTC)',
      '      network asks to wait (2026-11-30 14:01 UTC)',
      '      schedule used up (4)',
    ]);
  });

  test.each<[string, HistoryEvent]>([
    [
      'waits until 2026-11-30 14:01 UTC\n      hold (a promise)',
      { kind: 'waiting', until: later, trace: [{ rule: 'hold', about: 'a promise' }] },
    ],
    ["Stripe's own retries switched off", { kind: 'took_over', again: false }],
    ["Stripe's own retries found on, and switched off again", { kind: 'took_over', again: true }],
    [
      'end announced for 2026-11-30 14:01 UTC: access suspended, pause subscription',
      {
        kind: 'end_announced',
        endsAt: later,
        access: 'suspend',
        action: 'pause_subscription',
      },
    ],
    [
      'dunning ended: access kept, mark uncollectible',
      { kind: 'dunning_ended', access: 'keep', action: 'mark_uncollectible' },
    ],
    [
      'default of sub_1 set back to pm_1',
      { kind: 'default_restored', before: { subscription, method: paymentMethodId('pm_1') } },
    ],
    [
      'default of sub_1 set back to none',
      { kind: 'default_restored', before: { subscription, method: null } },
    ],
    [
      'hold by sam, until 2026-11-30 14:01 UTC: a promise',
      { kind: 'by_hand', action: 'hold', by: 'sam', reason: 'a promise', until: later },
    ],
  ])('%s', (said, event) => {
    expect(describeTrace([lineOf(event)])).toBe(`  2026-11-22 12:00 UTC  pass 1  ${said}`);
  });
});

describe('a case that waits', () => {
  test('for its backup says from when it may be charged', () => {
    const waits = { ...hintedCase(customer, invoice, noon), fallbackAt: later };
    expect(describeCase(caseRecord(waits))).toMatch(/backup from +2026-11-30 14:01 UTC/);
  });

  test('for the end of dunning says when it comes and what follows, and that it came', () => {
    const end = {
      announcedAt: noon,
      at: later,
      access: 'suspend',
      action: 'pause_subscription',
      doneAt: null,
    } as const;
    const givenUp = {
      ...hintedCase(customer, invoice, noon),
      progress: { state: 'exhausted', endedAt: noon },
      end,
    } as const;
    expect(describeCase(caseRecord(givenUp))).toMatch(
      /end +2026-11-30 14:01 UTC: access suspended, pause subscription/,
    );
    expect(describeCase(caseRecord({ ...givenUp, end: { ...end, doneAt: later } }))).toMatch(
      /end +came 2026-11-30 14:01 UTC: access suspended, pause subscription/,
    );
  });
});

test('what staff read of a case has times as text, also within an event', () => {
  const shown = JSON.stringify([
    lineOf({ kind: 'observed', trace: [{ rule: 'observe_only', about: null, at: later }] }),
    lineOf({
      kind: 'trouble',
      trouble: {
        source: 'dp_1',
        kind: 'dispute',
        reason: 'fraudulent',
        charge: chargeId('ch_1'),
        method: null,
        amount: { amount: 100, currency: 'usd' },
        at: later,
      },
    }),
  ]);
  expect(shown).not.toContain(String(later));
});

test('a customer is in grace until their day', () => {
  const until = new Date(later).toISOString();
  expect(standingWords({ standing: 'grace', since: null, until, why: [] })).toBe(
    'in grace, until 2026-11-30 14:01 UTC',
  );
});
