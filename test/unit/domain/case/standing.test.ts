import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  AnnouncedEnd,
  DunningCase,
  Trouble,
} from '../../../../functions/domain/case/dunning-case.ts';
import { type Standing, standingOf } from '../../../../functions/domain/case/standing.ts';
import { chargeId, invoiceId } from '../../../../functions/domain/ids.ts';
import { dayMs, hourMs } from '../../../../functions/domain/time.ts';
import { dunningCaseOf, noon, thePrimary } from '../../../twins/examples.ts';

const amountDue = { amount: 1050, currency: 'usd' };
const createdAt = noon - 20 * dayMs;
const announcedAt = noon - 7 * dayMs;
const theCase = (more: Partial<DunningCase> = {}): DunningCase =>
  dunningCaseOf({ createdAt, amountDue, progress: { state: 'waiting', dueAt: noon }, ...more });
const ending = (more: Partial<AnnouncedEnd> = {}, of: Partial<DunningCase> = {}): DunningCase =>
  theCase({
    progress: { state: 'exhausted', endedAt: announcedAt },
    end: {
      announcedAt,
      at: noon + dayMs,
      access: 'suspend',
      action: 'leave_open',
      doneAt: null,
      ...more,
    },
    ...of,
  });
const trouble = (kind: Trouble['kind']): Trouble => ({
  source: 'dp_1',
  kind,
  reason: 'product_not_received',
  charge: chargeId('ch_1'),
  method: thePrimary,
  amount: amountDue,
  at: noon - dayMs,
});
const recovered = { state: 'recovered', endedAt: noon - 2 * dayMs, role: 'primary' } as const;

const at = (now: number, cases: readonly DunningCase[], until: number | null = null): Standing =>
  standingOf(
    until === null ? null : { until, reason: 'r', by: 'arn:sam', grantedAt: noon - dayMs },
    cases,
    now,
  );

describe('the standing of a customer', () => {
  test.each<[string, readonly DunningCase[], Partial<Standing>]>([
    ['without a case', [], { standing: 'good', since: null, until: null, why: [] }],
    ['whose invoice was paid', [theCase({ progress: recovered })], { standing: 'good' }],
    ['whose invoice nobody has looked at', [theCase({ amountDue: null })], { standing: 'good' }],
    [
      'with an unpaid invoice',
      [theCase()],
      { standing: 'past_due', since: createdAt, until: null },
    ],
    [
      'with a debit on its way',
      [theCase({ progress: { state: 'processing', dueAt: noon } })],
      {
        standing: 'past_due',
        why: [{ invoice: invoiceId('in_1'), amountDue, reason: 'processing' }],
      },
    ],
    ['with an end that takes no access', [ending({ access: 'keep' })], { standing: 'past_due' }],
    [
      'with an end ahead',
      [ending()],
      { standing: 'grace', since: announcedAt, until: noon + dayMs },
    ],
    [
      'with an end that has come',
      [ending({ at: noon })],
      { standing: 'suspended', since: noon, until: null },
    ],
    [
      'with an end that a wanted retry keeps back',
      [ending({ at: noon }, { retryWanted: 1 })],
      { standing: 'grace', until: null },
    ],
    [
      'suspended, and tried again',
      [ending({ at: noon, doneAt: noon }, { progress: { state: 'due', dueAt: noon } })],
      { standing: 'suspended' },
    ],
    [
      'suspended, and paid',
      [ending({ at: noon, doneAt: noon }, { progress: recovered })],
      { standing: 'good' },
    ],
    [
      'whose invoice the end has written off',
      [
        ending(
          { at: noon, doneAt: noon, action: 'mark_uncollectible' },
          { progress: { state: 'closed', endedAt: noon, reason: 'uncollectible' } },
        ),
      ],
      { standing: 'suspended', since: noon },
    ],
    [
      'whose invoice the business has written off',
      [ending({}, { progress: { state: 'closed', endedAt: noon, reason: 'uncollectible' } })],
      { standing: 'good' },
    ],
    [
      'who disputes what was paid',
      [theCase({ progress: recovered, troubles: [trouble('dispute')] })],
      {
        standing: 'past_due',
        since: noon - dayMs,
        why: [{ invoice: invoiceId('in_1'), amountDue, reason: 'asked_back' }],
      },
    ],
    [
      'of whom a bank took a debit back',
      [theCase({ progress: recovered, troubles: [trouble('reversal')] })],
      { standing: 'past_due' },
    ],
    [
      'of whom only a warning says something',
      [theCase({ progress: recovered, troubles: [trouble('early_fraud_warning')] })],
      { standing: 'good' },
    ],
  ])('%s', (_, cases, standing) => {
    expect(at(noon, cases)).toMatchObject(standing);
  });

  test('is the worst of the cases, and says all that stand in the way, the oldest first', () => {
    const other = ending(
      { at: noon },
      { invoice: invoiceId('in_2'), createdAt: createdAt - dayMs },
    );
    const found = at(noon, [theCase(), other]);
    expect(found).toMatchObject({ standing: 'suspended', since: noon });
    expect(found.why.map(({ invoice }) => invoice)).toEqual(['in_2', 'in_1']);
    const both = [ending(), ending({ at: noon + hourMs }, { invoice: invoiceId('in_2') })];
    expect(at(noon, both)).toMatchObject({ standing: 'grace', until: noon + hourMs });
  });
});

describe('an extension', () => {
  test('keeps access while it stands, before the end and after, and no longer', () => {
    const until = noon + 5 * dayMs;
    expect(at(noon, [ending()], until)).toMatchObject({ standing: 'grace', until });
    const done = [ending({ at: noon - dayMs, doneAt: noon - dayMs })];
    expect(at(noon, done, until)).toMatchObject({ standing: 'grace', until });
    expect(at(until, done, until)).toMatchObject({ standing: 'suspended', since: until });
  });

  test('never makes the end come before its day', () => {
    expect(at(noon, [ending()], noon - hourMs)).toMatchObject({
      standing: 'grace',
      until: noon + dayMs,
    });
  });
});

test('access never ends before the announced day nor during an extension', () => {
  const day = fc.integer({ min: -10, max: 10 });
  fc.assert(
    fc.property(day, fc.option(day), fc.boolean(), (endsIn, extendedFor, isDone) => {
      const end = noon + endsIn * dayMs;
      const until = extendedFor === null ? null : noon + extendedFor * dayMs;
      const doneAt = isDone && end <= noon ? end : null;
      const { standing } = at(noon, [ending({ at: end, doneAt })], until);
      const isKept = end > noon || (until ?? 0) > noon;
      expect(standing).toBe(isKept ? 'grace' : 'suspended');
    }),
  );
});
