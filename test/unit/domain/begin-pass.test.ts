import { describe, expect, test } from 'vitest';
import { currentPass, withPass } from '../../../functions/domain/begin-pass.ts';
import type { DunningCase } from '../../../functions/domain/dunning-case.ts';
import { chargeId } from '../../../functions/domain/ids.ts';
import { minuteMs } from '../../../functions/domain/time.ts';
import {
  candidate,
  dunningCaseOf,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  theSecondary,
} from '../../twins/examples.ts';

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
