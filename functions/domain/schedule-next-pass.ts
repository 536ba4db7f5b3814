import type { DunningCase, Pass } from './dunning-case.ts';
import type { InvoiceId } from './ids.ts';
import type { Policy } from './policy.ts';
import { dayMs, hourMs, type Instant, secondMs } from './time.ts';

/** When the next pass runs and how much of the schedule is then used; `null` when it is used up. */
export interface NextPass {
  readonly at: Instant;
  readonly scheduleUsed: number;
}

/**
 * The pass after one in which every method was refused. A wanted pass uses nothing of the
 * schedule: what was planned before it stays planned.
 */
export function scheduleNextPass(
  dunningCase: DunningCase,
  pass: Pass,
  policy: Policy,
  now: Instant,
): NextPass | null {
  const { scheduleUsed, nextScheduledAt } = dunningCase;
  if (pass.cause === 'wanted' && nextScheduledAt !== null && nextScheduledAt > now) {
    return { at: nextScheduledAt, scheduleUsed };
  }
  const days = policy.retryAfterDays[scheduleUsed];
  if (days === undefined) return null;
  return { at: now + days * dayMs + jitterMs(dunningCase.invoice), scheduleUsed: scheduleUsed + 1 };
}

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
