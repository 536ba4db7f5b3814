import type Stripe from 'stripe';
import type { MethodSource } from '../payments/create-method.ts';
import { createMethod } from '../payments/create-method.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { invalidParameter } from '../protocol/answer.ts';
import {
  boolean,
  group,
  integer,
  metadata,
  oneOf,
  type Read,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import type { PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { addressOf, addressParameters } from './addresses.ts';

const optionalText = unsettable(text);

/** The types of PaymentMethod that are modelled. */
export const methodType = oneOf('card', 'us_bank_account', 'sepa_debit');

/** Every type that an intent can be limited to, of which only the modelled ones can be used. */
export const limitedType = oneOf('card', 'us_bank_account', 'sepa_debit', 'link');

export const billingDetails = group({
  address: unsettable(addressParameters),
  email: optionalText,
  name: optionalText,
  phone: optionalText,
  tax_id: text,
});

export const allowRedisplay = oneOf('always', 'limited', 'unspecified');

export const networkPreference = group({
  preferred: unsettable(oneOf('cartes_bancaires', 'mastercard', 'visa')),
});

/** What a PaymentMethod is made of: with the API, and along with an intent. */
export const methodDetails = {
  type: methodType,
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: group({
    cvc: text,
    exp_month: integer,
    exp_year: integer,
    networks: networkPreference,
    number: text,
    token: text,
  }),
  metadata,
  radar_options: group({ session: text }),
  sepa_debit: group({ iban: text }),
  us_bank_account: group({
    account_holder_type: oneOf('company', 'individual'),
    account_number: text,
    account_type: oneOf('checking', 'savings'),
    routing_number: text,
  }),
};

export type MethodDetails = Read<typeof methodDetails>;

/** Makes a PaymentMethod as a request describes it. */
export function createDescribed(tx: Transaction, details: MethodDetails): PaymentMethodRecord {
  const source: MethodSource = details;
  const described = withDetails(createMethod(tx, source), details);
  const preferred = details.card?.networks?.preferred;
  const method = preferred === undefined ? described : withNetwork(described, preferred);
  tx.replace('payment_methods', method);
  return method;
}

/** The method with the given details; what the bank checked is checked anew. */
export function withDetails(
  before: PaymentMethodRecord,
  details: Pick<MethodDetails, 'allow_redisplay' | 'billing_details' | 'metadata'>,
): PaymentMethodRecord {
  const { address, ...plain } = details.billing_details ?? {};
  const billing_details: Stripe.PaymentMethod.BillingDetails = {
    ...before.billing_details,
    ...plain,
    ...(address === undefined
      ? {}
      : { address: addressOf(before.billing_details.address, address) }),
  };
  return {
    ...before,
    ...(details.allow_redisplay === undefined ? {} : { allow_redisplay: details.allow_redisplay }),
    billing_details,
    metadata: mergeMetadata(before.metadata, details.metadata),
  };
}

/** The card with the network that the business prefers for it; null for no preference. */
export function withNetwork(
  method: PaymentMethodRecord,
  preferred: string | null,
): PaymentMethodRecord {
  if (method.type !== 'card') return method;
  const available = method.card.networks?.available ?? [];
  if (preferred !== null && !available.includes(preferred)) {
    throw invalidParameter(
      `The card network ${preferred} is not available for this card: ${available.join(', ')}.`,
      'card[networks][preferred]',
    );
  }
  return { ...method, card: { ...method.card, networks: { available, preferred } } };
}

/** How an account holder agreed to be debited. */
export const mandateData = unsettable(
  group({
    customer_acceptance: group({
      accepted_at: integer,
      offline: group({}),
      online: group({ infer_from_client: boolean, ip_address: text, user_agent: text }),
      type: oneOf('online', 'offline'),
    }),
  }),
);

export const automaticMethods = group({
  allow_redirects: oneOf('always', 'never'),
  enabled: boolean,
});

/** What is asked of a card's bank, and how a bank account is verified. */
export const setupOptions = group({
  card: group({
    network: text,
    request_three_d_secure: oneOf('any', 'automatic', 'challenge'),
    setup_credential_usage: oneOf('installment', 'recurring', 'unscheduled'),
  }),
  sepa_debit: group({ mandate_options: group({ reference_prefix: text }) }),
  us_bank_account: group({ verification_method: oneOf('automatic', 'microdeposits') }),
});
