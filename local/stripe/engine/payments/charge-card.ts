import { buildCharge } from '../objects/build-charge.ts';
import type { CardMethodRecord, ChargeRecord, PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { Attempted } from './attempt-payment.ts';
import { type CardOutcome, type Decline, declineOf } from './declines.ts';

/** Charges a card once: one more Charge on the PaymentIntent, whatever the outcome. */
export function chargeCard(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  offSession: boolean,
): Attempted {
  const outcome = nextOutcome(tx, method);
  if (outcome === 'succeeded') return paid(tx, intent, method);
  if (outcome === 'authentication_required' && !offSession) return askCustomer(tx, intent, method);
  return declined(tx, intent, method, declineOf(outcome, method.card.brand));
}

function nextOutcome(tx: Transaction, method: CardMethodRecord): CardOutcome {
  const script = tx.find('cards', method.id);
  const planned = script?.outcomes[Math.min(script.attempts, script.outcomes.length - 1)];
  if (script !== undefined && script.outcomes.length > 1) {
    tx.replace('cards', { ...script, attempts: script.attempts + 1 });
  }
  const outcome = planned ?? 'succeeded';
  return outcome === 'succeeded' && hasExpired(method, tx.now) ? 'expired_card' : outcome;
}

/** A card is good until the end of its month, UTC. */
function hasExpired({ card }: CardMethodRecord, now: number): boolean {
  return now >= Date.UTC(card.exp_year, card.exp_month, 1) / 1000;
}

function paid(tx: Transaction, intent: PaymentIntentRecord, method: CardMethodRecord): Attempted {
  const charge = buildCharge(tx, intent, method, undefined);
  const after: PaymentIntentRecord = {
    ...intent,
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  };
  recordAttempt(tx, charge, after);
  return { kind: 'paid', charge, intent: after, method };
}

function declined(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  decline: Decline,
): Attempted {
  const charge = buildCharge(tx, intent, method, decline);
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: { ...declineDetails(decline, charge.id), payment_method: method },
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  recordAttempt(tx, charge, after);
  return { kind: 'declined', charge, intent: after, decline };
}

/** The same words stand in a 402 answer and in the PaymentIntent's `last_payment_error`. */
export function declineDetails(decline: Decline, charge: string) {
  return {
    type: 'card_error' as const,
    message: decline.message,
    code: decline.code,
    doc_url: `https://docs.stripe.com/error-codes/${decline.code.replaceAll('_', '-')}`,
    charge,
    decline_code: decline.declineCode,
    ...(decline.adviceCode === null ? {} : { advice_code: decline.adviceCode }),
    ...(decline.networkAdviceCode === null
      ? {}
      : { network_advice_code: decline.networkAdviceCode }),
    ...(decline.networkDeclineCode === null
      ? {}
      : { network_decline_code: decline.networkDeclineCode }),
  };
}

function askCustomer(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
): Attempted {
  const after: PaymentIntentRecord = {
    ...intent,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: {} },
    payment_method: method.id,
    status: 'requires_action',
  };
  tx.replace('payment_intents', after);
  tx.emit('payment_intent.requires_action', after);
  return { kind: 'action_required', intent: after };
}

function recordAttempt(tx: Transaction, charge: ChargeRecord, intent: PaymentIntentRecord): void {
  tx.insert('charges', charge);
  tx.replace('payment_intents', intent);
  emitAttempt(tx, charge, intent);
}

/** Tells about a charge and its PaymentIntent. */
export function emitAttempt(
  tx: Transaction,
  charge: ChargeRecord,
  intent: PaymentIntentRecord,
): void {
  tx.emit(charge.paid ? 'charge.succeeded' : 'charge.failed', charge);
  tx.emit(charge.paid ? 'payment_intent.succeeded' : 'payment_intent.payment_failed', intent);
}
