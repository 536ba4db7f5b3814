import * as z from 'zod/mini';
import { networkUpdates, readOutcomes } from '../../engine/local-operations/cards.ts';
import { disputeReasons, fraudTypes } from '../../engine/local-operations/payments.ts';
import { done, type Operation, read } from './operation.ts';

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
  {
    method: 'POST',
    path: 'cards/*',
    run({ control }, id, body) {
      control.setCardOutcomes(id, readOutcomes(read(outcomesBody, body).outcomes));
      return done;
    },
  },
  {
    method: 'POST',
    path: 'cards/*/expire',
    run({ control }, id) {
      control.expireCard(id);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'cards/*/network-update',
    run({ control }, id, body) {
      control.updateCardByNetwork(id, read(updateBody, body).update);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'subscriptions/*/renew',
    run: ({ control }, id) => control.renewNow(id),
  },
  {
    method: 'POST',
    path: 'charges/*/settle',
    run({ control }, id) {
      control.settleDebit(id);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'charges/*/return',
    run({ control }, id, body) {
      control.returnDebit(id, read(returnBody, body).code);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'charges/*/dispute',
    run({ control }, id, body) {
      const { reason, kind } = read(disputeBody, body);
      control.openDispute(id, reason, kind);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'disputes/*/decide',
    run({ control }, id, body) {
      control.decideDispute(id, read(decisionBody, body).won);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'charges/*/fraud-warning',
    run({ control }, id, body) {
      control.warnOfFraud(id, read(warningBody, body).fraud_type);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'mandates/*/deactivate',
    run({ control }, id) {
      control.deactivateMandate(id);
      return done;
    },
  },
  {
    method: 'POST',
    path: 'intents/*/authentication',
    run({ control }, id, body) {
      control.finishAuthentication(id, read(answerBody, body).succeeds);
      return done;
    },
  },
];
