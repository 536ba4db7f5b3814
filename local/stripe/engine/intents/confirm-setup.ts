import type { Acceptance } from '../objects/build-mandate.ts';
import { buildAuthentication, type NextAction } from '../objects/build-next-action.ts';
import { buildSetupAttempt } from '../objects/build-setup-attempt.ts';
import { buildThreeDSecure } from '../objects/build-three-d-secure.ts';
import { findCard } from '../objects/find-method.ts';
import { declineWords, requestsAuthentication } from '../payments/charge-card.ts';
import { acceptMandate, activeMandate, mandateMissing } from '../payments/mandates.ts';
import { consume, giveTo } from '../payments/payment-methods.ts';
import { documentationOf, invalidRequest, type Refusal } from '../protocol/answer.ts';
import { asksCardholder } from '../published/card-behaviour.ts';
import { type Decline, declineOf } from '../published/declines.ts';
import { testCardOf } from '../published/test-cards.ts';
import type {
  BankMethodRecord,
  CardMethodRecord,
  PaymentMethodRecord,
  SetupAttemptRecord,
  SetupIntentRecord,
} from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { methodForIntent } from './method-for-intent.ts';
import { askForMicrodeposits } from './microdeposits.ts';
import { rememberSetUp } from './remember-set-up.ts';

/** How a SetupIntent is to be confirmed. */
export interface SetupConfirmation {
  /** A PaymentMethod's id, or one of Stripe's test names. */
  readonly method: string | undefined;
  readonly returnUrl: string | undefined;
  readonly acceptance: Acceptance | undefined;
  /** The one payment that a bank account is set up for, where it is for one only. */
  readonly singleUse: { readonly amount: number; readonly currency: string } | undefined;
}

/** What became of a confirmation. */
export type SetUp =
  | { readonly kind: 'confirmed'; readonly intent: SetupIntentRecord }
  | {
      readonly kind: 'declined';
      readonly decline: Decline;
      readonly intent: SetupIntentRecord;
      readonly method: PaymentMethodRecord;
    };

/** Sets a method up for later payments. @throws Refusal as Stripe words it. */
export function confirmSetup(
  tx: Transaction,
  intent: SetupIntentRecord,
  confirmation: SetupConfirmation,
): SetUp {
  const id = confirmation.method ?? intent.payment_method;
  if (id === null) throw methodMissing(intent);
  refuseUnconfirmable(intent);
  const method = methodForIntent(tx, id, intent);
  const attempt = buildSetupAttempt(tx, intent, method);
  tx.insert('setup_attempts', attempt);
  const tried: SetupIntentRecord = { ...intent, latest_attempt: attempt.id };
  return method.type === 'card'
    ? setUpCard(tx, tried, attempt, method, confirmation.returnUrl)
    : setUpAccount(tx, tried, attempt, method, confirmation);
}

function setUpCard(
  tx: Transaction,
  intent: SetupIntentRecord,
  attempt: SetupAttemptRecord,
  method: CardMethodRecord,
  returnUrl: string | undefined,
): SetUp {
  const card = findCard(tx, method.id);
  const behaviour = card === undefined ? undefined : testCardOf(card).behaviour;
  if (behaviour?.attachDecline) {
    const decline = declineOf(behaviour.attachDecline, method.card.brand);
    return declined(tx, intent, attempt, method, decline);
  }
  const session = {
    offSession: false,
    isSetUp: card?.isSetUp ?? false,
    isRequested: requestsAuthentication(intent),
  };
  if (behaviour !== undefined && asksCardholder(behaviour, session)) {
    const action = buildAuthentication(tx, intent, returnUrl);
    return confirmed(requireAction(tx, intent, attempt, method, action));
  }
  return confirmed(succeed(tx, intent, attempt, method));
}

function setUpAccount(
  tx: Transaction,
  intent: SetupIntentRecord,
  attempt: SetupAttemptRecord,
  method: BankMethodRecord,
  { acceptance, singleUse }: SetupConfirmation,
): SetUp {
  const standing = acceptance === undefined ? activeMandate(tx, method.id) : undefined;
  if (acceptance === undefined && standing === undefined) {
    throw mandateMissing({ setup_intent: intent });
  }
  const scope =
    singleUse === undefined
      ? ({ type: 'multi_use' } as const)
      : ({ type: 'single_use', ...singleUse } as const);
  const mandate =
    acceptance === undefined ? standing : acceptMandate(tx, method, acceptance, scope);
  const agreed: SetupIntentRecord = {
    ...intent,
    ...(scope.type === 'multi_use'
      ? { mandate: mandate?.id ?? null }
      : { single_use_mandate: mandate?.id ?? null }),
  };
  if (tx.get('bank_accounts', method.id).isVerified) {
    return confirmed(succeed(tx, agreed, attempt, method));
  }
  const action = askForMicrodeposits(tx, agreed);
  return confirmed(requireAction(tx, agreed, attempt, method, action));
}

const confirmed = (intent: SetupIntentRecord): SetUp => ({ kind: 'confirmed', intent });

function requireAction(
  tx: Transaction,
  intent: SetupIntentRecord,
  attempt: SetupAttemptRecord,
  method: PaymentMethodRecord,
  action: NextAction,
): SetupIntentRecord {
  const after: SetupIntentRecord = {
    ...intent,
    next_action: action,
    payment_method: method.id,
    status: 'requires_action',
  };
  tx.replace('setup_intents', after);
  tx.replace('setup_attempts', { ...attempt, status: 'requires_action' });
  tx.emit('setup_intent.requires_action', after);
  return after;
}

