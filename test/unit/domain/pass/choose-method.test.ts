import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pass, Refusal } from '../../../../functions/domain/case/dunning-case.ts';
import { standingBlock } from '../../../../functions/domain/decline/card-ledger.ts';
import { chooseMethod } from '../../../../functions/domain/pass/choose-method.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import { dayMs, hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';
import { anyPass, anySituation } from '../fixtures/arbitraries.ts';

const pass = (more: Partial<Pass> = {}): Pass => ({
  number: 1,
  cause: 'new',
  startedAt: noon,
  refusals: [],
  ...more,
});
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
const charged = (...charges: ReturnType<typeof failedCharge>[]) => invoiceFactsOf({ charges });
const cardBlock = {
  scope: 'card' as const,
  kind: 'card_dead' as const,
  at: noon,
  source: 'ch_x',
  method: thePrimary,
  revision: 1,
  expMonth: 12,
  expYear: 2030,
};
const twentyTries = Array.from({ length: 20 }, (_, index) => ({
  key: `other-invoice-${index}`,
  at: noon - index * minuteMs,
  amount: { amount: 1, currency: 'usd' },
}));

const choose = (situation: Partial<Situation>, more: Partial<Pass> = {}) => {
  const { role, trace } = chooseMethod(situationOf(situation), pass(more));
  return { role, rules: trace.map(({ rule }) => rule) };
};

describe('the primary is first', () => {
  test('in a pass in which nothing was refused yet', () => {
    expect(choose({ facts: charged(failedCharge('generic_decline')) })).toEqual({
      role: 'primary',
      rules: ['primary_first', 'decline_allows_another_try'],
    });
  });

  test('in a later pass again, although it was refused in an earlier one', () => {
    const facts = charged(failedCharge('insufficient_funds'));
    expect(choose({ facts }, { cause: 'scheduled', number: 2 }).role).toBe('primary');
  });

  test('once its data were corrected after the refusal in this pass', () => {
    const primary = candidate({ revision: 2, changedAt: noon });
    expect(choose({ primary }, { refusals: [refusal()] }).role).toBe('primary');
  });

  test('where another method has become the primary', () => {
    const before = refusal({ method: theSecondary });
    expect(choose({}, { refusals: [before] }).role).toBe('primary');
  });

  test('and nothing else is charged while only a network cap stands against it', () => {
    const primary = candidate({}, { ledger: { slots: twentyTries } });
    expect(choose({ primary })).toEqual({ role: null, rules: ['card_cap_reached'] });
  });
});

describe('the secondary is next', () => {
  test('when the primary was refused in this pass', () => {
    expect(choose({}, { refusals: [refusal()] })).toEqual({
      role: 'secondary',
      rules: ['primary_refused_in_this_pass', 'secondary_after_definite_refusal'],
    });
  });

  test('when Stripe’s own try says that another one is wasted', () => {
    const stripes = refusal({ by: 'stripe', kind: 'insufficient_funds' });
    expect(choose({}, { refusals: [stripes] }).rules).toEqual([
      'primary_refused_by_stripe_try_is_wasted',
      'secondary_after_definite_refusal',
    ]);
  });

  test.each([
    ['there is no primary', { primary: null }],
    ['it is detached', { primary: candidate({}, { attached: false }) }],
    ['its card is dead', { primary: candidate({}, { ledger: { blocks: [cardBlock] } }) }],
  ])('when the primary is known to be unusable: %s', (_, situation) => {
    expect(choose(situation).role).toBe('secondary');
    expect(choose(situation).rules).toContain('secondary_since_primary_unusable');
  });

  test.each([
    ['fraudulent', 0],
    ['authentication_required', 24],
    ['transaction_not_allowed', 0],
  ])(
    'when %s stops further automatic tries of the primary for this invoice, after %d hours',
    (code, hours) => {
      const facts = charged(failedCharge(code, { createdAt: noon - hours * hourMs }));
      expect(choose({ facts }, { cause: 'scheduled' })).toEqual({
        role: 'secondary',
        rules: ['method_refused_for_this_invoice', 'secondary_after_definite_refusal'],
      });
      // A person may want it tried all the same.
      expect(choose({ facts }, { cause: 'wanted' }).role).toBe('primary');
    },
  );

  test('when the primary was refused and has no try left', () => {
    const eight = Array.from({ length: 8 }, () => failedCharge('generic_decline'));
    expect(choose({ facts: charged(...eight) }, { cause: 'scheduled' }).role).toBe('secondary');
  });
});

