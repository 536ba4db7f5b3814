import {
  loseDispute,
  refuseClosed,
  submitEvidence,
  updateDispute,
} from '../payments/open-dispute.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  group,
  metadata,
  type Read,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { type Route, route } from '../protocol/route.ts';
import type { DisputeRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const words = unsettable(text);

/** What the business can say; the files among it are named by their ids. */
const evidence = group({
  access_activity_log: words,
  billing_address: words,
  cancellation_policy: words,
  cancellation_policy_disclosure: words,
  cancellation_rebuttal: words,
  customer_communication: words,
  customer_email_address: words,
  customer_name: words,
  customer_purchase_ip: words,
  customer_signature: words,
  duplicate_charge_documentation: words,
  duplicate_charge_explanation: words,
  duplicate_charge_id: words,
  product_description: words,
  receipt: words,
  refund_policy: words,
  refund_policy_disclosure: words,
  refund_refusal_explanation: words,
  service_date: words,
  service_documentation: words,
  shipping_address: words,
  shipping_carrier: words,
  shipping_date: words,
  shipping_documentation: words,
  shipping_tracking_number: words,
  uncategorized_file: words,
  uncategorized_text: words,
});

const changes = { evidence, metadata, submit: boolean };

export const disputeRoutes: readonly Route[] = [
  route('GET', '/v1/disputes/*', {}, (tx, _params, id) => tx.get('disputes', id)),
  route('POST', '/v1/disputes/*', changes, change),
  route('POST', '/v1/disputes/*/close', {}, (tx, _params, id) => {
    const dispute = tx.get('disputes', id);
    refuseClosed(dispute);
    return loseDispute(tx, dispute);
  }),
  route(
    'GET',
    '/v1/disputes',
    { ...listParameters, charge: text, created: timeRange, payment_intent: text },
    (tx, params) =>
      listRows(
        tx.rows('disputes'),
        (row) =>
          (params.charge === undefined || row.charge === params.charge) &&
          (params.payment_intent === undefined || row.payment_intent === params.payment_intent) &&
          (params.created?.(row.created) ?? true),
        params,
        '/v1/disputes',
      ),
  ),
];

/** Evidence goes to the bank at once unless `submit` is false (the docs of `submit`). */
function change(tx: Transaction, params: Read<typeof changes>, id: string): DisputeRecord {
  const before = tx.get('disputes', id);
  const { evidence: given, metadata: marks, submit } = params;
  if (given !== undefined || submit) refuseClosed(before);
  const hasEvidence = given !== undefined && Object.keys(given).length > 0;
  const after = updateDispute(tx, before, {
    evidence: { ...before.evidence, ...given },
    evidence_details: {
      ...before.evidence_details,
      has_evidence: before.evidence_details.has_evidence || hasEvidence,
    },
    metadata: mergeMetadata(before.metadata, marks),
  });
  return (submit ?? hasEvidence) ? submitEvidence(tx, after) : after;
}
