import { getMethod } from '../objects/find-method.ts';
import { attach, detach } from '../payments/payment-methods.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  group,
  integer,
  metadata,
  oneOf,
  type Read,
  required,
  text,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import {
  allowRedisplay,
  billingDetails,
  createDescribed,
  methodDetails,
  methodType,
  networkPreference,
  withDetails,
  withNetwork,
} from './payment-parameters.ts';

const changes = {
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: group({ exp_month: integer, exp_year: integer, networks: networkPreference }),
  metadata,
  us_bank_account: group({
    account_holder_type: oneOf('company', 'individual'),
    account_type: oneOf('checking', 'savings'),
  }),
};

export const paymentMethodRoutes: readonly Route[] = [
  route('POST', '/v1/payment_methods', methodDetails, (tx, params) => createDescribed(tx, params)),
  route('GET', '/v1/payment_methods/*', {}, (tx, _params, id) => getMethod(tx, id)),
  route('POST', '/v1/payment_methods/*', changes, change),
  route('POST', '/v1/payment_methods/*/attach', { customer: text }, (tx, params, id) =>
    attach(tx, id, tx.customer(required(params.customer, 'customer'), 'customer').id),
  ),
  route('POST', '/v1/payment_methods/*/detach', {}, (tx, _params, id) =>
    detach(tx, tx.get('payment_methods', id)),
  ),
  route(
    'GET',
    '/v1/payment_methods',
    { ...listParameters, allow_redisplay: allowRedisplay, customer: text, type: methodType },
    (tx, params) => {
      const customer = tx.customer(required(params.customer, 'customer'), 'customer').id;
      return listRows(
        tx.rows('payment_methods'),
        (row) =>
          row.customer === customer &&
          (params.type === undefined || row.type === params.type) &&
          (params.allow_redisplay === undefined || row.allow_redisplay === params.allow_redisplay),
        params,
        '/v1/payment_methods',
      );
    },
  ),
];

function change(tx: Transaction, params: Read<typeof changes>, id: string): PaymentMethodRecord {
  const before = tx.get('payment_methods', id);
  if (before.customer === null) {
    throw invalidRequest(
      'You must save this PaymentMethod to a customer before you can update it.',
    );
  }
  const described = withDetails(before, params);
  const preferred = params.card?.networks?.preferred;
  const preferring = preferred === undefined ? described : withNetwork(described, preferred);
  const after = withHolder(withExpiry(preferring, params.card ?? {}), params.us_bank_account ?? {});
  tx.replace('payment_methods', after);
  tx.emit('payment_method.updated', after, before);
  return after;
}

function withHolder(
  method: PaymentMethodRecord,
  account: NonNullable<Read<typeof changes>['us_bank_account']>,
): PaymentMethodRecord {
  if (method.type !== 'us_bank_account') return method;
  return { ...method, us_bank_account: { ...method.us_bank_account, ...account } };
}

function withExpiry(
  method: PaymentMethodRecord,
  card: { readonly exp_month?: number; readonly exp_year?: number },
): PaymentMethodRecord {
  if (method.type !== 'card') return method;
  const { exp_month = method.card.exp_month, exp_year = method.card.exp_year } = card;
  if (exp_month < 1 || exp_month > 12) {
    throw invalidParameter(
      "Your card's expiration month is invalid.",
      'card[exp_month]',
      'invalid_expiry_month',
    );
  }
  if (exp_year < 2000 || exp_year > 2099) {
    throw invalidParameter(
      "Your card's expiration year is invalid.",
      'card[exp_year]',
      'invalid_expiry_year',
    );
  }
  return { ...method, card: { ...method.card, exp_month, exp_year } };
}
