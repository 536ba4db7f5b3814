import type { InvoiceId } from '../ids.ts';
import { hourMs, secondMs } from '../time.ts';

/**
 * Up to an hour by the invoice's id, so that the invoices of one renewal day are not all tried
 * in the same second, and one invoice always gets the same.
 */
export function jitterMs(invoice: InvoiceId): number {
  return (fnv1a(invoice) % (hourMs / secondMs)) * secondMs;
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
