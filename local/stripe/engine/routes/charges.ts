import { captureIntent } from '../intents/capture-intent.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { isWanted, listParameters, listRows } from '../protocol/list.ts';
import {
  group,
  integer,
  metadata,
  oneOf,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import { shippingParameters, withShipping } from './shipping.ts';

/** What was charged: made by PaymentIntents, read and annotated here. */
export const chargeRoutes: readonly Route[] = [
  route('GET', '/v1/charges/*', {}, (tx, _params, id) => tx.get('charges', id)),
  route(
    'POST',
    '/v1/charges/*',
    {
      description: unsettable(text),
      fraud_details: group({ user_report: unsettable(oneOf('fraudulent', 'safe')) }),
      metadata,
      receipt_email: unsettable(text),
      shipping: shippingParameters,
    },
    (tx, params, id) => {
      const before = tx.get('charges', id);
      const { fraud_details: fraud, metadata: marks, shipping, ...plain } = params;
      const report = fraud?.user_report;
      const after = {
        ...before,
        ...plain,
        ...(report === undefined
          ? {}
          : { fraud_details: report === null ? {} : { user_report: report } }),
        ...(shipping === undefined ? {} : { shipping: withShipping(before.shipping, shipping) }),
        metadata: mergeMetadata(before.metadata, marks),
      };
      tx.replace('charges', after);
      tx.emit('charge.updated', after, before);
      return after;
    },
  ),
  route(
    'POST',
    '/v1/charges/*/capture',
    {
      amount: integer,
      receipt_email: text,
      statement_descriptor: text,
      statement_descriptor_suffix: text,
    },
    (tx, params, id) => {
      const { amount, ...change } = params;
      const charge = tx.get('charges', id);
      const intent = tx.get('payment_intents', charge.payment_intent);
      captureIntent(tx, intent, { amount, change, metadata: undefined });
      return tx.get('charges', id);
    },
  ),
  route(
    'GET',
    '/v1/charges',
    { ...listParameters, customer: text, payment_intent: text, created: timeRange },
    (tx, params) =>
      listRows(
        tx.rows('charges'),
        (row) =>
          isWanted(params.customer, row.customer) &&
          isWanted(params.payment_intent, row.payment_intent) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/charges',
      ),
  ),
];
