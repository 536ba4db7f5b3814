import { closeCase, settleOwed } from '../domain/case/advance-case.ts';
import type { DunningCase } from '../domain/case/dunning-case.ts';
import { needsAttention } from '../domain/case/needs-attention.ts';
import { StripeConfigurationError } from '../domain/charging-switch.ts';
import type { RetryMessage } from '../domain/messages.ts';
import type { RetryDependencies } from './dependencies.ts';
import { keepAppointmentOf } from './keep-appointment.ts';
import { lookAround, lookEarly } from './look-around.ts';
import { performOwed, withdrawOwedEnd } from './perform-owed.ts';
import { resumeAttempt } from './resume-attempt.ts';
import { settleCustomerAttempt } from './settle-customer-attempt.ts';
import { stopCharging } from './stop-charging.ts';
import { takeNextStep } from './take-step.ts';
import { type Went, wentOn } from './went.ts';

/** A pass has two charges and a few looks; more means that something turns in circles. */
const mostSteps = 20;

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
  let rests = false;
  try {
    for (let steps = 0; steps < mostSteps; steps += 1) {
      const dunningCase = await dependencies.records.case(customer, invoice);
      if (dunningCase === null) {
        dependencies.log.warn('A message names a case that is not there', { customer, invoice });
        return;
      }
      if (rests && dunningCase.owed.length === 0) return;
      const went = await goOn(dependencies, dunningCase, type, inPass);
      if (went === 'done') return;
      rests ||= went === 'rests';
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
    const withdrawn = await withdrawOwedEnd(dependencies, dunningCase);
    if (withdrawn !== null) {
      await dependencies.records.saveCase(withdrawn);
      return 'reread';
    }
    const events = await performOwed(dependencies, dunningCase);
    const now = dependencies.clock.now();
    await dependencies.records.saveCase(settleOwed(dunningCase, events, now));
    return 'reread';
  }
  const attention = needsAttention(dunningCase, type, dependencies.clock.now(), inPass);
  if (attention === 'none') return 'done';
  const facts = await dependencies.stripe.invoice(dunningCase.invoice);
  const { openAttempt } = dunningCase;
  if (facts === null) {
    if (openAttempt !== null) throw new Error(`${dunningCase.invoice} vanished during a charge.`);
    const closed = closeCase(dunningCase, 'invoice_missing', dependencies.clock.now());
    return wentOn(await dependencies.records.saveCase(closed));
  }
  const early = await lookEarly(dependencies, dunningCase, facts);
  if (attention === 'appointment') return keepAppointmentOf(dependencies, early);
  if (openAttempt === null) return takeNextStep(dependencies, early, attention === 'pass');
  const situation = await lookAround(dependencies, early);
  return openAttempt.initiator === 'customer'
    ? settleCustomerAttempt(dependencies, situation, openAttempt)
    : resumeAttempt(dependencies, situation, openAttempt);
}
