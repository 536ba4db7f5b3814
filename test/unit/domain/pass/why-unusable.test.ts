import { describe, expect, test } from 'vitest';
import type { Pass } from '../../../../functions/domain/case/dunning-case.ts';
import { chooseMethod } from '../../../../functions/domain/pass/choose-method.ts';
import type { Candidate } from '../../../../functions/domain/pass/situation.ts';
import { whyUnusable } from '../../../../functions/domain/pass/why-unusable.ts';
import { dayMs, hourMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  dunningCaseOf,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const pass = (more: Partial<Pass> = {}): Pass => ({
  number: 2,
  cause: 'scheduled',
  startedAt: noon,
  refusals: [],
  ...more,
});
const waits = [{ source: 'ch_1', until: noon + 2 * hourMs }];
const block = {
  scope: 'card' as const,
  kind: 'early_fraud_warning' as const,
  at: noon,
  source: 'issfr_1',
  method: thePrimary,
  revision: 1,
  expMonth: 12,
  expYear: 2030,
};

describe('known before it is charged', () => {
  type More = Parameters<typeof candidate>;
  test.each<[string, string, More]>([
    ['method_detached', thePrimary, [{}, { attached: false }]],
    ['method_expired', thePrimary, [{ expMonth: 10, expYear: 2026 }]],
    ['method_brand_changed', 'amex', [{ brandBefore: 'amex' }]],
    ['mandate_inactive', thePrimary, [{ type: 'us_bank_account' }, { mandate: 'inactive' }]],
    ['method_blocked', 'early_fraud_warning', [{}, { ledger: { blocks: [block] } }]],
    ['network_asks_to_wait', '2026-11-02T14:00:00.000Z', [{}, { ledger: { waits } }]],
  ])('%s, in either role, whoever wants it', (rule, about, more) => {
    for (const cause of ['new', 'scheduled', 'wanted', 'fallback'] as const) {
      const why = (which: Candidate) => whyUnusable(situationOf(), pass({ cause }), which);
      expect(why(candidate(...more))).toMatchObject({ rule, about });
      const asBackup = backup({ ...more[0] }, more[1]);
      expect(why(asBackup)?.rule).toBe(rule);
      const refusals = [{ ...refusalOfPrimary, at: noon }];
      const choice = chooseMethod(situationOf({ secondary: asBackup }), pass({ cause, refusals }));
      expect(choice.role).toBeNull();
      expect(choice.trace.at(-1)?.rule).toBe(rule);
    }
  });

  const refusalOfPrimary = {
    role: 'primary',
    method: thePrimary,
    revision: 1,
    kind: 'generic',
    codes: null,
    by: 'backstop',
  } as const;

  test('a card is good on the last day of its month', () => {
    const card = candidate({ expMonth: 11, expYear: 2026 });
    expect(whyUnusable(situationOf(), pass(), card)).toBeNull();
  });

  test('a mandate that is pending or not known stops nothing', () => {
    for (const mandate of ['pending', 'active', null] as const) {
      const account = candidate({ type: 'sepa_debit', expMonth: null, expYear: null }, { mandate });
      expect(whyUnusable(situationOf(), pass(), account)).toBeNull();
    }
  });

  test('a consent that is suspended counts for nothing', () => {
    const suspended = { why: 'dispute', source: 'du_1', at: noon } as const;
    const situation = situationOf({ secondary: backup({ suspended }) });
    const refusals = [{ ...refusalOfPrimary, at: noon }];
    const choice = chooseMethod(situation, pass({ refusals }));
    expect(choice.role).toBeNull();
    expect(choice.trace.at(-1)).toEqual({ rule: 'secondary_consent_suspended', about: 'dispute' });
  });
});

describe('what a network asks', () => {
  const kept = candidate({}, { ledger: { waits } });

  test('opens nothing by itself', () => {
    const choice = chooseMethod(situationOf({ primary: kept }), pass());
    expect(choice).toMatchObject({ role: null, fallbackAt: null });
  });

  test('leaves the way to the secondary that a refusal has opened', () => {
    const facts = invoiceFactsOf({ charges: [failedCharge('generic_decline')] });
    expect(chooseMethod(situationOf({ primary: kept, facts }), pass()).role).toBe('secondary');
  });

  test('is over at its time', () => {
    const at = (now: number) => whyUnusable(situationOf({ now }), pass(), kept)?.at;
    expect(at(noon + 2 * hourMs - 1)).toBe(noon + 2 * hourMs);
    expect(at(noon + 2 * hourMs)).toBeUndefined();
  });
});

describe('tries of one method for one invoice', () => {
  const used = (type: string, tries: number) => {
    const charges = Array.from({ length: tries }, () => failedCharge('insufficient_funds'));
    const situation = situationOf({ facts: invoiceFactsOf({ charges }) });
    return whyUnusable(situation, pass(), candidate({ type }))?.rule ?? null;
  };

  test.each([
    ['card', 8],
    ['link', 8],
    ['us_bank_account', 3],
    ['sepa_debit', 3],
    ['bacs_debit', 3],
    ['au_becs_debit', 3],
    ['acss_debit', 3],
    ['bank_account', 3],
  ])('%s: %d, Stripe’s own included', (type, most) => {
    expect(used(type, most - 1)).toBeNull();
    expect(used(type, most)).toBe('method_tries_used_up');
  });
});

describe('a refusal of which Stripe shows no charge', () => {
  const tried = (reason: 'authentication' | 'unusable', at = noon - hourMs) =>
    dunningCaseOf({
      lastTried: [{ role: 'primary', method: thePrimary, at, result: 'refused', reason }],
    });

  test('because the bank wanted the customer: stops automatic tries of this invoice', () => {
    const situation = situationOf({ dunningCase: tried('authentication') });
    expect(whyUnusable(situation, pass(), candidate())).toEqual({
      rule: 'method_refused_for_this_invoice',
      about: 'authentication',
    });
    expect(whyUnusable(situation, pass({ cause: 'wanted' }), candidate())).toBeNull();
    expect(whyUnusable(situation, pass(), candidate({ method: theSecondary }))).toBeNull();
  });

  test('says nothing of data that changed since', () => {
    const situation = situationOf({ dunningCase: tried('authentication') });
    const corrected = candidate({ changedAt: noon - hourMs, revision: 2 });
    expect(whyUnusable(situation, pass(), corrected)).toBeNull();
  });

  test('because Stripe could not use it: may be tried again, and opens the fallback', () => {
    const situation = situationOf({ dunningCase: tried('unusable', noon - dayMs) });
    expect(whyUnusable(situation, pass(), candidate())).toBeNull();
    const gone = situationOf({
      dunningCase: tried('unusable', noon - dayMs),
      primary: candidate({}, { ledger: { waits } }),
    });
    expect(chooseMethod(gone, pass()).role).toBe('secondary');
  });
});
