import { openPaymentOf } from '../objects/invoice-payments.ts';
import type { Attempted } from '../payments/attempted.ts';
import { declineDetails } from '../payments/charge-card.ts';
import {
  attachedMethod,
  attachedSource,
  choosePaymentMethod,
  nothingToCharge,
} from '../payments/choose-payment-method.ts';
import { refuseForeignMandate } from '../payments/mandates.ts';
import { type Answer, errorAnswer, invalidRequest } from '../protocol/answer.ts';
import { boolean, type Read, text, unsettable } from '../protocol/parameters.ts';
import { answering } from '../protocol/route.ts';
import type { InvoiceRecord, PaymentMethodRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';
import { finalizeInvoice, payOutOfBand } from './advance-invoice.ts';
import { collectInvoice } from './collect-invoice.ts';

export const paymentFields = {
  /** Only for sources that are filled beforehand, which nothing here is: it changes nothing. */
  forgive: boolean,
  mandate: unsettable(text),
  off_session: boolean,
  paid_out_of_band: boolean,
  payment_method: text,
  source: text,
};

type Payment = Read<typeof paymentFields>;

/** Charges an invoice that is still to be paid, once and off-session unless told otherwise. */
export function payInvoice(tx: Transaction, given: InvoiceRecord, params: Payment): object {
  refuseUnpayable(tx, given);
  const method = methodFor(tx, given, params);
  const invoice = given.status === 'draft' ? finalizeInvoice(tx, given) : given;
  if (invoice.status === 'paid') return invoice;
  if (method === undefined) return payOutOfBand(tx, invoice);
  const offSession = params.off_session ?? true;
  const attempted = collectInvoice(tx, invoice, method, { initiator: 'caller', offSession });
  if (attempted.kind === 'paid' || attempted.kind === 'processing') {
    return tx.get('invoices', invoice.id);
  }
  return answering(refusedPayment(attempted, method));
}

function refuseUnpayable(tx: Transaction, invoice: InvoiceRecord): void {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid');
  if (invoice.status === 'void') {
    throw invalidRequest('This invoice is void and can no longer be paid.', {
      code: 'invoice_not_editable',
    });
  }
  if (openPaymentOf(tx, invoice)?.intent.status !== 'processing') return;
  throw invalidRequest(
    'This invoice has a payment that is processing. Wait until it succeeds or fails.',
    { code: 'payment_intent_unexpected_state' },
  );
}

/** The method to charge; undefined where the payment was made outside of Stripe. */
function methodFor(
  tx: Transaction,
  invoice: InvoiceRecord,
  params: Payment,
): PaymentMethodRecord | undefined {
  if (params.paid_out_of_band) return undefined;
  if (params.payment_method !== undefined && params.source !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: payment_method, source.', {
      param: 'source',
    });
  }
  const chosen = namedMethod(tx, invoice, params) ?? choosePaymentMethod(tx, invoice);
  if (chosen === undefined) throw nothingToCharge();
  if (params.mandate) refuseForeignMandate(tx, chosen.id, params.mandate);
  return chosen;
}

function namedMethod(
  tx: Transaction,
  { customer }: InvoiceRecord,
  { payment_method: method, source }: Payment,
): PaymentMethodRecord | undefined {
  if (method !== undefined) return attachedMethod(tx, method, customer, 'payment_method');
  return source === undefined ? undefined : attachedSource(tx, source, customer, 'source');
}

/** The 402 of a payment that did not go through. */
function refusedPayment(
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
