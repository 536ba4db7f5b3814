import { agreeToBrand } from '../account/agree-to-brand.ts';
import { decideCustomerAttempt } from '../domain/attempt/decide-customer-attempt.ts';
import { chargesSince } from '../domain/attempt/decide-open-attempt.ts';
import type { CustomerAttempt } from '../domain/case/dunning-case.ts';
import type { Situation } from '../domain/pass/situation.ts';
import { countTries, noteDecline } from './card-slots.ts';
import type { RetryDependencies } from './dependencies.ts';
import { lookAsClaimed } from './look-around.ts';
import { saveOutcome } from './settle-attempt.ts';
import type { Went } from './went.ts';

/** The customer pays in their page, or did: finds out what became of it and sends nothing. */
export async function settleCustomerAttempt(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: CustomerAttempt,
): Promise<Went> {
  const step = decideCustomerAttempt(situation, attempt);
  if (step.step === 'leave') return 'done';
  await noteTries(dependencies, situation, attempt);
  const asClaimed = await lookAsClaimed(dependencies, situation, step.attempt);
  if (step.outcome.kind === 'succeeded') {
    await agreeToBrand(dependencies, situation.dunningCase.customer, step.attempt.method);
  }
  await saveOutcome(dependencies, asClaimed, step.attempt, step.outcome);
  return 'on';
}

/**
 * The networks count the customer's tries as they count ours, and a card that is dead for the
 * customer is dead for us. Written before the outcome: a death in between finds it all at Stripe.
 */
async function noteTries(
  dependencies: RetryDependencies,
  { dunningCase, facts }: Situation,
  attempt: CustomerAttempt,
): Promise<void> {
  for (const charge of chargesSince(attempt, facts)) {
    if (charge.method === null) continue;
    const method = await dependencies.records.method(dunningCase.customer, charge.method);
    // A card that was only used for this payment: nobody can charge it again.
    if (method === null) continue;
    const { createdAt: at, amount, codes, charge: source } = charge;
    await countTries(dependencies, method, [{ key: source, at, amount }]);
    if (codes === null) continue;
    await noteDecline(dependencies, method, { codes, at, revision: method.revision, source });
  }
}
