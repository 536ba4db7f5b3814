import { captureIntent } from '../intents/capture-intent.ts';
import {
  confirmPayment,
  debitVerified,
  refuseUnconfirmable,
  unexpectedState,
} from '../intents/confirm-payment.ts';
import { checkMicrodeposits, waitingAccount, wrongAnswer } from '../intents/microdeposits.ts';
import { failConfirmation, refusedConfirmation } from '../intents/refuse-confirmation.ts';
import { cancelIntent } from '../intents/release-hold.ts';
import { buildOwnPaymentIntent } from '../objects/build-payment-intent.ts';
import { findMethod } from '../objects/find-method.ts';
import { invoiceOf } from '../objects/invoice-payments.ts';
import {
  type GivenAcceptance,
  readAcceptance,
  refuseForeignMandate,
} from '../payments/mandates.ts';
import { refuseAmount } from '../payments/minimum-amounts.ts';
import { errorAnswer, Refusal } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  group,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  type Reader,
  required,
  text,
  timeRange,
} from '../protocol/parameters.ts';
import { answering, type Route, route } from '../protocol/route.ts';
import { acceptedTypes } from '../published/enabled-types.ts';
import type { PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import {
  changedPayment,
  paymentAnnotations,
  paymentDetails,
  paymentUpdate,
} from './payment-intent-changes.ts';
import { automaticMethods, mandateData } from './payment-parameters.ts';

/** Whether the customer is away; the words say why, and mean the same here. */
const offSession: Reader<boolean> = (value, name) =>
  value === 'one_off' || value === 'recurring' || boolean(value, name);

/** Only said with a confirmation, whether at creation or later. */
const confirmation = {
  error_on_requires_action: boolean,
  mandate: text,
  mandate_data: mandateData,
  off_session: offSession,
  radar_options: group({ session: text }),
  return_url: text,
  use_stripe_sdk: boolean,
};

const creation = {
  ...paymentDetails,
  ...paymentAnnotations,
  ...confirmation,
  amount: integer,
  automatic_payment_methods: automaticMethods,
  confirm: boolean,
  confirmation_method: oneOf('automatic', 'manual'),
  currency: text,
};

const confirming = { ...paymentDetails, ...confirmation, client_secret: text };

export const paymentIntentRoutes: readonly Route[] = [
  route('POST', '/v1/payment_intents', creation, create),
  route('GET', '/v1/payment_intents/*', { client_secret: text }, (tx, _params, id) =>
    tx.get('payment_intents', id),
  ),
  route('POST', '/v1/payment_intents/*', paymentUpdate, (tx, params, id) => {
    const after = changedPayment(tx, tx.get('payment_intents', id), params);
    tx.replace('payment_intents', after);
    return after;
  }),
  route('POST', '/v1/payment_intents/*/confirm', confirming, (tx, params, id) => {
    const before = tx.get('payment_intents', id);
    refuseUnconfirmable(before);
    return confirm(tx, changedPayment(tx, before, params), params);
  }),
  route(
    'POST',
    '/v1/payment_intents/*/capture',
    {
      amount_to_capture: integer,
      metadata,
      statement_descriptor: text,
      statement_descriptor_suffix: text,
    },
    (tx, params, id) => {
      const { amount_to_capture: amount, metadata: marks, ...change } = params;
      return captureIntent(tx, tx.get('payment_intents', id), { amount, change, metadata: marks });
    },
  ),
  route(
    'POST',
    '/v1/payment_intents/*/cancel',
    {
      cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
    },
    (tx, params, id) => cancel(tx, tx.get('payment_intents', id), params.cancellation_reason),
  ),
  route(
    'POST',
    '/v1/payment_intents/*/verify_microdeposits',
    { amounts: listOf(integer), client_secret: text, descriptor_code: text },
    verify,
  ),
  route(
    'GET',
    '/v1/payment_intents',
    { ...listParameters, customer: text, created: timeRange },
    (tx, params) =>
      listRows(
        tx.rows('payment_intents'),
        (row) =>
          (params.customer === undefined || row.customer === params.customer) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/payment_intents',
      ),
  ),
];

function create(tx: Transaction, params: Read<typeof creation>): object {
  const amount = required(params.amount, 'amount');
  const currency = required(params.currency, 'currency').toLowerCase();
  refuseAmount(amount, currency);
  const { allowed_payment_method_types: allowed, automatic_payment_methods: automatic } = params;
  const blank = buildOwnPaymentIntent(tx, {
    amount,
    currency,
    types: acceptedTypes(currency, allowed, params.excluded_payment_method_types),
    automatic:
      allowed === undefined
        ? { allow_redirects: automatic?.allow_redirects ?? 'always', enabled: true }
        : null,
  });
  const { confirmation_method = 'automatic' } = params;
  const { amount: _amount, currency: _currency, ...rest } = params;
  const intent = changedPayment(tx, { ...blank, confirmation_method }, rest);
  tx.insert('payment_intents', intent);
  tx.emit('payment_intent.created', intent);
  return params.confirm ? confirmCreated(tx, intent, params) : intent;
}

/** A PaymentIntent is on record even where its first confirmation is refused. */
function confirmCreated(tx: Transaction, intent: PaymentIntentRecord, params: Confirming): object {
  try {
    return confirm(tx, intent, params);
  } catch (error) {
    if (!(error instanceof Refusal) || error.error.payment_intent === undefined) throw error;
    return answering(errorAnswer(error.status, error.error));
  }
}

type Confirming = Pick<
  Read<typeof confirming>,
  | 'mandate'
  | 'mandate_data'
  | 'off_session'
  | 'return_url'
  | 'use_stripe_sdk'
  | 'error_on_requires_action'
>;

/** Confirms, and answers with the PaymentIntent or with the 402 of a payment that failed. */
function confirm(tx: Transaction, intent: PaymentIntentRecord, params: Confirming): object {
  tx.replace('payment_intents', intent);
  if (params.mandate !== undefined && intent.payment_method !== null) {
    refuseForeignMandate(tx, intent.payment_method, params.mandate);
  }
  const given: GivenAcceptance | undefined = params.mandate_data?.customer_acceptance;
  const attempted = confirmPayment(tx, intent, {
    // What the request named has become the PaymentIntent's own method by now.
    method: undefined,
    offSession: params.off_session ?? false,
    // Stripe.js shows the bank's page itself and needs no way back.
    returnUrl: params.use_stripe_sdk ? undefined : params.return_url,
    acceptance: readAcceptance(tx, given),
  });
  const refusal = refusedConfirmation(tx, attempted, params.error_on_requires_action ?? false);
  return refusal === undefined ? tx.get('payment_intents', intent.id) : answering(refusal);
}

function cancel(
  tx: Transaction,
  intent: PaymentIntentRecord,
  reason: PaymentIntentRecord['cancellation_reason'] | undefined,
): PaymentIntentRecord {
  if (!isCancelable(tx, intent)) {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a ` +
        'PaymentIntent with one of the following statuses may be canceled: ' +
        'requires_payment_method, requires_capture, requires_confirmation, requires_action, ' +
        'processing.',
      intent,
    );
  }
  const invoice = invoiceOf(tx, intent);
  if (invoice !== undefined) {
    throw unexpectedState(
      `This PaymentIntent was created by the invoice ${invoice.id} and cannot be canceled ` +
        'directly. Void the invoice in its place.',
      intent,
    );
  }
  return cancelIntent(tx, intent, reason ?? null);
}

/**
 * A debit on its way to the bank cannot be called back. Stripe has a test account whose debits
 * stay `processing`, and those can (docs.stripe.com/testing, ACH Direct Debit).
 */
function isCancelable(tx: Transaction, { status, latest_charge }: PaymentIntentRecord): boolean {
  if (status !== 'processing') return status !== 'succeeded' && status !== 'canceled';
  if (latest_charge === null) throw new Error('A debit under way has a charge.');
  const { payment_method: account } = tx.get('charges', latest_charge);
  return tx.get('bank_accounts', account).behaviour.kind === 'stuck';
}

function verify(
  tx: Transaction,
  params: { readonly amounts?: readonly number[]; readonly descriptor_code?: string },
  id: string,
): object {
  const intent = tx.get('payment_intents', id);
  const method = waitingAccount(tx, intent);
  const { amounts, descriptor_code: descriptorCode } = params;
  const outcome = checkMicrodeposits(tx, method, { amounts, descriptorCode });
  if (outcome.kind === 'wrong') return wrongAnswer(outcome, { payment_intent: intent });
  if (outcome.kind === 'over') {
    const payment_intent = failConfirmation(tx, intent, method, outcome);
    return wrongAnswer(outcome, { payment_intent });
  }
  const verified = findMethod(tx, method.id);
  if (verified === undefined || verified.type === 'card') throw new Error(`${method.id} is gone.`);
  debitVerified(tx, intent, verified);
  return tx.get('payment_intents', id);
}
