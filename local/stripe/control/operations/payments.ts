import * as z from 'zod/mini';
import { networkUpdates, readOutcomes } from '../../engine/local-operations/cards.ts';
import { disputeReasons, fraudTypes } from '../../engine/local-operations/payments.ts';
import { type Operation, order, read } from './operation.ts';

const outcomesBody = z.strictObject({ outcomes: z.array(z.string()) });
const returnBody = z.strictObject({ code: z.string() });
const disputeBody = z.strictObject({
  reason: z.enum(disputeReasons),
  kind: z._default(z.enum(['chargeback', 'inquiry']), 'chargeback'),
});
const decisionBody = z.strictObject({ won: z.boolean() });
const warningBody = z.strictObject({ fraud_type: z.enum(fraudTypes) });
const answerBody = z.strictObject({ succeeds: z.boolean() });
const updateBody = z.strictObject({ update: z.enum(networkUpdates) });

/** What banks, issuers and customers do to cards and charges, and renewals. */
export const paymentOperations: readonly Operation[] = [
  { method: 'GET', path: 'charges', run: ({ control }) => control.charges() },
  order('POST', 'cards/*', (control, id, body) => {
    control.setCardOutcomes(id, readOutcomes(read(outcomesBody, body).outcomes));
  }),
  order('POST', 'cards/*/expire', (control, id) => {
    control.expireCard(id);
  }),
  order('POST', 'cards/*/network-update', (control, id, body) => {
    control.updateCardByNetwork(id, read(updateBody, body).update);
  }),
  {
    method: 'POST',
    path: 'subscriptions/*/renew',
    run: ({ control }, id) => control.renewNow(id),
  },
  order('POST', 'charges/*/settle', (control, id) => {
    control.settleDebit(id);
  }),
  order('POST', 'charges/*/return', (control, id, body) => {
    control.returnDebit(id, read(returnBody, body).code);
  }),
  order('POST', 'charges/*/dispute', (control, id, body) => {
    const { reason, kind } = read(disputeBody, body);
    control.openDispute(id, reason, kind);
  }),
  order('POST', 'disputes/*/decide', (control, id, body) => {
    control.decideDispute(id, read(decisionBody, body).won);
  }),
  order('POST', 'charges/*/fraud-warning', (control, id, body) => {
    control.warnOfFraud(id, read(warningBody, body).fraud_type);
  }),
  order('POST', 'mandates/*/deactivate', (control, id) => {
    control.deactivateMandate(id);
  }),
  order('POST', 'intents/*/authentication', (control, id, body) => {
    control.finishAuthentication(id, read(answerBody, body).succeeds);
  }),
];
