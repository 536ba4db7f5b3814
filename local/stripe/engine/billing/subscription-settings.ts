import type Stripe from 'stripe';
import { attachedMethod, attachedSource } from '../payments/choose-payment-method.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import {
  boolean,
  group,
  integer,
  listOf,
  metadata,
  oneOf,
  type Read,
  type Reader,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { SubscriptionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { currentPeriod } from './current-period.ts';

type CancelAt = number | 'max_period_end' | 'min_period_end';

/** A time, or the end of a period by name: here all items share one period. */
const cancelAt: Reader<CancelAt> = (value, name) =>
  value === 'max_period_end' || value === 'min_period_end' ? value : integer(value, name);

const threeDSecure = oneOf('any', 'automatic', 'challenge');

/** The parameters that are kept as they are given, by creation and update alike. */
export const settingFields = {
  cancel_at: unsettable(cancelAt),
  cancel_at_period_end: boolean,
  collection_method: oneOf('charge_automatically', 'send_invoice'),
  days_until_due: integer,
  default_payment_method: unsettable(text),
  default_source: unsettable(text),
  description: unsettable(text),
  invoice_settings: group({
    custom_fields: unsettable(listOf(group({ name: text, value: text }))),
    description: unsettable(text),
    footer: unsettable(text),
  }),
  metadata: unsettable(metadata),
  off_session: boolean,
  payment_settings: group({
    payment_method_options: group({ card: group({ request_three_d_secure: threeDSecure }) }),
    payment_method_types: unsettable(listOf(text)),
    save_default_payment_method: oneOf('off', 'on_subscription'),
  }),
  trial_settings: group({
    end_behavior: group({
      missing_payment_method: oneOf('cancel', 'create_invoice', 'pause'),
    }),
  }),
};

type Settings = Read<typeof settingFields>;

/** What the given settings make of a subscription. */
export function settingsOf(
  tx: Transaction,
  before: SubscriptionRecord,
  given: Settings,
): Partial<SubscriptionRecord> {
  const { default_payment_method: method, default_source: source, description } = given;
  if (typeof method === 'string') {
    attachedMethod(tx, method, before.customer, 'default_payment_method');
  }
  if (typeof source === 'string') {
    attachedSource(tx, source, before.customer, 'default_source');
  }
  const missing = given.trial_settings?.end_behavior?.missing_payment_method;
  return {
    metadata: given.metadata === null ? {} : mergeMetadata(before.metadata, given.metadata),
    ...(method === undefined ? {} : { default_payment_method: method }),
    ...(source === undefined ? {} : { default_source: source }),
    ...(description === undefined ? {} : { description }),
    ...collectionOf(before, given),
    ...cancellationOf(tx, before, given),
    ...(missing === undefined ? {} : { trial_settings: trialSettings(missing) }),
    invoice_settings: invoiceSettings(before, given.invoice_settings),
    payment_settings: paymentSettings(before, given.payment_settings),
  };
}

function trialSettings(missing: 'cancel' | 'create_invoice' | 'pause') {
  return { end_behavior: { billing_cycle_anchor: null, missing_payment_method: missing } };
}

function collectionOf(before: SubscriptionRecord, given: Settings): Partial<SubscriptionRecord> {
  const { collection_method: method = before.collection_method, days_until_due: days } = given;
  if (method === 'charge_automatically') {
    if (days === undefined) return { collection_method: method, days_until_due: null };
    throw invalidParameter(
      'days_until_due can only be set if collection_method is send_invoice.',
      'days_until_due',
    );
  }
  const until = days ?? before.days_until_due;
  if (until === null) {
    throw invalidParameter(
      'You must set days_until_due if collection_method is send_invoice.',
      'days_until_due',
      'parameter_missing',
    );
  }
  return { collection_method: method, days_until_due: until };
}

function cancellationOf(
  tx: Transaction,
  before: SubscriptionRecord,
  given: Settings,
): Partial<SubscriptionRecord> {
  const { cancel_at: at, cancel_at_period_end: atEnd } = given;
  if (typeof at === 'number' && at <= tx.now) {
    throw invalidRequest('cancel_at must be a timestamp in the future', { param: 'cancel_at' });
  }
  if (atEnd !== true && (at === undefined || at === null)) {
    if (at === undefined && atEnd === undefined) return {};
    const isOff = atEnd === false && at === undefined && !before.cancel_at_period_end;
    return isOff ? {} : notCanceled;
  }
  return {
    cancel_at: typeof at === 'number' ? at : currentPeriod(before).end,
    cancel_at_period_end: atEnd === true,
    canceled_at: tx.now,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      ...before.cancellation_details,
      reason: 'cancellation_requested',
    },
  };
}

const notCanceled: Partial<SubscriptionRecord> = {
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
};

function invoiceSettings(
  { invoice_settings: before }: SubscriptionRecord,
  given: Settings['invoice_settings'],
): SubscriptionRecord['invoice_settings'] {
  if (given === undefined) return before;
  const { custom_fields: fields, ...texts } = given;
  return {
    ...before,
    ...texts,
    ...(fields === undefined ? {} : { custom_fields: customFieldsOf(fields) }),
  };
}

/** The fields that an invoice shows in its head. */
export function customFieldsOf(
  given: readonly { readonly name?: string; readonly value?: string }[] | null,
): { name: string; value: string }[] | null {
  return given?.map(({ name = '', value = '' }) => ({ name, value })) ?? null;
}

type PaymentSettings = Stripe.Subscription.PaymentSettings;

function paymentSettings(
  { payment_settings: before }: SubscriptionRecord,
  given: Settings['payment_settings'],
): PaymentSettings {
  if (given === undefined) return before;
  const { payment_method_options: options, payment_method_types: types } = given;
  const { save_default_payment_method: saves } = given;
  return {
    ...before,
    ...(saves === undefined ? {} : { save_default_payment_method: saves }),
    ...(types === undefined ? {} : { payment_method_types: types === null ? null : [...types] }),
    ...(options === undefined
      ? {}
      : { payment_method_options: cardOptions(options.card?.request_three_d_secure ?? null) }),
  };
}

function cardOptions(
  requestThreeDSecure: 'any' | 'automatic' | 'challenge' | null,
): PaymentSettings['payment_method_options'] {
  return {
    acss_debit: null,
    bancontact: null,
    card: { network: null, request_three_d_secure: requestThreeDSecure },
    customer_balance: null,
    konbini: null,
    payto: null,
    pix: null,
    sepa_debit: null,
    upi: null,
    us_bank_account: null,
  };
}
