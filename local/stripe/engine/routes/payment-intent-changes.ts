import { unexpectedState } from '../intents/confirm-payment.ts';
import { methodForIntent } from '../intents/method-for-intent.ts';
import { invoiceOf } from '../objects/invoice-payments.ts';
import { refuseAmount } from '../payments/minimum-amounts.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidRequest } from '../protocol/answer.ts';
import {
  group,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { PaymentIntentRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { createDescribed, limitedType, methodDetails, setupOptions } from './payment-parameters.ts';
import { shippingParameters, withShipping } from './shipping.ts';

const futureUsage = oneOf('off_session', 'on_session');

/** What can be said at creation, in an update and with a confirmation. */
export const paymentDetails = {
  allowed_payment_method_types: listOf(limitedType),
  capture_method: oneOf('automatic', 'automatic_async', 'manual'),
  excluded_payment_method_types: unsettable(listOf(limitedType)),
  payment_method: text,
  payment_method_data: group(methodDetails),
  payment_method_options: setupOptions,
  receipt_email: unsettable(text),
  setup_future_usage: unsettable(futureUsage),
  shipping: unsettable(shippingParameters),
};

export const paymentAnnotations = {
  customer: text,
  description: unsettable(text),
  metadata,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
};

export const paymentUpdate = {
  ...paymentDetails,
  ...paymentAnnotations,
  amount: integer,
  currency: text,
};

type PaymentUpdate = Read<typeof paymentUpdate>;

const changeable: ReadonlySet<string> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

/** The PaymentIntent with what a request says of it. @throws Refusal where it is too late. */
export function changedPayment(
  tx: Transaction,
  before: PaymentIntentRecord,
  params: PaymentUpdate,
): PaymentIntentRecord {
  const { amount, currency, customer, metadata: marks, shipping } = params;
  refuseInvoiceChange(tx, before, params);
  if (amount !== undefined) refuseLateChange(before, 'amount');
  if (currency !== undefined) refuseLateChange(before, 'currency');
  if (amount !== undefined) refuseAmount(amount, currency ?? before.currency);
  const holder = customer === undefined ? before.customer : tx.customer(customer, 'customer').id;
  const described: PaymentIntentRecord = {
    ...before,
    ...plainChanges(params),
    ...(amount === undefined ? {} : { amount }),
    ...(currency === undefined ? {} : { currency: currency.toLowerCase() }),
    customer: holder,
    last_payment_error: null,
    metadata: mergeMetadata(before.metadata, marks),
    ...optionChanges(before, params),
    ...(shipping === undefined
      ? {}
      : { shipping: shipping === null ? null : withShipping(before.shipping, shipping) }),
  };
  return withMethod(tx, described, params);
}

function plainChanges(params: PaymentUpdate): Partial<PaymentIntentRecord> {
  const { allowed_payment_method_types: allowed, capture_method, description } = params;
  const { receipt_email, setup_future_usage, statement_descriptor } = params;
  const { excluded_payment_method_types: excluded, statement_descriptor_suffix } = params;
  return {
    ...(allowed === undefined
      ? {}
      : { allowed_payment_method_types: [...allowed], payment_method_types: [...allowed] }),
    ...(excluded === undefined
      ? {}
      : { excluded_payment_method_types: excluded === null ? null : excludedOf(excluded) }),
    ...(capture_method === undefined ? {} : { capture_method }),
    ...(description === undefined ? {} : { description }),
    ...(receipt_email === undefined ? {} : { receipt_email }),
    ...(setup_future_usage === undefined ? {} : { setup_future_usage }),
    ...(statement_descriptor === undefined ? {} : { statement_descriptor }),
    ...(statement_descriptor_suffix === undefined ? {} : { statement_descriptor_suffix }),
  };
}

/** Link cannot be left out by name; it stands with the cards. */
const excludedOf = (types: readonly string[]) => types.filter((type) => type !== 'link');

function optionChanges(
  before: PaymentIntentRecord,
  { payment_method_options: options }: PaymentUpdate,
): Partial<PaymentIntentRecord> {
  if (options === undefined) return {};
  const { card, us_bank_account: account } = options;
  const { request_three_d_secure, network } = card ?? {};
  const own = before.payment_method_options?.card;
  return {
    payment_method_options: {
      ...before.payment_method_options,
      card: {
        installments: null,
        mandate_options: null,
        ...own,
        network: network ?? own?.network ?? null,
        request_three_d_secure: request_three_d_secure ?? own?.request_three_d_secure ?? null,
      },
      ...(account?.verification_method === undefined
        ? {}
        : { us_bank_account: { verification_method: account.verification_method } }),
    },
  };
}

/** A named or described method makes the PaymentIntent ready to be confirmed. */
function withMethod(
  tx: Transaction,
  intent: PaymentIntentRecord,
  { payment_method: id, payment_method_data: data }: PaymentUpdate,
): PaymentIntentRecord {
  if (id === undefined && data === undefined) return intent;
  if (!changeable.has(intent.status)) throw lateChange(intent, 'payment_method');
  const named = data === undefined ? id : createDescribed(tx, data).id;
  if (named === undefined) return intent;
  const method = methodForIntent(tx, named, intent);
  return {
    ...intent,
    next_action: null,
    payment_method: method.id,
    status: 'requires_confirmation',
  };
}

/** What an invoice decides about its PaymentIntent. */
const ofInvoice = ['amount', 'currency', 'customer', 'capture_method'] as const;

function refuseInvoiceChange(
  tx: Transaction,
  intent: PaymentIntentRecord,
  params: PaymentUpdate,
): void {
  const wrong = ofInvoice.find((name) => params[name] !== undefined);
  const invoice = wrong === undefined ? undefined : invoiceOf(tx, intent);
  if (wrong === undefined || invoice === undefined) return;
  throw invalidRequest(
    `The ${wrong} of a PaymentIntent that was created by an invoice cannot be changed: ` +
      `${invoice.id} decides it.`,
    { code: 'payment_intent_invalid_parameter', param: wrong, payment_intent: intent },
  );
}

function refuseLateChange(intent: PaymentIntentRecord, what: string): void {
  if (!changeable.has(intent.status)) throw lateChange(intent, what);
}

function lateChange(intent: PaymentIntentRecord, what: string) {
  return unexpectedState(
    `This PaymentIntent's ${what} could not be updated because it has a status of ` +
      `${intent.status}. You may only update the ${what} of a PaymentIntent with one of the ` +
      'following statuses: requires_payment_method, requires_confirmation, requires_action.',
    intent,
  );
}
