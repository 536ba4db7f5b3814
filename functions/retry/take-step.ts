import { takeOver } from '../account/take-over.ts';
import { claimAttempt } from '../domain/attempt/claim-attempt.ts';
import { recordDebit } from '../domain/attempt/record-outcome.ts';
import { closeCase, unfreeze, waitUntil } from '../domain/case/advance-case.ts';
import { attemptKey } from '../domain/case/dunning-case.ts';
import { noteTriesOfOthers } from '../domain/case/observation.ts';
import {
  decideEarlyStep,
  decideNextStep,
  type EarlySituation,
  type EarlyStep,
  type Step,
} from '../domain/pass/decide-next-step.ts';
import { endPass, recordObservation } from '../domain/pass/end-pass.ts';
import type { Situation } from '../domain/pass/situation.ts';
import { nameCardSlot, noteDecline } from './card-slots.ts';
import { chargeAttempt } from './charge.ts';
import type { RetryDependencies } from './dependencies.ts';
import { hasTimeToCharge, leaseMs } from './lease.ts';
import { lookAgain, lookAround, lookAsClaimed } from './look-around.ts';
import { noteTries } from './note-tries.ts';
import { type Went, wentOn } from './went.ts';

/** No attempt is open: decides the next step of the case and takes it. */
export async function takeNextStep(
  dependencies: RetryDependencies,
  early: EarlySituation,
  passIsDue: boolean,
): Promise<Went> {
  const earlyStep = decideEarlyStep(early, passIsDue);
  if (earlyStep !== null) return takeEarly(dependencies, early, earlyStep);
  const situation = await noteTries(dependencies, await lookAround(dependencies, early));
  return take(dependencies, situation, decideNextStep(situation, passIsDue));
}

export async function takeEarly(
  dependencies: RetryDependencies,
  { dunningCase, facts }: EarlySituation,
  step: EarlyStep,
): Promise<Went> {
  const { records, clock } = dependencies;
  switch (step.step) {
    case 'nothing':
      return 'done';
    case 'close':
      return wentOn(
        await records.saveCase(
          closeCase(
            noteTriesOfOthers(dunningCase, facts),
            step.reason,
            clock.now(),
            facts.subscription,
          ),
        ),
      );
    case 'take_over':
      return wentOn(await takeOver(dependencies, dunningCase, facts));
    case 'unfreeze':
      return wentOn(await records.saveCase(unfreeze(dunningCase, step.progress)));
    case 'freeze':
    case 'wait': {
      const waiting = waitUntil(dunningCase, step, clock.now());
      const isSaved = await records.saveCase(waiting);
      return isSaved && waiting.owed.length > 0 ? 'rests' : 'done';
    }
  }
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
    case 'end_debit':
      return endDebit(dependencies, situation, step.found);
    case 'charge':
      return claimAndCharge(dependencies, situation, step);
    default:
      return takeEarly(dependencies, situation, step);
  }
}

/** Blocks first, as with an answer: a death in between finds the debit at Stripe again. */
async function endDebit(
  dependencies: RetryDependencies,
  situation: Situation,
  found: Extract<Step, { step: 'end_debit' }>['found'],
): Promise<Went> {
  const { records } = dependencies;
  const { debit, charge } = found;
  const { customer, invoice } = situation.dunningCase;
  const method = await records.method(customer, debit.method);
  if (method !== null) {
    const key = attemptKey(invoice, debit.method, debit.n);
    await nameCardSlot(dependencies, method, key, charge.charge);
  }
  if (charge.codes !== null && method !== null) {
    await noteDecline(dependencies, method, {
      codes: charge.codes,
      at: charge.createdAt,
      revision: debit.revision,
      source: charge.charge,
    });
  }
  const asClaimed = await lookAsClaimed(dependencies, situation, debit);
  return wentOn(await records.saveCase(recordDebit(asClaimed, found)));
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
