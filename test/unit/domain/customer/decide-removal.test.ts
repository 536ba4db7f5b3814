import { describe, expect, test } from 'vitest';
import {
  decideRemoval,
  type RemovalWish,
} from '../../../../functions/domain/customer/decide-removal.ts';
import { paymentMethodId } from '../../../../functions/domain/ids.ts';
import {
  agreed,
  cardMethod,
  customerOf,
  dunningCaseOf,
  noon,
  openAttemptOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const primary = cardMethod();
const secondary = cardMethod({ method: theSecondary, consent: agreed });
const wish = (more: Partial<RemovalWish> = {}): RemovalWish => ({
  method: thePrimary,
  replacement: null,
  methods: [primary, secondary],
  cases: [],
  isNeeded: false,
  now: noon,
  ...more,
});
const decide = (more: Partial<RemovalWish> = {}, of = {}) =>
  decideRemoval(customerOf(of), wish(more), 7);

describe('a method', () => {
  test('that is the backup goes, and the role with it', () => {
    expect(decide({ method: theSecondary })).toEqual({
      change: { primary: thePrimary, secondary: null },
      unfinished: [{ kind: 'remove_method', method: theSecondary }],
    });
  });

  test('that is the primary goes once its replacement is at Stripe', () => {
    expect(decide({ replacement: theSecondary })).toEqual({
      change: { primary: theSecondary, secondary: null, primarySetBy: 7 },
      unfinished: [
        { kind: 'set_primary', method: theSecondary, change: 7 },
        { kind: 'wake_cases', methods: [theSecondary], change: 7 },
        { kind: 'remove_method', method: thePrimary },
      ],
    });
  });

  test('that is the primary: a usable backup is offered in its place', () => {
    expect(decide()).toEqual({ refused: 'replacement_needed', offered: theSecondary });
    const expired = cardMethod({ method: theSecondary, expYear: 2020 });
    expect(decide({ methods: [primary, expired] })).toEqual({
      refused: 'replacement_needed',
      offered: null,
    });
    expect(decide({ replacement: paymentMethodId('pm_none') })).toEqual({
      refused: 'no_such_replacement',
    });
  });

  test('that is the last goes only where nothing needs it', () => {
    expect(decide({ methods: [primary], isNeeded: true })).toEqual({ refused: 'needed' });
    expect(decide({ methods: [primary] }, { secondary: null })).toMatchObject({
      change: { primary: null, secondary: null },
      unfinished: [{ kind: 'remove_method', method: thePrimary }],
    });
    // One that is leaving is not what is left.
    const leaving = [{ kind: 'remove_method', method: theSecondary }] as const;
    expect(decide({ isNeeded: true }, { unfinished: leaving })).toEqual({ refused: 'needed' });
  });

  test('with which something is being paid stays', () => {
    const open = dunningCaseOf({ openAttempt: openAttemptOf() });
    expect(decide({ cases: [open], replacement: theSecondary })).toEqual({ refused: 'in_use' });
    expect(decide({ cases: [open], method: theSecondary })).toMatchObject({ unfinished: [{}] });
    const debit = {
      n: 1,
      role: 'primary',
      method: thePrimary,
      revision: 1,
      chargeBefore: null,
    } as const;
    const progress = { state: 'processing', dueAt: noon, debit } as const;
    const processing = dunningCaseOf({ progress });
    expect(decide({ cases: [processing] })).toEqual({ refused: 'in_use' });
  });

  test('that is gone or going is as it was wished; one of nobody is none', () => {
    expect(decide({ methods: [{ ...primary, removedAt: noon }] })).toBe('as_wished');
    const unfinished = [{ kind: 'remove_method', method: thePrimary }] as const;
    expect(decide({}, { unfinished })).toBe('as_wished');
    expect(decide({ methods: [secondary] })).toEqual({ refused: 'no_such_method' });
  });
});
