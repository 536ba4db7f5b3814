import type { BalanceTransactionRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What moved: all amounts in minor units, negative where money left the account. */
export interface Movement {
  readonly amount: number;
  readonly currency: string;
  readonly description: string | null;
  readonly fee: number;
  readonly feeDescription: string;
  readonly source: string;
  readonly type:
    | 'charge'
    | 'payment'
    | 'refund'
    | 'payment_refund'
    | 'adjustment'
    | 'refund_failure';
  readonly reportingCategory: string;
}

const daySeconds = 86_400;

/** Puts a movement of the account's balance on record; available two days later. */
export function recordMovement(tx: Transaction, movement: Movement): BalanceTransactionRecord {
  const { amount, currency, fee } = movement;
  const transaction: BalanceTransactionRecord = {
    id: tx.id('txn'),
    object: 'balance_transaction',
    amount,
    available_on: tx.now + 2 * daySeconds,
    balance_type: 'payments',
    created: tx.now,
    currency,
    description: movement.description,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency,
              description: movement.feeDescription,
              type: 'stripe_fee',
            },
          ],
    net: amount - fee,
    reporting_category: movement.reportingCategory,
    source: movement.source,
    status: 'pending',
    type: movement.type,
  };
  tx.insert('balance_transactions', transaction);
  return transaction;
}

/** Stripe's standard prices in the United States (stripe.com/pricing), in minor units. */
export function processingFee(type: string, amount: number): number {
  if (type === 'us_bank_account') return Math.min(500, Math.round(amount * 0.008));
  if (type === 'sepa_debit') return Math.min(600, Math.round(amount * 0.008) + 30);
  return Math.min(amount, Math.round(amount * 0.029) + 30);
}
