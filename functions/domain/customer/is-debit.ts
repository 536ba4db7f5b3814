/** Whether methods of Stripe's type take money from a bank account, under a mandate. */
export const isDebit = (type: string): boolean =>
  type.endsWith('_debit') || type.includes('bank_account');
