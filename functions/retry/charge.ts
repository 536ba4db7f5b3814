import { declinedOutcome } from '../domain/attempt/decide-open-attempt.ts';
import { mayStillCharge } from '../domain/attempt/may-still-charge.ts';
import type { AttemptOutcome, OwnAttempt } from '../domain/case/dunning-case.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import type { ChargeId } from '../domain/ids.ts';
import { formatMoney } from '../domain/money.ts';
import type { Situation } from '../domain/pass/situation.ts';
import type { PayAnswer } from '../domain/stripe/stripe-facts.ts';
import { hourMs, minuteMs } from '../domain/time.ts';
import { nameCardSlot, noteDecline, releaseCardSlot, takeCardSlot } from './card-slots.ts';
import type { RetryDependencies } from './dependencies.ts';
import { saveOpen, saveOutcome } from './settle-attempt.ts';
import { stopCharging } from './stop-charging.ts';

/** When an attempt without a known outcome is looked at again. */
const lookAgainAfterMs = minuteMs;

/**
 * Charges a claimed attempt, once everything was checked again, and records the outcome.
 * @param situation As read after the claim.
 * @param neverSent True where no earlier request of this attempt can have reached Stripe.
 */
export async function chargeAttempt(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OwnAttempt,
  neverSent: boolean,
): Promise<void> {
  const candidate = attempt.role === 'primary' ? situation.primary : situation.secondary;
  const method = candidate?.method;
  if (method === undefined || !mayStillCharge(situation, attempt)) {
    await giveUp(dependencies, situation, attempt, neverSent);
    return;
  }
  const slot = await takeCardSlot(dependencies, situation, method, attempt);
  if (slot !== 'taken') {
    // Each request has its slot before it is sent: without one, none ever was.
    await giveUp(dependencies, situation, attempt, slot === 'refused' || neverSent);
    return;
  }
  const { customer, invoice } = situation.dunningCase;
  const { n, role, key } = attempt;
  const amountDue = formatMoney(situation.facts.amountDue, 'en-US');
  dependencies.log.info('Charging', { customer, invoice, attempt: n, role, key, amountDue });
  const answer = await dependencies.stripe.pay(invoice, attempt.method, key);
  await recordAnswer(dependencies, situation, attempt, method, answer, neverSent);
}

/** What no longer may be charged is skipped; what may have been sent is asked about later. */
async function giveUp(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OwnAttempt,
  neverSent: boolean,
): Promise<void> {
  if (neverSent) {
    const why = 'role, consent, data or a block changed after the claim';
    await saveOutcome(dependencies, situation, attempt, { kind: 'skipped', why });
    return;
  }
  const at = situation.now + lookAgainAfterMs;
  await saveOpen(dependencies, situation.dunningCase, attempt, 'maybe_sent', at);
}

async function recordAnswer(
  dependencies: RetryDependencies,
  situation: Situation,
  attempt: OwnAttempt,
  method: PaymentMethod,
  answer: PayAnswer,
  neverSent: boolean,
): Promise<void> {
  const { clock, log, metrics } = dependencies;
  const { dunningCase } = situation;
  const now = clock.now();
  const settle = (outcome: AttemptOutcome) =>
    saveOutcome(dependencies, { ...situation, now }, attempt, outcome);
  const keepOpen = (request: OwnAttempt['request'], at = now + lookAgainAfterMs) =>
    saveOpen(dependencies, dunningCase, attempt, request, at);
  const nameTry = async (charge: ChargeId | null) => {
    if (charge !== null) await nameCardSlot(dependencies, method, attempt.key, charge);
  };
  const notSent = neverSent ? 'not_executed' : 'maybe_sent';

  switch (answer.kind) {
    case 'paid':
      return settle({ kind: 'succeeded' });
    case 'processing':
      return settle({ kind: 'processing' });
    case 'declined': {
      const source = answer.charge ?? attempt.key;
      const { revision } = attempt;
      await nameTry(answer.charge);
      await noteDecline(dependencies, method, { codes: answer.codes, at: now, revision, source });
      return settle(declinedOutcome(answer.codes, method.brand));
    }
    case 'requires_action':
      await nameTry(answer.charge);
      return settle({ kind: 'requires_action', codes: answer.codes });
    case 'method_unusable':
      await releaseCardSlot(dependencies, method, attempt.key);
      return settle({ kind: 'method_unusable', why: answer.why });
    case 'invoice_not_open':
      // Another look at the invoice says whether it was this attempt that paid it.
      return keepOpen('maybe_sent', now);
    case 'configuration_failed':
      await stopCharging(dependencies, answer.why);
      return keepOpen(notSent);
    case 'request_refused':
      // Another method would be refused as well. The alarm calls a person; the key would only
      // bring the refusal again, so the next try is a new attempt.
      metrics.count('ConfigurationFailed');
      log.error('Stripe refused the request to charge', { attempt: attempt.n, why: answer.why });
      return keepOpen('server_error', now + hourMs);
    case 'not_executed':
      log.warn('Stripe did not execute the charge', { attempt: attempt.n, why: answer.why });
      return keepOpen(notSent);
    case 'unknown':
    case 'server_error':
      metrics.count('ChargeUnknown');
      log.warn('The outcome of the charge is unknown', { attempt: attempt.n, why: answer.why });
      return keepOpen(answer.kind === 'unknown' ? 'maybe_sent' : 'server_error');
  }
}
