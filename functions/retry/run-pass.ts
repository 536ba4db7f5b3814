import {
  claimAttempt,
  closeCase,
  endPass,
  ownCollection,
  reclaimAttempt,
  recordObservation,
  settleOwed,
  waitUntil,
} from '../domain/advance-case.ts';
import { StripeConfigurationError } from '../domain/charging-switch.ts';
import { decideNextStep, type Step } from '../domain/decide-next-step.ts';
import { chargeOfAttempt, decideOpenAttempt } from '../domain/decide-open-attempt.ts';
import type { AttemptOutcome, DunningCase, OpenAttempt } from '../domain/dunning-case.ts';
import { findCloseReason } from '../domain/find-close-reason.ts';
import { isOutlived } from '../domain/is-outlived.ts';
import { mayStillCharge } from '../domain/may-still-charge.ts';
import type { RetryMessage } from '../domain/messages.ts';
import { type Attention, needsAttention } from '../domain/needs-attention.ts';
import type { Situation } from '../domain/situation.ts';
import type { InvoiceFacts } from '../domain/stripe-facts.ts';
import { secondMs } from '../domain/time.ts';
import { noteDecline, releaseCardSlot } from './card-slots.ts';
import { chargeAttempt } from './charge.ts';
import type { RetryDependencies } from './dependencies.ts';
import { lookAgain, lookAround, lookAsClaimed } from './look-around.ts';
import { performOwed } from './perform-owed.ts';
import { saveOpen, saveOutcome } from './settle-attempt.ts';
import { stopCharging } from './stop-charging.ts';

/** A pass has two charges and a few looks; more means that something turns in circles. */
const mostSteps = 20;
/** A charge (20 s), another look at the invoice (20 s) and the writes around them. */
const neededForChargeMs = 50 * secondMs;
/** A claim is left to its process for the rest of its life and this much longer. */
const leaseMarginMs = 5 * secondMs;

/** `on`: our step is on record, go on; `reread`: the case changed otherwise; `done`: rest. */
type Went = 'on' | 'reread' | 'done';

const wentOn = (saved: boolean): Went => (saved ? 'on' : 'reread');

/**
 * Looks at one case and does what is due, step by step, until nothing is. Dying between any two
 * lines loses nothing: the case says where it stood, and it has a due time until it ended.
 * @throws where Stripe or the table did not answer; the message is then delivered again.
 */
export async function runPass(
  dependencies: RetryDependencies,
  { customer, invoice, type }: RetryMessage,
): Promise<void> {
  let inPass = false;
  try {
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const dunningCase = await dependencies.records.case(customer, invoice);
      if (dunningCase === null) {
        dependencies.log.warn('A message names a case that is not there', { customer, invoice });
        return;
      }
      const went = await goOn(dependencies, dunningCase, type, inPass);
      if (went === 'done') return;
      inPass ||= went === 'on';
    }
  } catch (error) {
    if (!(error instanceof StripeConfigurationError)) throw error;
    await stopCharging(dependencies, error.message);
    return;
  }
  throw new Error(`The case of ${invoice} came to no rest in ${mostSteps} steps.`);
}

async function goOn(
  dependencies: RetryDependencies,
  dunningCase: DunningCase,
  type: RetryMessage['type'],
  inPass: boolean,
): Promise<Went> {
  if (dunningCase.owed.length > 0) {
    await performOwed(dependencies, dunningCase);
    await dependencies.records.saveCase(settleOwed(dunningCase));
    return 'reread';
  }
  const attention = needsAttention(dunningCase, type, dependencies.clock.now(), inPass);
  if (attention === 'none') return 'done';
  const facts = await dependencies.stripe.invoice(dunningCase.invoice);
  const { openAttempt } = dunningCase;
  if (openAttempt === null) return carryOut(dependencies, dunningCase, facts, attention);
  if (facts === null) throw new Error(`Invoice ${dunningCase.invoice} vanished during a charge.`);
  const situation = await lookAround(dependencies, dunningCase, facts);
  return resume(dependencies, situation, openAttempt);
}

/** An attempt was left open: find out what became of it, or send it again. */
async function resume(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OpenAttempt,
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
      if (dependencies.remainingMs() < neededForChargeMs) return 'done';
      const leaseMs = dependencies.remainingMs() + leaseMarginMs;
      const claimed = reclaimAttempt(dunningCase, attempt, now, leaseMs);
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
  attempt: OpenAttempt,
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
  if (charge?.codes == null) return;
  await noteDecline(dependencies, method, {
    codes: charge.codes,
    at: charge.createdAt,
    revision: attempt.revision,
    source: charge.charge,
  });
}

/** No attempt is open: decide the next step and take it. */
async function carryOut(
  dependencies: RetryDependencies,
  dunningCase: DunningCase,
  facts: InvoiceFacts | null,
  attention: Attention,
): Promise<Went> {
  const { records, clock } = dependencies;
  const reason = facts === null ? 'invoice_missing' : findCloseReason(facts, dependencies.policy);
  if (facts === null || reason !== null) {
    const closed = closeCase(dunningCase, reason ?? 'invoice_missing', clock.now());
    return wentOn(await records.saveCase(closed));
  }
  const situation = await lookAround(dependencies, dunningCase, facts);
  await noteStripesRefusal(dependencies, situation);
  return take(dependencies, situation, decideNextStep(situation, attention === 'pass'));
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
  const { records, stripe, clock } = dependencies;
  const { dunningCase, facts } = situation;
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
    case 'observe':
      return wentOn(await records.saveCase(recordObservation(situation, step)));
    case 'end_pass':
      return wentOn(await records.saveCase(endPass(situation, step)));
    case 'charge':
      return claimAndCharge(dependencies, situation, step);
  }
}

async function claimAndCharge(
  dependencies: RetryDependencies,
  situation: Situation,
  step: Extract<Step, { step: 'charge' }>,
): Promise<Went> {
  // The case stays due; the sweep brings it to a process with more time.
  if (dependencies.remainingMs() < neededForChargeMs) return 'done';
  const leaseMs = dependencies.remainingMs() + leaseMarginMs;
  const claimed = claimAttempt(situation, step, leaseMs);
  if (!(await dependencies.records.saveCase(claimed))) return 'reread';
  if (situation.dunningCase.pass === null) dependencies.metrics.count('PassStarted');
  const again = await lookAgain(dependencies, situation, claimed);
  await chargeAttempt(dependencies, again, claimed.openAttempt, true);
  return 'on';
}
