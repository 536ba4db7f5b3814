import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '../../../../functions/domain/case/dunning-case.ts';
import { comesNext, safeTimeline } from '../../../../functions/domain/case/safe-timeline.ts';
import { classifyDecline } from '../../../../functions/domain/decline/decline.ts';
import { hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import { declined, dunningCaseOf, noon, theInvoice, thePrimary } from '../../../twins/examples.ts';

const entry = (event: HistoryEntry['event'], sequence = 1): HistoryEntry => ({
  invoice: theInvoice,
  sequence,
  pass: 1,
  at: noon,
  amount: null,
  event,
});

const tried = (code: string) => {
  const codes = { ...declined(code), networkDeclineCode: '43', adviceCode: 'do_not_try_again' };
  const outcome = { kind: 'declined', decline: classifyDecline(codes, null), codes } as const;
  const of = { n: 1, role: 'primary', method: thePrimary, startedAt: noon } as const;
  return entry({
    kind: 'attempt',
    ...of,
    outcome,
    trace: [{ rule: 'primary_first', about: code }],
  });
};

describe('what a customer reads of a refusal', () => {
  test.each([
    'lost_card',
    'stolen_card',
    'pickup_card',
    'fraudulent',
    'merchant_blacklist',
    'restricted_card',
    'highest_risk_level',
    'a_code_of_tomorrow',
  ])('of %s is a plain word', (code) => {
    const told = safeTimeline([tried(code)], { owed: [] });
    expect(told).toMatchObject([{ event: { result: 'refused' } }]);
    expect(['declined', 'not_supported']).toContain(reasonOf(told));
    expect(JSON.stringify(told)).not.toMatch(
      /lost|stolen|pick|fraud|blacklist|restrict|risk|tomorrow|dead|never|43|trace/i,
    );
  });
});

const reasonOf = ([first]: ReturnType<typeof safeTimeline>) =>
  first !== undefined && 'reason' in first.event ? first.event.reason : undefined;

test('the timeline is in order, and each line stands in it once', () => {
  const one = entry({ kind: 'pass_ended', nextPassAt: null, trace: [] }, 1);
  const two = entry({ kind: 'closed', reason: 'paid_elsewhere' }, 2);
  const owed = [one, two].map((each) => ({ kind: 'history', entry: each }) as const);
  expect(safeTimeline([two, one], { owed }).map(({ sequence }) => sequence)).toEqual([1, 2]);
});

test('what would have been done is not told', () => {
  expect(safeTimeline([entry({ kind: 'observed', trace: [] })], { owed: [] })).toEqual([]);
});

test.each([
  [{ progress: { state: 'waiting', dueAt: noon + hourMs } }, { next: 'try', at: noon + hourMs }],
  [{ progress: { state: 'due', dueAt: noon - hourMs } }, { next: 'try', at: noon }],
  [{ progress: { state: 'processing', dueAt: noon } }, { next: 'wait', until: noon }],
  [{ progress: { state: 'exhausted', endedAt: noon } }, { next: 'nothing' }],
  [
    { progress: { state: 'exhausted', endedAt: noon }, retryWanted: 1 },
    { next: 'try', at: noon },
  ],
  [
    {
      progress: { state: 'waiting', dueAt: noon },
      hold: { reason: 'no', until: noon + minuteMs },
    },
    { next: 'try', at: noon + minuteMs },
  ],
  [{ progress: { state: 'waiting', dueAt: noon }, handBackWanted: true }, { next: 'nothing' }],
] as const)('after %j comes %j', (standing, next) => {
  expect(comesNext(dunningCaseOf(standing), null, noon)).toEqual(next);
});
