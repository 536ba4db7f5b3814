import type { InvoiceRecord } from '../records.ts';

/**
 * Stripe leaves a draft open for about an hour before it finalises and collects it:
 * docs.stripe.com/invoicing/integration/automatic-advancement-collection.
 */
export const draftSeconds = 3600;

/** When a draft is finalised and first collected; null for what nobody but the caller does. */
export function draftWindow(
  created: number,
  autoAdvance: boolean,
  collectionMethod: string,
): Pick<InvoiceRecord, 'auto_advance' | 'automatically_finalizes_at' | 'next_payment_attempt'> {
  const at = autoAdvance ? created + draftSeconds : null;
  const isCharged = collectionMethod === 'charge_automatically';
  return {
    auto_advance: autoAdvance,
    automatically_finalizes_at: at,
    next_payment_attempt: isCharged ? at : null,
  };
}
