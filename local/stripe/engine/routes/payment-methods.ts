import {
  attach,
  cardOfToken,
  createFromCard,
  detach,
  mergeMetadata,
} from '../payments/payment-methods.ts';
import { invalidParameter } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  group,
  integer,
  metadata,
  oneOf,
  required,
  text,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { addressOf, addressParameters } from './customers.ts';

const optionalText = unsettable(text);
const billingDetails = group({
  address: unsettable(addressParameters),
  email: optionalText,
  name: optionalText,
  phone: optionalText,
});

export const paymentMethodRoutes: readonly Route[] = [
  route(
    'POST',
    '/v1/payment_methods',
    {
      type: oneOf('card'),
      card: group({ token: text }),
      billing_details: billingDetails,
      metadata,
    },
    (tx, params) => {
      required(params.type, 'type');
      const token = required(required(params.card, 'card').token, 'card[token]');
      const method = createFromCard(tx, cardOfToken(token));
      const created = changed(method, params);
      tx.replace('payment_methods', created);
      return created;
    },
  ),
  route('GET', '/v1/payment_methods/*', {}, (tx, _params, id) => tx.get('payment_methods', id)),
  route(
    'POST',
    '/v1/payment_methods/*',
    {
      card: group({ exp_month: integer, exp_year: integer }),
      billing_details: billingDetails,
      metadata,
    },
    (tx, params, id) => {
      const before = tx.get('payment_methods', id);
      const after = withExpiry(changed(before, params), params.card ?? {});
      tx.replace('payment_methods', after);
      tx.emit('payment_method.updated', after, before);
      return after;
    },
  ),
  route('POST', '/v1/payment_methods/*/attach', { customer: text }, (tx, params, id) =>
    attach(tx, id, tx.customer(required(params.customer, 'customer'), 'customer').id),
  ),
  route('POST', '/v1/payment_methods/*/detach', {}, (tx, _params, id) =>
    detach(tx, tx.get('payment_methods', id)),
  ),
  route(
    'GET',
    '/v1/payment_methods',
    { ...listParameters, customer: text, type: oneOf('card') },
    (tx, params) => listOfCustomer(tx, params),
  ),
];

function listOfCustomer(
  tx: Transaction,
  params: Parameters<typeof listRows>[2] & { readonly customer?: string },
) {
  const customer = tx.customer(required(params.customer, 'customer'), 'customer').id;
  const rows = tx.rows('payment_methods');
  return listRows(rows, (row) => row.customer === customer, params, '/v1/payment_methods');
}

function changed(
  before: PaymentMethodRecord,
  params: {
    readonly billing_details?: ReturnType<typeof billingDetails>;
    readonly metadata?: Readonly<Record<string, string>>;
  },
): PaymentMethodRecord {
  const { address, ...plain } = params.billing_details ?? {};
  return {
    ...before,
    billing_details: {
      ...before.billing_details,
      ...plain,
      ...(address === undefined
        ? {}
        : { address: addressOf(before.billing_details.address, address) }),
    },
    metadata: mergeMetadata(before.metadata, params.metadata),
  };
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
