import type { InvoiceId, PaymentMethodId } from '../ids.ts';
import { hourMs, secondMs } from '../time.ts';

/**
 * Up to an hour by the id of an invoice or a card, so that the invoices of one renewal day are not
 * all tried in the same second, and each one always gets the same.
 */
export function jitterMs(id: InvoiceId | PaymentMethodId): number {
  return (fnv1a(id) % (hourMs / secondMs)) * secondMs;
}

/** 32-bit FNV-1a, enough to spread ids evenly (isthe.com/chongo/tech/comp/fnv). */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}
