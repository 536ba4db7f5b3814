import { mergeMetadata } from '../payments/payment-methods.ts';
import { refundCharge, updateRefund } from '../payments/refund-charge.ts';
import { invalidParameter, invalidRequest } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import { integer, metadata, oneOf, type Read, text, timeRange } from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { ChargeRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const order = {
  amount: integer,
  charge: text,
  metadata,
  payment_intent: text,
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
};

export const refundRoutes: readonly Route[] = [
  route('POST', '/v1/refunds', order, (tx, params) =>
    refundCharge(tx, chargeOf(tx, params), {
      amount: params.amount,
      metadata: mergeMetadata(null, params.metadata),
      reason: params.reason ?? null,
    }),
  ),
  route('GET', '/v1/refunds/*', {}, (tx, _params, id) => tx.get('refunds', id)),
  route('POST', '/v1/refunds/*', { metadata }, (tx, params, id) => {
    const before = tx.get('refunds', id);
    const marks = mergeMetadata(before.metadata, params.metadata);
    return updateRefund(tx, before, { ...before, metadata: marks });
  }),
  route('POST', '/v1/refunds/*/cancel', {}, (tx, _params, id) => {
    const { status } = tx.get('refunds', id);
    throw invalidRequest(
      `This refund cannot be canceled because it has a status of ${status}. Only a refund with ` +
        'a status of requires_action can be canceled.',
      { code: 'status_transition_invalid' },
    );
  }),
  route(
    'GET',
    '/v1/refunds',
    { ...listParameters, charge: text, created: timeRange, payment_intent: text },
    (tx, params) =>
      listRows(
        tx.rows('refunds'),
        (row) =>
          (params.charge === undefined || row.charge === params.charge) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/refunds',
      ),
  ),
];

/** The charge to give back: named, or the one that paid a PaymentIntent. */
function chargeOf(tx: Transaction, params: Read<typeof order>): ChargeRecord {
  if (params.charge !== undefined) return tx.get('charges', params.charge, 'charge');
  if (params.payment_intent === undefined) {
    throw invalidParameter(
      'One of the following params should be provided for this request: payment_intent or charge.',
      'charge',
      'parameter_missing',
    );
  }
  const intent = tx.get('payment_intents', params.payment_intent, 'payment_intent');
  if (intent.status === 'succeeded' && intent.latest_charge !== null) {
    return tx.get('charges', intent.latest_charge);
  }
  throw invalidRequest(
    `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    { code: 'payment_intent_unexpected_state', param: 'payment_intent', payment_intent: intent },
  );
}
