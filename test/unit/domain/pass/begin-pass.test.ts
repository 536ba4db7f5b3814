import { describe, expect, test } from 'vitest';
import type { DunningCase } from '../../../../functions/domain/case/dunning-case.ts';
import { chargeId } from '../../../../functions/domain/ids.ts';
import { currentPass, withPass } from '../../../../functions/domain/pass/begin-pass.ts';
import { dayMs, hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  candidate,
  declined,
  dunningCaseOf,
  examplePolicy,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';

const passOf = (more: Partial<DunningCase>) =>
  currentPass(situationOf({ dunningCase: dunningCaseOf(more) }));

describe('why a pass runs', () => {
  test('the first one is new, later ones come by the schedule', () => {
    expect(passOf({})).toMatchObject({ number: 1, cause: 'new' });
    expect(passOf({ passCount: 2 })).toMatchObject({ number: 3, cause: 'scheduled' });
  });

  test('a wish that no pass served yet makes it a wanted one', () => {
    expect(passOf({ passCount: 2, retryWanted: 3, retryServed: 2 })).toMatchObject({
      cause: 'wanted',
    });
  });

  test.each([
    ['fallback', { fallbackAt: noon }],
    ['fallback', { fallbackAt: noon, nextScheduledAt: noon + 1 }],
    ['scheduled', { fallbackAt: noon, nextScheduledAt: noon }],
    ['scheduled', { fallbackAt: noon + 1 }],
    ['wanted', { fallbackAt: noon, retryWanted: 1 }],
    // Of which a card's network is the cause, and no person.
    ['fallback', { nextScheduledAt: noon + 1, retryWanted: 1, unaskedRetries: 1 }],
    ['scheduled', { nextScheduledAt: noon, retryWanted: 1, unaskedRetries: 1 }],
    ['wanted', { nextScheduledAt: noon + 1, retryWanted: 2, unaskedRetries: 1 }],
  ] as const)('%s where %j', (cause, more) => {
    expect(passOf({ passCount: 1, ...more }).cause).toBe(cause);
  });

  test('what the case waited for is over once a pass goes on', () => {
    const pass = { number: 1, cause: 'new' as const, startedAt: noon, refusals: [] };
    const waited = dunningCaseOf({ pass, passCount: 1, waitsFor: 'payment_processing' });
    expect(withPass(waited, pass)).toEqual(dunningCaseOf({ pass, passCount: 1 }));
    expect(withPass({ ...waited, pass: null, passCount: 0 }, pass)).not.toHaveProperty('waitsFor');
  });

  test('a pass under way goes on as it was', () => {
    const pass = { number: 1, cause: 'new' as const, startedAt: noon, refusals: [] };
    const underWay = dunningCaseOf({ pass, passCount: 1, retryWanted: 1 });
    expect(currentPass(situationOf({ dunningCase: underWay }))).toEqual(pass);
    expect(withPass(underWay, pass)).toBe(underWay);
  });

  test('a new pass serves all wishes until now', () => {
    const wanted = dunningCaseOf({ retryWanted: 4, retryServed: 1 });
    const begun = withPass(wanted, passOf({}));
    expect(begun).toMatchObject({ retryServed: 4, passCount: 1 });
    expect(withPass({ ...wanted, unaskedRetries: 2 }, passOf({}))).not.toHaveProperty(
      'unaskedRetries',
    );
  });
});

describe("Stripe's own try", () => {
  const refusalsAfter = (charges: ReturnType<typeof failedCharge>[], primary = candidate()) =>
    currentPass(situationOf({ facts: invoiceFactsOf({ charges }), primary })).refusals;

  test.each(['insufficient_funds', 'stolen_card', 'expired_card', 'authentication_required'])(
    'counts as the try of this pass where it said %s',
    (code) => {
      expect(refusalsAfter([failedCharge(code)])).toMatchObject([
        { role: 'primary', by: 'stripe', codes: { declineCode: code } },
      ]);
    },
  );

  test.each(['generic_decline', 'processing_error', 'unheard_of'])(
    'leaves one more try where it said %s',
    (code) => {
      expect(refusalsAfter([failedCharge(code)])).toEqual([]);
    },
  );

  test('counts where the network asks to wait, whatever the kind', () => {
    const codes = declined('generic_decline', { networkAdviceCode: '25' });
    const asks = failedCharge('generic_decline', { codes, brand: 'mastercard' });
    expect(refusalsAfter([asks])).toMatchObject([{ kind: 'generic', by: 'stripe' }]);
    expect(refusalsAfter([{ ...asks, brand: 'visa' }])).toEqual([]);
  });

  test('counts or not by the policy', () => {
    const { declines } = examplePolicy;
    const { insufficient_funds: money, generic } = declines;
    const policy = {
      ...examplePolicy,
      declines: {
        ...declines,
        insufficient_funds: { ...money, tryAgainAtOnce: true },
        generic: { ...generic, tryAgainAtOnce: false },
      },
    };
    const counted = (code: string) => {
      const facts = invoiceFactsOf({ charges: [failedCharge(code)] });
      return currentPass(situationOf({ facts, policy })).refusals.length;
    };
    expect([counted('insufficient_funds'), counted('generic_decline')]).toEqual([0, 1]);
  });

  test('counts only for the method that is the primary, by its newest charge', () => {
    expect(refusalsAfter([failedCharge('stolen_card', { method: theSecondary })])).toEqual([]);
    const newer = failedCharge('generic_decline', { charge: chargeId('ch_2') });
    expect(refusalsAfter([newer, failedCharge('insufficient_funds')])).toEqual([]);
  });

  test('says nothing once the data changed', () => {
    const corrected = candidate({ revision: 2, changedAt: noon - minuteMs, expYear: 2034 });
    expect(refusalsAfter([failedCharge('expired_card')], corrected)).toEqual([]);
  });

  test('counts where a change that we saw only now had come before the try', () => {
    const refused = failedCharge('expired_card', { expYear: 2034 });
    const seenNow = candidate({ revision: 2, changedAt: noon, expYear: 2034 });
    expect(refusalsAfter([refused], seenNow)).toHaveLength(1);
  });

  test('says nothing about another card under the same method', () => {
    const replaced = candidate({ revision: 2, changedAt: noon, fingerprint: 'fp-another' });
    const refused = failedCharge('expired_card', { fingerprint: 'fp-primary' });
    expect(refusalsAfter([refused], replaced)).toEqual([]);
  });

  test('counts in the first pass only', () => {
    const facts = invoiceFactsOf({ charges: [failedCharge('insufficient_funds')] });
    const later = situationOf({ facts, dunningCase: dunningCaseOf({ passCount: 1 }) });
    expect(currentPass(later).refusals).toEqual([]);
  });
});

describe('a pass for which only the fallback waited', () => {
  const waited = (more: Parameters<typeof situationOf>[0] = {}, passCount = 1) =>
    currentPass(
      situationOf({ dunningCase: dunningCaseOf({ passCount, fallbackAt: noon }), ...more }),
    ).refusals;
  const charged = (code: string, at: number) =>
    invoiceFactsOf({ charges: [failedCharge(code, { createdAt: at })] });

  test('takes the refusal of before as the primary’s try', () => {
    const at = noon - dayMs;
    expect(waited({ facts: charged('authentication_required', at) })).toMatchObject([
      { role: 'primary', kind: 'authentication', at, by: 'stripe' },
    ]);
  });

  test('takes one of which Stripe shows no charge as well', () => {
    const at = noon - dayMs;
    const tried = { role: 'primary', method: thePrimary, at, result: 'refused' } as const;
    const lastTried = [{ ...tried, reason: 'authentication' as const }];
    const dunningCase = dunningCaseOf({ passCount: 1, fallbackAt: noon, lastTried });
    expect(waited({ dunningCase })).toMatchObject([{ kind: 'authentication', codes: null, at }]);
  });

  test('tries the primary where its data changed since', () => {
    const primary = candidate({ revision: 2, expYear: 2034 });
    expect(waited({ primary, facts: charged('expired_card', noon - dayMs) })).toEqual([]);
    expect(waited({ primary: null })).toEqual([]);
  });

  test('tries the primary first where payday has come since', () => {
    const { declines } = examplePolicy;
    const insufficient_funds = { tryAgainAtOnce: false, fallback: 'after_payday' } as const;
    const policy = { ...examplePolicy, declines: { ...declines, insufficient_funds } };
    const refused = (at: number) => ({ policy, facts: charged('insufficient_funds', at) });
    // Payday was the day before, the 1st.
    expect(waited(refused(Date.UTC(2026, 9, 31, 12)))).toEqual([]);
    expect(waited(refused(noon - hourMs))).toHaveLength(1);
  });
});
