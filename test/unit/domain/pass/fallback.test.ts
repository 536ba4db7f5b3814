import { describe, expect, test } from 'vitest';
import type {
  DunningCase,
  Pass,
  PassCause,
  Refusal,
} from '../../../../functions/domain/case/dunning-case.ts';
import type { DeclineKind } from '../../../../functions/domain/decline/decline.ts';
import { chooseMethod } from '../../../../functions/domain/pass/choose-method.ts';
import { decideNextStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import type { FallbackRule, Policy } from '../../../../functions/domain/policy.ts';
import { jitterMs } from '../../../../functions/domain/schedule/jitter.ts';
import { dayMs, hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  dunningCaseOf,
  examplePolicy,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  theInvoice,
  thePrimary,
} from '../../../twins/examples.ts';

/** A code of each kind that a charge can carry. */
const codeOf: Readonly<Record<Exclude<DeclineKind, 'unusable'>, string>> = {
  generic: 'generic_decline',
  transient: 'processing_error',
  insufficient_funds: 'insufficient_funds',
  invalid_data: 'incorrect_number',
  authentication: 'authentication_required',
  risk: 'fraudulent',
  not_allowed: 'transaction_not_allowed',
  card_dead: 'stolen_card',
};
const kinds = Object.keys(examplePolicy.declines) as DeclineKind[]; // Its keys are the kinds.

const withRule = (
  kind: DeclineKind,
  fallback: FallbackRule,
  more: Partial<Policy> = {},
): Policy => ({
  ...examplePolicy,
  ...more,
  declines: { ...examplePolicy.declines, [kind]: { tryAgainAtOnce: false, fallback } },
});

const refusal = (kind: DeclineKind, at: number, by: Refusal['by'] = 'backstop'): Refusal => ({
  role: 'primary',
  method: thePrimary,
  revision: 1,
  kind,
  codes: null,
  at,
  by,
});

interface Refused {
  readonly kind: DeclineKind;
  /** The first refusal. */
  readonly at: number;
  readonly rule: FallbackRule;
  readonly cause?: PassCause;
  readonly around?: Partial<Situation>;
  readonly policy?: Partial<Policy>;
}

/** What a pass chooses at noon, in which the primary was refused. */
function choose({ kind, at, rule, cause = 'scheduled', around = {}, policy = {} }: Refused) {
  const charges = kind === 'unusable' ? [] : [failedCharge(codeOf[kind], { createdAt: at })];
  const pass: Pass = {
    number: 2,
    cause,
    startedAt: noon,
    refusals: [refusal(kind, cause === 'fallback' ? at : noon)],
  };
  const choice = chooseMethod(
    situationOf({
      dunningCase: dunningCaseOf({ createdAt: at }),
      facts: invoiceFactsOf({ charges }),
      policy: withRule(kind, rule, policy),
      ...around,
    }),
    pass,
  );
  const rules = choice.trace.map((each) => each.rule);
  return choice.role === null
    ? { role: null, fallbackAt: choice.fallbackAt, rules }
    : { role: choice.role, fallbackAt: undefined, rules };
}

describe.each(kinds)('a primary refused as %s', (kind) => {
  // What only the answer to our request tells is counted from that answer.
  const hoursAgo = (hours: number) => (kind === 'unusable' ? noon : noon - hours * hourMs);

  test('at_once: the secondary in the same pass', () => {
    expect(choose({ kind, at: hoursAgo(1), rule: 'at_once' })).toMatchObject({ role: 'secondary' });
  });

  test('never: not by itself, and not where a person wants a retry', () => {
    for (const cause of ['new', 'scheduled', 'wanted', 'fallback'] as const) {
      const choice = choose({ kind, at: hoursAgo(1), rule: 'never', cause });
      expect(choice).toMatchObject({ role: null, fallbackAt: null });
      expect(choice.rules).toContain('fallback_never');
    }
  });

  test('after hours: at that time after the first refusal of that kind', () => {
    const rule = { afterHours: 3 };
    const at = hoursAgo(2);
    const waits = choose({ kind, at, rule });
    expect(waits).toMatchObject({ role: null, fallbackAt: at + 3 * hourMs });
    expect(waits.rules).toContain('fallback_waits');
    const opens = choose({ kind, at: noon - 3 * hourMs, rule, cause: 'fallback' });
    expect(opens).toMatchObject({ role: 'secondary' });
  });

  test('after hours: at once where a person wants a retry', () => {
    const choice = choose({ kind, at: hoursAgo(1), rule: { afterHours: 30 }, cause: 'wanted' });
    expect(choice).toMatchObject({ role: 'secondary' });
  });
});

describe('after payday', () => {
  const jitter = jitterMs(theInvoice);
  const kind = 'insufficient_funds';
  const rule = 'after_payday';
  // Noon is that of the 2nd of November 2026.
  const payday = Date.UTC(2026, 10, 15, 9) + jitter;

  test('waits for the first payday after the day of the first refusal, at the time of a pass', () => {
    expect(choose({ kind, at: noon - hourMs, rule })).toMatchObject({
      role: null,
      fallbackAt: payday,
    });
  });

  test('is over once the primary was tried on that payday or after it', () => {
    const at = Date.UTC(2026, 9, 31, 12);
    // Payday was yesterday, at nine.
    expect(choose({ kind, at, rule })).toMatchObject({ role: 'secondary' });
  });

  test('waits for a try of the primary where the payday came and went without one', () => {
    const at = Date.UTC(2026, 9, 31, 12);
    const choice = choose({ kind, at, rule, cause: 'fallback' });
    expect(choice).toMatchObject({ role: null, fallbackAt: noon });
  });

  test('waits for no try of a primary that cannot be tried', () => {
    const at = Date.UTC(2026, 9, 31, 12);
    const charges = Array.from({ length: 8 }, () => failedCharge(codeOf[kind], { createdAt: at }));
    const situation = situationOf({
      dunningCase: dunningCaseOf({ createdAt: at }),
      facts: invoiceFactsOf({ charges }),
      policy: withRule(kind, rule),
    });
    const pass: Pass = { number: 2, cause: 'fallback', startedAt: noon, refusals: [] };
    expect(chooseMethod(situation, pass).role).toBe('secondary');
  });

  test('goes by the calendar of the customer', () => {
    const { holder } = invoiceFactsOf();
    const charges = [failedCharge(codeOf[kind], { createdAt: noon - hourMs })];
    const facts = invoiceFactsOf({ charges, holder: { ...holder, timeZone: 'Asia/Tokyo' } });
    const choice = choose({ kind, at: noon - hourMs, rule, around: { facts } });
    expect(choice.fallbackAt).toBe(payday - 9 * hourMs);
  });

  test('never comes without a payday in the window', () => {
    for (const policy of [{ paydays: [] }, { windowDays: 5 }]) {
      const choice = choose({ kind, at: noon - hourMs, rule, policy });
      expect(choice).toMatchObject({ role: null, fallbackAt: null });
      expect(choice.rules).toContain('window_over');
    }
  });
});

describe('what the policy does not let the secondary pay', () => {
  const ceilings = { usd: 1050, eur: 10 };
  const limits = (fallback: Partial<Policy['fallback']>) => ({
    policy: { fallback: { ...examplePolicy.fallback, ...fallback } },
  });
  const refused = { kind: 'generic', at: noon - hourMs, rule: 'at_once' } as const;
  const facts = (mark: 'on' | 'off' | null, amount = 1050) => {
    const { subscription } = invoiceFactsOf();
    return {
      facts: invoiceFactsOf({
        charges: [failedCharge('generic_decline')],
        subscription: subscription && { ...subscription, fallback: mark },
        amountDue: { amount, currency: 'usd' },
      }),
    };
  };

  test('is more than its ceiling, by currency', () => {
    const policy = limits({ ceilings });
    expect(choose({ ...refused, ...policy, around: facts(null) }).role).toBe('secondary');
    for (const cause of ['scheduled', 'wanted'] as const) {
      const above = choose({ ...refused, ...policy, cause, around: facts(null, 1051) });
      expect(above).toMatchObject({ role: null, fallbackAt: null });
      expect(above.rules).toContain('fallback_above_ceiling');
    }
    const elsewhere = limits({ ceilings: { eur: 10 } });
    expect(choose({ ...refused, ...elsewhere, around: facts(null) }).role).toBe('secondary');
  });

  test.each([
    ['all_but_marked', 'on', true],
    ['all_but_marked', null, true],
    ['all_but_marked', 'off', false],
    ['only_marked', 'on', true],
    ['only_marked', null, false],
    ['only_marked', 'off', false],
  ] as const)('is a subscription out of scope: %s, marked %s', (subscriptions, mark, may) => {
    const choice = choose({ ...refused, ...limits({ subscriptions }), around: facts(mark) });
    expect(choice.role).toBe(may ? 'secondary' : null);
    expect(choice.rules.includes('fallback_not_for_this_subscription')).toBe(!may);
  });

  test('counts an invoice without a subscription as not marked', () => {
    const none = { facts: invoiceFactsOf({ subscription: null }) };
    const only = limits({ subscriptions: 'only_marked' });
    expect(choose({ ...refused, ...only, around: none }).role).toBeNull();
    expect(choose({ ...refused, around: none }).role).toBe('secondary');
  });

  test('holds for a primary that is known to be unusable as well', () => {
    const primary = candidate({ revision: 2 }, { attached: false });
    const around = { ...facts('off'), primary };
    expect(choose({ ...refused, around }).rules).toEqual([
      'method_detached',
      'fallback_not_for_this_subscription',
    ]);
  });
});

test('nothing waits for a secondary that could not be charged anyway', () => {
  const refused = { kind: 'authentication', at: noon - hourMs, rule: { afterHours: 24 } } as const;
  for (const secondary of [null, backup({ consent: null }), backup({}, { attached: false })]) {
    expect(choose({ ...refused, around: { secondary } })).toMatchObject({ fallbackAt: null });
  }
  const waits = [{ source: 'ch_2', until: noon + hourMs }];
  const kept = backup({}, { ledger: { waits } });
  expect(choose({ ...refused, around: { secondary: kept } }).fallbackAt).toBe(noon + 23 * hourMs);
});

describe('by which kind the policy decides', () => {
  const rule = { afterHours: 2 } as const;
  const open = (kind: DeclineKind, around: Partial<Situation>) =>
    chooseMethod(situationOf({ policy: withRule(kind, rule), ...around }), {
      number: 2,
      cause: 'scheduled',
      startedAt: noon,
      refusals: [],
    });

  test('of an expired card: that its data are wrong', () => {
    const primary = candidate({ expMonth: 10, expYear: 2026 });
    const dunningCase = dunningCaseOf({ createdAt: noon - hourMs });
    const waits = open('invalid_data', { primary, dunningCase });
    expect(waits).toMatchObject({ role: null, fallbackAt: noon + hourMs });
    expect(waits.trace[0]).toMatchObject({ rule: 'method_expired' });
    expect(open('generic', { primary }).role).toBe('secondary');
  });

  test('of a blocked card: why it is blocked', () => {
    const block = {
      scope: 'card' as const,
      kind: 'card_dead' as const,
      at: noon,
      source: 'ch_other',
      method: thePrimary,
      revision: 1,
      expMonth: 12,
      expYear: 2030,
    };
    const primary = candidate({}, { ledger: { blocks: [block] } });
    expect(open('card_dead', { primary })).toMatchObject({ role: null });
    const disputed = { ...block, kind: 'dispute' as const };
    const ledger = { ledger: { blocks: [disputed] } };
    expect(open('card_dead', { primary: candidate({}, ledger) }).role).toBe('secondary');
  });

  test.each<[string, Partial<Situation>]>([
    ['missing', { primary: null }],
    ['detached', { primary: candidate({}, { attached: false }) }],
    ['of another brand', { primary: candidate({ brandBefore: 'visa' }) }],
    ['without a mandate', { primary: candidate({ type: 'sepa_debit' }, { mandate: 'inactive' }) }],
  ])('of one that is %s: none, and the secondary is next at once', (_, around) => {
    for (const kind of kinds) expect(open(kind, around).role).toBe('secondary');
  });

  test('of several refusals the newest', () => {
    const charges = [
      failedCharge('fraudulent', { createdAt: noon - hourMs }),
      failedCharge('authentication_required', { createdAt: noon - dayMs }),
    ];
    const facts = invoiceFactsOf({ charges });
    expect(open('risk', { facts })).toMatchObject({ role: null, fallbackAt: noon + hourMs });
    expect(open('authentication', { facts }).role).toBe('secondary');
  });
});

describe('a card’s network has renewed the backup', () => {
  const woken = (retries: Pick<DunningCase, 'retryWanted' | 'unaskedRetries'>) => {
    const { declines } = examplePolicy;
    const insufficient_funds = { tryAgainAtOnce: false, fallback: { afterHours: 48 } } as const;
    const dunningCase = dunningCaseOf({
      passCount: 1,
      nextScheduledAt: noon + dayMs,
      progress: { state: 'waiting', dueAt: noon + dayMs },
      ...retries,
    });
    return decideNextStep(
      situationOf({
        dunningCase,
        facts: invoiceFactsOf({ charges: [failedCharge('insufficient_funds')] }),
        secondary: backup({ revision: 2 }),
        policy: { ...examplePolicy, declines: { ...declines, insufficient_funds } },
      }),
      true,
    );
  };

  test('it is charged no sooner than the policy has it, nor the primary tried again', () => {
    expect(woken({ retryWanted: 1, unaskedRetries: 1 })).toMatchObject({
      step: 'end_pass',
      fallbackAt: noon - 10 * minuteMs + 48 * hourMs,
    });
  });

  test('unless a person wants a retry', () => {
    expect(woken({ retryWanted: 2, unaskedRetries: 1 })).toMatchObject({
      step: 'charge',
      role: 'primary',
    });
  });
});
