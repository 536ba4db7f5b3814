/** Somebody comes back from the page of a bank. */
export type Return =
  | { readonly from: 'set-up'; readonly setupIntent: string }
  | { readonly from: 'payment'; readonly invoice: string };

/**
 * What the page was at when the reader left it for the page of a bank; `null` where they did not.
 * @param search The query of the address: what the page had written there, and what Stripe added.
 */
export function readReturn(search: string): Return | null {
  const query = new URLSearchParams(search);
  const setupIntent = query.get('setup_intent');
  const invoice = query.get('invoice');
  switch (query.get('back')) {
    case 'set-up':
      return setupIntent === null ? null : { from: 'set-up', setupIntent };
    case 'payment':
      return invoice === null ? null : { from: 'payment', invoice };
    default:
      return null;
  }
}
