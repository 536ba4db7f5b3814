import { closeCase, ownCollection, waitUntil } from '../domain/advance-case.ts';
import { claimAttempt } from '../domain/claim-attempt.ts';
import {
  decideEarlyStep,
  decideNextStep,
  type EarlySituation,
  type EarlyStep,
  type Step,
} from '../domain/decide-next-step.ts';
import { endPass, recordObservation } from '../domain/end-pass.ts';
import { isOutlived } from '../domain/is-outlived.ts';
import type { Situation } from '../domain/situation.ts';
import { noteDecline } from './card-slots.ts';
import { chargeAttempt } from './charge.ts';
import type { RetryDependencies } from './dependencies.ts';
import { hasTimeToCharge, leaseMs } from './lease.ts';
import { lookAgain, lookAround } from './look-around.ts';
import { type Went, wentOn } from './went.ts';

/** No attempt is open: decides the next step of the case and takes it. */
export async function takeNextStep(
  dependencies: RetryDependencies,
  early: EarlySituation,
  passIsDue: boolean,
): Promise<Went> {
  const earlyStep = decideEarlyStep(early, passIsDue);
  if (earlyStep !== null) return takeEarly(dependencies, early, earlyStep);
  const situation = await lookAround(dependencies, early);
  await noteStripesRefusal(dependencies, situation);
  return take(dependencies, situation, decideNextStep(situation, passIsDue));
}

async function takeEarly(
  { records, stripe, clock }: RetryDependencies,
  { dunningCase, facts }: EarlySituation,
  step: EarlyStep,
): Promise<Went> {
  switch (step.step) {
    case 'nothing':
      return 'done';
    case 'close':
      return wentOn(await records.saveCase(closeCase(dunningCase, step.reason, clock.now())));
    case 'take_over': {
      // On record first, so that collection is handed back even if this process dies now.
      const owned = ownCollection(dunningCase, facts.amountDue);
      if (!(await records.saveCase(owned))) return 'reread';
      const key = `backstop-${dunningCase.invoice}-take-over-${owned.version}`;
      await stripe.setAutoAdvance(dunningCase.invoice, false, key);
      return 'on';
    }
    case 'freeze':
      await records.saveCase(waitUntil(dunningCase, 'processing', step.until));
      return 'done';
    case 'wait':
      await records.saveCase(waitUntil(dunningCase, 'waiting', step.until));
      return 'done';
  }
}

/** Stripe's own try may have told that the card is dead; no other invoice shall try it then. */
async function noteStripesRefusal(
  dependencies: RetryDependencies,
  { facts, primary }: Situation,
): Promise<void> {
  const newest = facts.charges.find((charge) => charge.method === primary?.method.method);
  if (primary === null || newest?.codes == null) return;
  if (isOutlived(newest, primary.method)) return;
  await noteDecline(dependencies, primary.method, {
    codes: newest.codes,
    at: newest.createdAt,
    revision: primary.method.revision,
    source: newest.charge,
  });
}

async function take(
  dependencies: RetryDependencies,
  situation: Situation,
  step: Step,
): Promise<Went> {
  const { records } = dependencies;
  switch (step.step) {
    case 'observe':
      return wentOn(await records.saveCase(recordObservation(situation, step)));
    case 'end_pass':
      return wentOn(await records.saveCase(endPass(situation, step)));
    case 'charge':
      return claimAndCharge(dependencies, situation, step);
    default:
      return takeEarly(dependencies, situation, step);
  }
}

async function claimAndCharge(
  dependencies: RetryDependencies,
  situation: Situation,
  step: Extract<Step, { step: 'charge' }>,
): Promise<Went> {
  // The case stays due; the sweep brings it to a process with more time.
  if (!hasTimeToCharge(dependencies)) return 'done';
  const claimed = claimAttempt(situation, step, leaseMs(dependencies));
  if (!(await dependencies.records.saveCase(claimed))) return 'reread';
  if (situation.dunningCase.pass === null) dependencies.metrics.count('PassStarted');
  const again = await lookAgain(dependencies, situation, claimed);
  await chargeAttempt(dependencies, again, claimed.openAttempt, true);
  return 'on';
}
