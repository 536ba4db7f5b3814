import type { Transaction } from '../transaction.ts';

/** The account as hosted pages name it. */
const account = 'acct_local';

/**
 * Where a customer finds the invoice: Stripe gives both addresses when the invoice is finalised.
 * Like Stripe's they hold a token that cannot be guessed from the invoice's id.
 */
export function hostedUrls(
  tx: Transaction,
  invoice: { readonly id: string },
): { readonly hosted_invoice_url: string; readonly invoice_pdf: string } {
  const token = `test_${tx.token(`hosted:${invoice.id}`, 32)}`;
  const { hostedUrl } = tx.settings;
  return {
    hosted_invoice_url: `${hostedUrl}/i/${account}/${token}`,
    invoice_pdf: `${hostedUrl}/invoice/${account}/${token}/pdf`,
  };
}