describe('nothing is charged', () => {
  const refused = { refusals: [refusal()] };
  test.each([
    ['secondary_missing', { secondary: null }],
    ['secondary_without_consent', { secondary: backup({ consent: null }) }],
    ['secondary_is_the_primary', { secondary: backup({ method: thePrimary }) }],
    ['secondary_is_the_primary', { secondary: backup({ fingerprint: 'fp-pm_primary' }) }],
    ['method_detached', { secondary: backup({}, { attached: false }) }],
    ['method_blocked', { secondary: backup({}, { ledger: { blocks: [cardBlock] } }) }],
    ['card_cap_reached', { secondary: backup({}, { ledger: { slots: twentyTries } }) }],
    [
      'method_refused_for_this_invoice',
      { facts: charged(failedCharge('fraudulent', { method: theSecondary })) },
    ],
  ])('where %s', (rule, situation) => {
    const choice = choose(situation, refused);
    expect(choice.role).toBeNull();
    expect(choice.rules.at(-1)).toBe(rule);
  });

  test('where both were refused in this pass', () => {
    const both = [refusal(), refusal({ role: 'secondary', method: theSecondary })];
    expect(choose({}, { refusals: both })).toMatchObject({ role: null });
  });

  test('of the secondary after refusals that the primary’s data have outlived', () => {
    const primary = candidate({ expYear: 2034 }, { ledger: { slots: twentyTries } });
    const facts = charged(failedCharge('stolen_card', { createdAt: noon - dayMs }));
    expect(choose({ primary, facts }).role).toBeNull();
  });
});

test('the secondary needs consent, and a definite no of the primary or an unusable one', () => {
  let chosen = 0;
  fc.assert(
    fc.property(anySituation, anyPass, (situation, inPass) => {
      const choice = chooseMethod(situation, inPass);
      if (choice.role !== 'secondary') return;
      chosen += 1;
      const { primary, secondary, facts } = situation;
      expect(secondary?.method.consent).not.toBeNull();
      expect(secondary?.attached).toBe(true);
      if (primary === null || !primary.attached) return;
      expect(secondary?.method.fingerprint ?? 'none').not.toBe(primary.method.fingerprint);
      if (standingBlock(primary.ledger, primary.method) !== null) return;
      const { method, revision, changedAt } = primary.method;
      const refusedByBank = facts.charges.some(
        (charge) =>
          charge.method === method &&
          charge.status === 'failed' &&
          charge.createdAt > (changedAt ?? 0),
      );
      const refusedInPass = inPass.refusals.some(
        (each) => each.method === method && each.revision === revision,
      );
      expect(refusedByBank || refusedInPass).toBe(true);
    }),
    { numRuns: 2_000 },
  );
  expect(chosen).toBeGreaterThan(100);
});

test('a blocked or detached method is never chosen, and no method twice in one pass', () => {
  fc.assert(
    fc.property(anySituation, anyPass, (situation, inPass) => {
      const choice = chooseMethod(situation, inPass);
      expect(choice.trace.length).toBeGreaterThan(0);
      if (choice.role === null) return;
      const { method, ledger, attached } = choice.candidate;
      expect(attached).toBe(true);
      expect(standingBlock(ledger, method)).toBeNull();
      const refused = inPass.refusals.some(
        (each) =>
          each.role === choice.role &&
          each.method === method.method &&
          each.revision === method.revision,
      );
      expect(refused).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});
