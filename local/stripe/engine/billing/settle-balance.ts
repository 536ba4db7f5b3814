import { leastCharge } from '../payments/minimum-amounts.ts';
import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/** What an invoice comes to once the customer's balance is counted in. */
export interface Balanced {
  readonly starting_balance: number;
  readonly ending_balance: number;
  readonly amount_due: number;
  readonly amount_remaining: number;
}

/**
 * A negative balance is a credit, a positive one is owed. What is too little to be charged is put
 * on the balance for the next invoice, and so is what a negative total leaves.
 */
export function balanceOf(invoice: InvoiceRecord, startingBalance: number): Balanced {
  const sum = invoice.total + startingBalance;
  const isCharged = sum >= leastCharge(invoice.currency);
  const due = isCharged ? sum : 0;
  return {
    starting_balance: startingBalance,
    ending_balance: isCharged ? 0 : sum,
    amount_due: due,
    amount_remaining: due,
  };
}

/** Sets what the customer has to its credit, or owes, and tells when it changed. */
export function setBalance(tx: Transaction, customerId: string, balance: number): void {
  const before = tx.customer(customerId);
  if (before.balance === balance) return;
  const after = { ...before, balance };
  tx.replace('customers', after);
  tx.emit('customer.updated', after, before);
}

/** Gives back what a voided invoice had taken from the customer's balance. */
export function returnBalance(tx: Transaction, invoice: InvoiceRecord): void {
  const customer = tx.find('customers', invoice.customer);
  if (invoice.ending_balance === null || customer === undefined || customer.deleted) return;
  const taken = invoice.ending_balance - invoice.starting_balance;
  setBalance(tx, invoice.customer, customer.balance - taken);
}
