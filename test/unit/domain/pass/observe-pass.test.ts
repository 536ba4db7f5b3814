import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteTriesOfOthers } from '../../../../functions/domain/case/observation.ts';
import { currentPass } from '../../../../functions/domain/pass/begin-pass.ts';
import { chooseMethod } from '../../../../functions/domain/pass/choose-method.ts';
import { decideNextStep } from '../../../../functions/domain/pass/decide-next-step.ts';
import { recordObservation } from '../../../../functions/domain/pass/end-pass.ts';
import { observePass } from '../../../../functions/domain/pass/observe-pass.ts';
import type { Situation } from '../../../../functions/domain/pass/situation.ts';
import { hourMs, minuteMs } from '../../../../functions/domain/time.ts';
import {
  backup,
  candidate,
  declined,
  dunningCaseOf,
  failedCharge,
  invoiceFactsOf,
  noon,
  situationOf,
  thePrimary,
  theSecondary,
} from '../../../twins/examples.ts';
import { anyPass, anySituation } from '../fixtures/arbitraries.ts';

const observing = (more: Partial<Situation> = {}) => situationOf({ charging: 'observe', ...more });
const refusedWith = (code: string) => invoiceFactsOf({ charges: [failedCharge(code)] });

const would = (situation: Situation) => {
  const { tries, fallbackAt } = observePass(situation, currentPass(situation));
  return { tries: tries.map(({ role }) => role), fallbackAt };
};

/** The step that a pass of now comes to. */
function observe(situation: Situation) {
  const step = decideNextStep(situation, true);
  if (step.step !== 'observe') throw new Error(`The step is ${step.step}.`);
  return { step, saved: recordObservation(situation, step) };
}

describe('what a pass would do, should everything be refused', () => {
  test('a generic refusal: the primary again, then the backup', () => {
    expect(would(observing({ facts: refusedWith('generic_decline') }))).toEqual({
      tries: ['primary', 'secondary'],
      fallbackAt: null,
    });
  });

  test('want of money: the backup at once, since Stripe has tried the primary', () => {
    expect(would(observing({ facts: refusedWith('insufficient_funds') }))).toEqual({
      tries: ['secondary'],
      fallbackAt: null,
    });
  });

  test('the bank wants the customer: nothing now, and the backup a day later', () => {
    const { tries, fallbackAt } = would(
      observing({ facts: refusedWith('authentication_required') }),
    );
    expect(tries).toEqual([]);
    expect(fallbackAt).toBeGreaterThan(noon + 23 * hourMs);
    expect(fallbackAt).toBeLessThan(noon + 26 * hourMs);
  });

  test('a dead card without a backup that was agreed to: nothing', () => {
    const facts = refusedWith('lost_card');
    expect(would(observing({ facts, secondary: null })).tries).toEqual([]);
    expect(would(observing({ facts, secondary: backup({ consent: null }) })).tries).toEqual([]);
  });

  test('the trace goes through every choice, and says what would be charged', () => {
    const situation = observing({ facts: refusedWith('generic_decline') });
    const { trace } = observePass(situation, currentPass(situation));
    expect(trace).toEqual([
      { rule: 'primary_first', about: thePrimary },
      { rule: 'decline_allows_another_try', about: 'generic' },
      { rule: 'observe_only', about: 'would charge the primary' },
      { rule: 'primary_refused_in_this_pass', about: 'generic' },
      { rule: 'secondary_after_definite_refusal', about: theSecondary },
      { rule: 'observe_only', about: 'would charge the secondary' },
      { rule: 'primary_refused_in_this_pass', about: 'generic' },
      { rule: 'secondary_refused_in_this_pass', about: 'generic' },
      { rule: 'observe_only', about: 'would charge nothing else' },
    ]);
  });

  test('whatever happened, it ends, begins as mode own does, and tries no role twice', () => {
    fc.assert(
      fc.property(anySituation, anyPass, (situation, pass) => {
        const { tries } = observePass(situation, pass);
        expect(tries[0]?.role ?? null).toBe(chooseMethod(situation, pass).role);
        expect(new Set(tries.map(({ role }) => role)).size).toBe(tries.length);
      }),
    );
  });
});

describe('what is kept of a case that is observed', () => {
  const facts = refusedWith('insufficient_funds');

  test('what stood at its beginning, and each pass with its next time', () => {
    const { step, saved } = observe(observing({ facts, primary: candidate({ brand: 'visa' }) }));
    expect(step.fallbackAt).toBeNull();
    expect(saved.observed).toMatchObject({
      failedAt: noon - 10 * minuteMs,
      refusal: declined('insufficient_funds'),
      amount: { amount: 1050, currency: 'usd' },
      primary: { method: thePrimary, brand: 'visa', card: `fp-${thePrimary}` },
      secondary: { method: theSecondary, consented: true },
      passes: [{ at: noon, tries: [{ role: 'secondary' }], nextPassAt: saved.nextScheduledAt }],
      later: [],
    });
    // Only our own table is told; nobody is mailed, and Stripe is left alone.
    expect(saved.owed.map(({ kind }) => kind)).toEqual(['note_method', 'history']);
    expect(saved.attemptCount).toBe(0);

    const later = noon + 48 * hourMs;
    const again = observe(observing({ facts, dunningCase: { ...saved, owed: [] }, now: later }));
    expect(again.saved.observed?.passes.map(({ at }) => at)).toEqual([noon, later]);
    expect(again.saved.observed?.refusal).toEqual(declined('insufficient_funds'));
  });

  test("others' tries since the first refusal, oldest first, once each", () => {
    const { saved } = observe(observing({ facts }));
    const [first] = facts.charges;
    const at = (hours: number) => noon + hours * hourMs;
    const withTries = invoiceFactsOf({
      charges: [
        failedCharge('generic_decline', { createdAt: at(30), status: 'succeeded', codes: null }),
        failedCharge('do_not_honor', { createdAt: at(20), method: theSecondary }),
        failedCharge('generic_decline', { createdAt: at(10), status: 'pending', codes: null }),
        failedCharge('generic_decline', { createdAt: at(5), method: null }),
        ...(first === undefined ? [] : [first]),
      ],
    });
    const noted = noteTriesOfOthers(noteTriesOfOthers(saved, withTries), withTries);
    expect(noted.observed?.later.map(({ at: when, role, paid }) => [when, role, paid])).toEqual([
      [at(5), 'other', false],
      [at(20), 'secondary', false],
      [at(30), 'primary', true],
    ]);
  });

  test('nothing more once the case was taken over, and nothing where none was observed', () => {
    const { saved } = observe(observing({ facts }));
    const own = { ...saved, takenOverAt: noon };
    expect(noteTriesOfOthers(own, facts)).toBe(own);
    const never = dunningCaseOf();
    expect(noteTriesOfOthers(never, facts)).toBe(never);
  });
});
