import { reclaimAttempt } from '../domain/attempt/claim-attempt.ts';
import { chargeOfAttempt, decideOpenAttempt } from '../domain/attempt/decide-open-attempt.ts';
import { mayStillCharge } from '../domain/attempt/may-still-charge.ts';
import type { AttemptOutcome, OwnAttempt } from '../domain/case/dunning-case.ts';
import type { Situation } from '../domain/pass/situation.ts';
import { nameCardSlot, noteDecline, releaseCardSlot } from './card-slots.ts';
import { chargeAttempt } from './charge.ts';
import type { RetryDependencies } from './dependencies.ts';
import { hasTimeToCharge, leaseMs } from './lease.ts';
import { lookAgain, lookAsClaimed } from './look-around.ts';
import { saveOpen, saveOutcome } from './settle-attempt.ts';
import type { Went } from './went.ts';

/** An attempt of ours was left open: find out what became of it, or send it again. */
export async function resumeAttempt(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OwnAttempt,
): Promise<Went> {
  const { dunningCase, facts, now } = situation;
  const step = decideOpenAttempt(attempt, facts, mayStillCharge(situation, attempt), now);
  switch (step.step) {
    case 'leave':
      return 'done';
    case 'ask_again':
      await saveOpen(dependencies, dunningCase, attempt, attempt.request, step.at);
      return 'done';
    case 'settle':
      await updateLedger(dependencies, situation, attempt, step.outcome);
      await saveOutcome(
        dependencies,
        await lookAsClaimed(dependencies, situation, attempt),
        attempt,
        step.outcome,
      );
      return 'on';
    case 'resend': {
      if (!hasTimeToCharge(dependencies)) return 'done';
      const claimed = reclaimAttempt(dunningCase, attempt, now, leaseMs(dependencies));
      if (!(await dependencies.records.saveCase(claimed))) return 'reread';
      const again = await lookAgain(dependencies, situation, claimed);
      const neverSent = attempt.request === 'not_executed';
      await chargeAttempt(dependencies, again, claimed.openAttempt, neverSent);
      return 'on';
    }
  }
}

/**
 * What Stripe's ledger tells of an attempt goes into the card's: a refusal blocks the card as one
 * that was answered, and a try that never happened does not count.
 */
async function updateLedger(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OwnAttempt,
  outcome: AttemptOutcome,
): Promise<void> {
  const { customer } = situation.dunningCase;
  const method = await dependencies.records.method(customer, attempt.method);
  if (method === null) return;
  if (outcome.kind === 'not_executed' || outcome.kind === 'skipped') {
    await releaseCardSlot(dependencies, method, attempt.key);
    return;
  }
  const charge = chargeOfAttempt(attempt, situation.facts);
  if (charge === null) return;
  await nameCardSlot(dependencies, method, attempt.key, charge.charge);
  if (charge.codes === null) return;
  await noteDecline(dependencies, method, {
    codes: charge.codes,
    at: charge.createdAt,
    revision: attempt.revision,
    source: charge.charge,
  });
}
