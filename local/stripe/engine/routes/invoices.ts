import {
  finalizeInvoice,
  markUncollectible,
  payOutOfBand,
  voidInvoice,
} from '../billing/advance-invoice.ts';
import { collectInvoice, nextPaymentAttempt } from '../billing/collect-invoice.ts';
import { subscriptionIdOf, updateInvoice } from '../billing/record-change.ts';
import type { Attempted } from '../payments/attempt-payment.ts';
import { declineDetails } from '../payments/charge-card.ts';
import { attachedMethod, choosePaymentMethod } from '../payments/choose-payment-method.ts';
import { mergeMetadata } from '../payments/payment-methods.ts';
import { type Answer, errorAnswer, invalidRequest } from '../protocol/answer.ts';
import { listParameters, listRows } from '../protocol/list.ts';
import {
  boolean,
  metadata,
  oneOf,
  type Read,
  text,
  timeRange,
  unsettable,
} from '../protocol/parameters.ts';
import { answering, type Route, route } from '../protocol/route.ts';
import type { InvoiceRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

const changes = {
  auto_advance: boolean,
  default_payment_method: unsettable(text),
  description: unsettable(text),
  metadata,
};

const payment = { payment_method: text, off_session: boolean, paid_out_of_band: boolean };

export const invoiceRoutes: readonly Route[] = [
  route('GET', '/v1/invoices/*', {}, (tx, _params, id) => tx.get('invoices', id)),
  route(
    'GET',
    '/v1/invoices',
    {
      ...listParameters,
      collection_method: oneOf('charge_automatically', 'send_invoice'),
      created: timeRange,
      customer: text,
      status: oneOf('draft', 'open', 'paid', 'uncollectible', 'void'),
      subscription: text,
    },
    (tx, params) => listRows(tx.rows('invoices'), wanted(params), params, '/v1/invoices'),
  ),
  route('POST', '/v1/invoices/*', changes, (tx, params, id) => change(tx, id, params)),
  route('POST', '/v1/invoices/*/finalize', { auto_advance: boolean }, (tx, params, id) => {
    const draft = tx.get('invoices', id);
    const { auto_advance = draft.auto_advance } = params;
    const open = finalizeInvoice(tx, draft);
    if (open.status !== 'open') return open;
    return updateInvoice(tx, open, {
      auto_advance,
      next_payment_attempt: auto_advance ? tx.now + 3600 : null,
    });
  }),
  route('POST', '/v1/invoices/*/pay', payment, pay),
  route('POST', '/v1/invoices/*/void', {}, (tx, _params, id) =>
    voidInvoice(tx, tx.get('invoices', id)),
  ),
  route('POST', '/v1/invoices/*/mark_uncollectible', {}, (tx, _params, id) =>
    markUncollectible(tx, tx.get('invoices', id)),
  ),
];

function wanted(params: {
  readonly collection_method?: string;
  readonly created?: (time: number) => boolean;
  readonly customer?: string;
  readonly status?: string;
  readonly subscription?: string;
}): (row: InvoiceRecord) => boolean {
  const same = (given: string | undefined, value: string | undefined) =>
    given === undefined || given === value;
  return (row) =>
    same(params.collection_method, row.collection_method) &&
    same(params.customer, row.customer) &&
    same(params.status, row.status) &&
    same(params.subscription, subscriptionIdOf(row)) &&
    (params.created?.(row.created) ?? true);
}

function change(tx: Transaction, id: string, params: Read<typeof changes>): InvoiceRecord {
  const before = tx.get('invoices', id);
  const { metadata: marks, auto_advance, default_payment_method: method, ...plain } = params;
  if (typeof method === 'string') {
    attachedMethod(tx, method, before.customer, 'default_payment_method');
  }
  const after: InvoiceRecord = {
    ...before,
    ...plain,
    ...(method === undefined ? {} : { default_payment_method: method }),
    metadata: mergeMetadata(before.metadata, marks),
  };
  if (auto_advance === undefined) return updateInvoice(tx, before, after);
  return updateInvoice(tx, before, { ...after, ...advancing(tx, after, auto_advance) });
}

/** Off: Stripe's retries of this invoice end. On: it is Stripe's again, by its schedule. */
function advancing(
  tx: Transaction,
  invoice: InvoiceRecord,
  wantsAdvance: boolean,
): Partial<InvoiceRecord> {
  if (wantsAdvance === invoice.auto_advance) return {};
  const isUnfinished = invoice.status === 'draft' || invoice.status === 'open';
  if (wantsAdvance && !isUnfinished) {
    throw invalidRequest(
      `auto_advance cannot be switched on for an invoice that is ${invoice.status}.`,
      { code: 'invoice_not_editable', param: 'auto_advance' },
    );
  }
  const advanced = { ...invoice, auto_advance: wantsAdvance };
  if (invoice.status === 'draft') {
    return {
      auto_advance: wantsAdvance,
      automatically_finalizes_at: wantsAdvance ? tx.now + 3600 : null,
    };
  }
  return { auto_advance: wantsAdvance, next_payment_attempt: nextPaymentAttempt(tx, advanced) };
}

/** Charges an invoice that is still to be paid, once and off-session unless told otherwise. */
function pay(tx: Transaction, params: Read<typeof payment>, id: string): object {
  const given = tx.get('invoices', id);
  refuseUnpayable(given);
  const method = methodFor(tx, given, params);
  const invoice = given.status === 'draft' ? finalizeInvoice(tx, given) : given;
  if (invoice.status === 'paid') return invoice;
  if (method === undefined) return payOutOfBand(tx, invoice);
  const offSession = params.off_session ?? true;
  const attempted = collectInvoice(tx, invoice, method, { initiator: 'caller', offSession });
  if (attempted.kind === 'paid' || attempted.kind === 'processing') return tx.get('invoices', id);
  return answering(refusedPayment(attempted, method));
}

function refuseUnpayable(invoice: InvoiceRecord): void {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid');
  if (invoice.status === 'void') {
    throw invalidRequest('This invoice is void and can no longer be paid.', {
      code: 'invoice_not_editable',
    });
  }
}

/** The method to charge; undefined where the payment was made outside of Stripe. */
function methodFor(
  tx: Transaction,
  invoice: InvoiceRecord,
  params: Read<typeof payment>,
): PaymentMethodRecord | undefined {
  if (params.paid_out_of_band) return undefined;
  if (params.payment_method !== undefined) {
    return attachedMethod(tx, params.payment_method, invoice.customer, 'payment_method');
  }
  const chosen = choosePaymentMethod(tx, invoice);
  if (chosen === undefined) {
    throw invalidRequest(
      'This customer has no attached payment source or default payment method. Please consider ' +
        'adding a default payment method. For more information, visit ' +
        'https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority.',
      { code: 'resource_missing' },
    );
  }
  return chosen;
}

/** The 402 of a payment that did not go through. */
export function refusedPayment(
  attempted: Exclude<Attempted, { kind: 'paid' | 'processing' }>,
  method: PaymentMethodRecord,
): Answer {
  if (attempted.kind === 'action_required') {
    return errorAnswer(402, {
      type: 'invalid_request_error',
      code: 'invoice_payment_intent_requires_action',
      message:
        'Payment for this invoice requires additional user action before it can be completed ' +
        'successfully. Payment can be completed using the PaymentIntent associated with the invoice.',
      payment_intent: attempted.intent,
    });
  }
  const { charge, decline, intent } = attempted;
  return errorAnswer(402, {
    ...declineDetails(decline, charge.id),
    payment_intent: intent,
    payment_method: method,
  });
}
