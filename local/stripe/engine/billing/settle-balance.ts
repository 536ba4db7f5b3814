import type { InvoiceRecord } from '../records.ts';
import type { Transaction } from '../transaction.ts';

/**
 * The least that Stripe charges, in minor units: docs.stripe.com/currencies
 * #minimum-and-maximum-charge-amounts. Currencies that are not listed there have the value of
 * half a US dollar; here that is taken as 50 minor units.
 */
const leastCharge: Readonly<Record<string, number>> = {
  aed: 200,
  bgn: 100,
  czk: 1500,
  dkk: 250,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  thb: 1000,
};

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
  const isCharged = sum >= (leastCharge[invoice.currency] ?? 50);
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
