import type Stripe from 'stripe';
import type { BankMethodRecord, MandateRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** How the account holder agreed to be debited. */
export type Acceptance = Stripe.Mandate.CustomerAcceptance;

/** What the agreement is for: any later payment, or this one. */
export type MandateScope =
  | { readonly type: 'multi_use' }
  | { readonly type: 'single_use'; readonly amount: number; readonly currency: string };

export function buildMandate(
  tx: Transaction,
  method: BankMethodRecord,
  acceptance: Acceptance,
  scope: MandateScope,
  status: MandateRecord['status'],
): MandateRecord {
  const id = tx.id('mandate');
  const { type } = scope;
  return {
    id,
    object: 'mandate',
    customer_acceptance: acceptance,
    livemode: false,
    ...(scope.type === 'multi_use'
      ? { multi_use: {} }
      : { single_use: { amount: scope.amount, currency: scope.currency } }),
    payment_method: method.id,
    payment_method_details: detailsOf(tx, method, id),
    status,
    type,
  };
}

function detailsOf(
  tx: Transaction,
  method: BankMethodRecord,
  id: string,
): Stripe.Mandate.PaymentMethodDetails {
  if (method.type === 'us_bank_account') return { type: 'us_bank_account', us_bank_account: {} };
  const reference = tx.token(`mandate:${id}`, 16).toUpperCase();
  const url = `${tx.settings.hostedUrl}/mandate/${reference}`;
  return { sepa_debit: { reference, url }, type: 'sepa_debit' };
}
