import { buildCharge, holdSeconds, type ThreeDSecure } from '../objects/build-charge.ts';
import { buildAuthentication } from '../objects/build-next-action.ts';
import { buildThreeDSecure } from '../objects/build-three-d-secure.ts';
import { findCard, replaceCard } from '../objects/find-method.ts';
import { documentationOf } from '../protocol/answer.ts';
import { type Aftermath, asksCardholder, type CardBehaviour } from '../published/card-behaviour.ts';
import { type CardOutcome, type Decline, declineOf } from '../published/declines.ts';
import { testCardOf } from '../published/test-cards.ts';
import type { CardMethodRecord, ChargeRecord, PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import type { Attempted } from './attempted.ts';
import { openDispute } from './open-dispute.ts';
import { planWork } from './plan-work.ts';
import { warnOfFraud } from './warn-of-fraud.ts';

/** Charges a card once: one more Charge on the PaymentIntent, whatever the outcome. */
export function chargeCard(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  offSession: boolean,
  returnUrl: string | undefined,
): Attempted {
  const isRequested = requestsAuthentication(intent);
  const plan = planCharge(tx, method, offSession, isRequested);
  if (plan.asksCardholder) {
    if (!offSession) return askCardholder(tx, intent, method, returnUrl);
    return declined(tx, intent, method, 'authentication_required', null);
  }
  const isAcknowledged = isRequested && plan.behaviour?.authentication === 'not_enrolled';
  const threeDSecure = isAcknowledged
    ? buildThreeDSecure(tx, method, 'attempt_acknowledged')
    : null;
  return carryOut(tx, intent, method, plan.outcome, threeDSecure);
}

/** Charges a card whose holder has just authenticated. */
export function chargeAuthenticated(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
): Attempted {
  const behaviour = behaviourOf(tx, method.id);
  const card = findCard(tx, method.id);
  const isScripted = card?.isScripted ?? false;
  const outcome = isScripted ? 'succeeded' : (behaviour?.charges ?? 'succeeded');
  const threeDSecure = buildThreeDSecure(tx, method, 'authenticated');
  return carryOut(tx, intent, method, unlessExpired(outcome, method, tx.now), threeDSecure);
}

interface Plan {
  readonly asksCardholder: boolean;
  readonly outcome: CardOutcome;
  readonly behaviour: CardBehaviour | undefined;
}

/** What this attempt comes to: by the card's script where it has one, else by what the card is. */
function planCharge(
  tx: Transaction,
  method: CardMethodRecord,
  offSession: boolean,
  isRequested: boolean,
): Plan {
  const card = findCard(tx, method.id);
  const planned = card?.outcomes[Math.min(card.attempts, card.outcomes.length - 1)] ?? 'succeeded';
  if (card !== undefined && card.outcomes.length > 1) {
    replaceCard(tx, { ...card, attempts: card.attempts + 1 });
  }
  const behaviour = behaviourOf(tx, method.id);
  if (card === undefined || behaviour === undefined || card.isScripted) {
    const asks = planned === 'authentication_required';
    const outcome = unlessExpired(asks ? 'succeeded' : planned, method, tx.now);
    return { asksCardholder: asks, outcome, behaviour };
  }
  const own = planned === 'authentication_required' ? behaviour.charges : planned;
  const session = { offSession, isSetUp: card.isSetUp, isRequested };
  const outcome = unlessExpired(own, method, tx.now);
  return {
    asksCardholder: asksCardholder(behaviour, session) && outcome !== 'expired_card',
    outcome,
    behaviour,
  };
}

export function behaviourOf(tx: Transaction, method: string): CardBehaviour | undefined {
  const card = findCard(tx, method);
  return card === undefined ? undefined : testCardOf(card).behaviour;
}

/** A card is good until the end of its month, UTC. */
function unlessExpired(outcome: CardOutcome, { card }: CardMethodRecord, now: number): CardOutcome {
  const hasExpired = now >= Date.UTC(card.exp_year, card.exp_month, 1) / 1000;
  return outcome === 'succeeded' && hasExpired ? 'expired_card' : outcome;
}

/** Whether the business asks for 3-D Secure wherever the card can do it. */
export function requestsAuthentication(intent: {
  readonly payment_method_options: {
    readonly card?: { readonly request_three_d_secure: string | null };
  } | null;
}): boolean {
  const asked = intent.payment_method_options?.card?.request_three_d_secure;
  return asked === 'any' || asked === 'challenge';
}

function carryOut(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  outcome: CardOutcome,
  threeDSecure: ThreeDSecure | null,
): Attempted {
  return outcome === 'succeeded'
    ? paid(tx, intent, method, threeDSecure)
    : declined(tx, intent, method, outcome, threeDSecure);
}

function paid(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  threeDSecure: ThreeDSecure | null,
): Attempted {
  const behaviour = behaviourOf(tx, method.id);
  const isCaptured = intent.capture_method !== 'manual';
  const risk = behaviour?.risk ?? 'normal';
  const charge = buildCharge(tx, intent, method, {
    kind: 'paid',
    isCaptured,
    risk,
    threeDSecure,
  });
  const after: PaymentIntentRecord = {
    ...intent,
    amount_capturable: isCaptured ? 0 : intent.amount,
    amount_received: isCaptured ? intent.amount : 0,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: method.id,
    status: isCaptured ? 'succeeded' : 'requires_capture',
  };
  tx.insert('charges', charge);
  tx.replace('payment_intents', after);
  tx.emit('charge.succeeded', charge);
  if (isCaptured) applyAftermath(tx, charge.id);
  tx.emit(
    isCaptured ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated',
    after,
  );
  if (!isCaptured) {
    const at = tx.now + holdSeconds;
    planWork(tx, intent.customer, at, { kind: 'authorization', intent: intent.id });
  }
  return { kind: 'paid', charge, intent: after, method };
}

/** What a test card's holder or issuer does once it was charged. */
export function applyAftermath(tx: Transaction, chargeId: string): void {
  const charge = tx.get('charges', chargeId);
  const aftermath: Aftermath | null | undefined = behaviourOf(tx, charge.payment_method)?.aftermath;
  if (aftermath?.kind === 'dispute') {
    openDispute(tx, charge, { reason: aftermath.reason, caseType: aftermath.caseType });
  }
  if (aftermath?.kind === 'fraud_warning') warnOfFraud(tx, charge, 'made_with_stolen_card');
}

function declined(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  outcome: Exclude<CardOutcome, 'succeeded'>,
  threeDSecure: ThreeDSecure | null,
): Attempted {
  const decline = withAdvice(declineOf(outcome, method.card.brand), tx, method);
  const charge = buildCharge(tx, intent, method, { kind: 'declined', decline, threeDSecure });
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: { ...declineDetails(decline, charge.id), payment_method: method },
    latest_charge: charge.id,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  recordFailure(tx, charge, after);
  return { kind: 'declined', charge, intent: after, decline };
}

/** Mastercard's advice as the card was told to give it. */
function withAdvice(decline: Decline, tx: Transaction, { id, card }: CardMethodRecord): Decline {
  const advice = findCard(tx, id)?.merchantAdvice;
  // What never reached the network has no word of it.
  if (advice === undefined || card.brand !== 'mastercard' || decline.networkDeclineCode === null) {
    return decline;
  }
  return { ...decline, networkAdviceCode: advice };
}

/** The same words stand in a 402 answer and in the PaymentIntent's `last_payment_error`. */
export function declineDetails(decline: Decline, charge: string) {
  return { ...declineWords(decline), charge };
}

/** A decline as an error tells it, where no charge was tried. */
export function declineWords(decline: Decline) {
  return {
    type: 'card_error' as const,
    message: decline.message,
    code: decline.code,
    doc_url: documentationOf(decline.code),
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

/** The PaymentIntent waits for the cardholder; no charge is made yet. */
function askCardholder(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: CardMethodRecord,
  returnUrl: string | undefined,
): Attempted {
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: null,
    next_action: buildAuthentication(tx, intent, returnUrl),
    payment_method: method.id,
    status: 'requires_action',
  };
  tx.replace('payment_intents', after);
  tx.emit('payment_intent.requires_action', after);
  return { kind: 'action_required', intent: after };
}

function recordFailure(tx: Transaction, charge: ChargeRecord, intent: PaymentIntentRecord): void {
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
