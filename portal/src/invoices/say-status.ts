import type { PaymentView } from '../api/api-types.ts';
import type { Words } from '../words/words.ts';

/** What became of an invoice, in words. */
export function sayStatus(
  { text, format }: Words,
  { status, total, amountDue }: Pick<PaymentView, 'status' | 'total' | 'amountDue'>,
): string {
  const isPartly = status === 'open' && amountDue.amount !== total.amount;
  return isPartly
    ? text.invoices.partlyOpen({ amount: format.money(amountDue) })
    : text.invoices[status];
}

/** How a status looks beside its words. */
export function toneOf(status: PaymentView['status']): 'ok' | 'refused' | 'soft' {
  switch (status) {
    case 'paid':
      return 'ok';
    case 'open':
    case 'uncollectible':
      return 'refused';
    case 'draft':
    case 'void':
      return 'soft';
  }
}
