import { carryFailure, carryToInvoice } from '../billing/collect-invoice.ts';
import type { Acceptance } from '../objects/build-mandate.ts';
import { invoiceOf } from '../objects/invoice-payments.ts';
import { attemptPayment } from '../payments/attempt-payment.ts';
import type { Attempted } from '../payments/attempted.ts';
import { chargeAuthenticated } from '../payments/charge-card.ts';
import { whyUndebitable } from '../payments/debit-bank.ts';
import { acceptMandate, activeMandate, mandateMissing } from '../payments/mandates.ts';
import { consume, giveTo } from '../payments/payment-methods.ts';
import { invalidRequest, type Refusal } from '../protocol/answer.ts';
import type { BankMethodRecord, PaymentIntentRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { methodForIntent } from './method-for-intent.ts';
import { askForMicrodeposits } from './microdeposits.ts';
import { failConfirmation } from './refuse-confirmation.ts';
import { rememberSetUp } from './remember-set-up.ts';

/** How a PaymentIntent is to be confirmed. */
export interface Confirmation {
  /** A PaymentMethod's id, or one of Stripe's test names. */
  readonly method: string | undefined;
  readonly offSession: boolean;
  readonly returnUrl: string | undefined;
  readonly acceptance: Acceptance | undefined;
}

const confirmable: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

/** Pays a PaymentIntent with its method or a given one. @throws Refusal as Stripe words it. */
export function confirmPayment(
  tx: Transaction,
  intent: PaymentIntentRecord,
  confirmation: Confirmation,
): Attempted {
  refuseUnconfirmable(intent);
  const id = confirmation.method ?? intent.payment_method ?? defaultSource(tx, intent);
  if (id === undefined) throw methodMissing(intent);
  const method = methodForIntent(tx, id, intent);
  const attempted =
    method.type === 'card'
      ? attemptPayment(tx, intent, method, confirmation.offSession, confirmation.returnUrl)
      : confirmDebit(tx, intent, method, confirmation.acceptance);
  return concluded(tx, attempted, method, confirmation.offSession);
}

/** The method that stays with its customer, and the invoice that follows. */
function concluded(
  tx: Transaction,
  attempted: Attempted,
  method: PaymentMethodRecord,
  offSession: boolean,
): Attempted {
  if (attempted.kind === 'action_required') return attempted;
  if (attempted.kind !== 'declined') keepMethod(tx, attempted.intent, method);
  const invoice = invoiceOf(tx, attempted.intent);
  if (invoice !== undefined) {
    carryToInvoice(tx, invoice, attempted, { initiator: 'caller', offSession });
  }
  return attempted;
}

/** Saved for later where the business asked for that; otherwise used up by this payment. */
function keepMethod(tx: Transaction, intent: PaymentIntentRecord, used: PaymentMethodRecord): void {
  if (intent.setup_future_usage === 'off_session') rememberSetUp(tx, used.id);
  const method = tx.find('payment_methods', used.id);
  if (method === undefined || method.customer !== null) return;
  if (intent.setup_future_usage !== null && intent.customer !== null) {
    giveTo(tx, method, intent.customer);
  } else {
    consume(tx, method);
  }
}

function confirmDebit(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: BankMethodRecord,
  acceptance: Acceptance | undefined,
): Attempted {
  const refusal = whyUndebitable(intent, method);
  if (refusal !== undefined) throw refusal;
  if (acceptance !== undefined) {
    const scope =
      intent.setup_future_usage === null
        ? ({ type: 'single_use', amount: intent.amount, currency: intent.currency } as const)
        : ({ type: 'multi_use' } as const);
    acceptMandate(tx, method, acceptance, scope);
  }
  const { isVerified } = tx.get('bank_accounts', method.id);
  if (isVerified) return attemptPayment(tx, intent, method, true);
  if (acceptance === undefined && activeMandate(tx, method.id) === undefined) {
    const status = 'requires_confirmation' as const;
    throw mandateMissing({ payment_intent: { ...intent, payment_method: method.id, status } });
  }
  const after: PaymentIntentRecord = {
    ...intent,
    last_payment_error: null,
    next_action: askForMicrodeposits(tx, intent),
    payment_method: method.id,
    status: 'requires_action',
  };
  tx.replace('payment_intents', after);
  tx.emit('payment_intent.requires_action', after);
  return { kind: 'action_required', intent: after };
}

/** The account was verified: the debit that waited for it goes to the bank. */
export function debitVerified(
  tx: Transaction,
  intent: PaymentIntentRecord,
  method: BankMethodRecord,
): Attempted {
  return concluded(tx, attemptPayment(tx, intent, method, true), method, false);
}

/**
 * The cardholder answered the bank's question. A right answer charges the card; a wrong one
 * leaves the PaymentIntent without a method.
 *
 * @throws RangeError when the PaymentIntent waits for no cardholder.
 */
export function finishAuthentication(
  tx: Transaction,
  intent: PaymentIntentRecord,
  succeeds: boolean,
): void {
  const method = waitingCard(tx, intent);
  if (succeeds) {
    concluded(tx, chargeAuthenticated(tx, intent, method), method, false);
    return;
  }
  const after = failConfirmation(tx, intent, method, {
    code: 'payment_intent_authentication_failure',
    message:
      'The provided payment method has failed authentication. Provide a new payment method to ' +
      'attempt to fulfill this PaymentIntent again.',
  });
  const invoice = invoiceOf(tx, after);
  if (invoice !== undefined) carryFailure(tx, invoice);
}

function waitingCard(tx: Transaction, intent: PaymentIntentRecord) {
  const method =
    intent.payment_method === null ? undefined : tx.find('payment_methods', intent.payment_method);
  const waits =
    intent.status === 'requires_action' &&
    intent.next_action?.verify_with_microdeposits === undefined;
  if (!waits || method?.type !== 'card') {
    throw new RangeError(`${intent.id} is ${intent.status}: it waits for no cardholder.`);
  }
  return method;
}

/** Before PaymentMethods a customer paid by default with the first card on file. */
function defaultSource(tx: Transaction, { customer }: PaymentIntentRecord): string | undefined {
  if (customer === null) return undefined;
  return tx.customer(customer).default_source ?? undefined;
}

/** @throws Refusal for a PaymentIntent that is over, under way or waits to be captured. */
export function refuseUnconfirmable(intent: PaymentIntentRecord): void {
  if (confirmable.has(intent.status)) return;
  const message =
    intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being ' +
        'previously confirmed.'
      : `This PaymentIntent could not be confirmed because it has a status of ${intent.status}. ` +
        'Only a PaymentIntent with one of the following statuses may be confirmed: ' +
        'requires_payment_method, requires_confirmation, requires_action.';
  throw unexpectedState(message, intent);
}

function methodMissing(intent: PaymentIntentRecord): Refusal {
  const rest =
    intent.customer === null
      ? 'You can either update the PaymentIntent with a payment method and then confirm it again, ' +
        'or confirm it again directly with a payment method or ConfirmationToken.'
      : `To confirm the PaymentIntent with ${intent.customer}, specify a payment method attached ` +
        'to this customer along with the customer ID.';
  return unexpectedState(
    `You cannot confirm this PaymentIntent because it's missing a payment method. ${rest}`,
    intent,
  );
}

/** What a PaymentIntent's status does not allow; the error carries the PaymentIntent. */
export function unexpectedState(message: string, intent: PaymentIntentRecord): Refusal {
  return invalidRequest(message, {
    code: 'payment_intent_unexpected_state',
    payment_intent: intent,
  });
}