/** The method is the customer's from now on, and known to work without the customer. */
function succeed(
  tx: Transaction,
  intent: SetupIntentRecord,
  attempt: SetupAttemptRecord,
  method: PaymentMethodRecord,
): SetupIntentRecord {
  if (intent.usage === 'off_session') rememberSetUp(tx, method.id);
  if (method.customer === null) {
    if (intent.customer === null) consume(tx, method);
    else giveTo(tx, method, intent.customer);
  }
  const after: SetupIntentRecord = {
    ...intent,
    last_setup_error: null,
    next_action: null,
    payment_method: method.id,
    status: 'succeeded',
  };
  tx.replace('setup_intents', after);
  tx.replace('setup_attempts', { ...attempt, status: 'succeeded' });
  tx.emit('setup_intent.succeeded', after);
  return after;
}

function declined(
  tx: Transaction,
  intent: SetupIntentRecord,
  attempt: SetupAttemptRecord,
  method: CardMethodRecord,
  decline: Decline,
): SetUp {
  const error = { ...declineWords(decline), payment_method: method };
  return { kind: 'declined', decline, intent: fail(tx, intent, attempt, error), method };
}

function fail(
  tx: Transaction,
  intent: SetupIntentRecord,
  attempt: SetupAttemptRecord,
  error: NonNullable<SetupIntentRecord['last_setup_error']>,
): SetupIntentRecord {
  const after: SetupIntentRecord = {
    ...intent,
    last_setup_error: error,
    next_action: null,
    payment_method: null,
    status: 'requires_payment_method',
  };
  tx.replace('setup_intents', after);
  tx.replace('setup_attempts', { ...attempt, setup_error: error, status: 'failed' });
  tx.emit('setup_intent.setup_failed', after);
  return after;
}

/**
 * The cardholder answered the bank's question.
 *
 * @throws RangeError when the SetupIntent waits for no cardholder.
 */
export function finishSetupAuthentication(
  tx: Transaction,
  intent: SetupIntentRecord,
  succeeds: boolean,
): void {
  const method =
    intent.payment_method === null ? undefined : tx.find('payment_methods', intent.payment_method);
  const attempt =
    intent.latest_attempt === null ? undefined : tx.find('setup_attempts', intent.latest_attempt);
  if (intent.status !== 'requires_action' || method?.type !== 'card' || attempt === undefined) {
    throw new RangeError(`${intent.id} is ${intent.status}: it waits for no cardholder.`);
  }
  const result = succeeds ? 'authenticated' : 'failed';
  const { exemption_indicator: _, ...three_d_secure } = buildThreeDSecure(tx, method, result);
  const { card } = attempt.payment_method_details;
  const answered: SetupAttemptRecord =
    card === undefined
      ? attempt
      : { ...attempt, payment_method_details: { type: 'card', card: { ...card, three_d_secure } } };
  if (succeeds) {
    succeed(tx, intent, answered, method);
    return;
  }
  const code = 'setup_intent_authentication_failure';
  const message =
    'The provided payment method has failed authentication. Provide a new payment method to ' +
    'attempt to fulfill this SetupIntent again.';
  fail(tx, intent, answered, refusal(code, message, method));
}

/** The account holder proved access to the account. */
export function setupVerified(
  tx: Transaction,
  intent: SetupIntentRecord,
  method: BankMethodRecord,
): SetupIntentRecord {
  return succeed(tx, intent, attemptOf(tx, intent), method);
}

/** The account cannot be verified by small deposits any more. */
export function setupUnverifiable(
  tx: Transaction,
  intent: SetupIntentRecord,
  method: BankMethodRecord,
  { code, message }: { readonly code: string; readonly message: string },
): SetupIntentRecord {
  return fail(tx, intent, attemptOf(tx, intent), refusal(code, message, method));
}

/** Why a method could not be set up, where no bank declined it. */
function refusal(code: string, message: string, method: PaymentMethodRecord) {
  const type = 'invalid_request_error' as const;
  return { code, doc_url: documentationOf(code), message, payment_method: method, type };
}

function attemptOf(tx: Transaction, intent: SetupIntentRecord): SetupAttemptRecord {
  if (intent.latest_attempt === null) throw new Error(`${intent.id} was never confirmed.`);
  return tx.get('setup_attempts', intent.latest_attempt);
}

function methodMissing(intent: SetupIntentRecord): Refusal {
  return unexpectedSetupState(
    "You cannot confirm this SetupIntent because it's missing a payment method. You can either " +
      'update the SetupIntent with a payment method and then confirm it again, or confirm it again ' +
      'directly with a payment method or ConfirmationToken.',
    intent,
  );
}

function refuseUnconfirmable(intent: SetupIntentRecord): void {
  const words: Readonly<Record<string, string>> = {
    succeeded: 'it has already succeeded',
    canceled: 'it has been canceled',
  };
  const why = words[intent.status];
  if (why === undefined) return;
  throw unexpectedSetupState(`You cannot confirm this SetupIntent because ${why}.`, intent);
}

/** What a SetupIntent's status does not allow; the error carries the SetupIntent. */
export function unexpectedSetupState(message: string, intent: SetupIntentRecord): Refusal {
  return invalidRequest(message, { code: 'setup_intent_unexpected_state', setup_intent: intent });
}
