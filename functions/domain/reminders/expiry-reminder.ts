import type { PaymentMethod } from '../customer/payment-method.ts';
import type { PaymentMethodId } from '../ids.ts';
import { fnv1a } from '../schedule/jitter.ts';
import { dayMs, type Instant, secondMs } from '../time.ts';
import { earlierDays } from './spread.ts';

/** Of which day a mail reminds: so many days before the expiry, the billing date, or the expiry. */
export type Threshold = number | 'billing' | 'expired';

/** What was told of a card's expiry, and when it is looked at next. */
export interface ExpiryReminder {
  /** Of which expiry, such as `2026-11`: a card that has another one begins anew. */
  readonly expiry: string;
  /** What was told, or went by with what was. */
  readonly told: readonly Threshold[];
  /** When the card is looked at next; `null`: never again with this expiry. */
  readonly lookAt: Instant | null;
  /** What is to be told now, and may not be in the queue yet; the newest of `told`. */
  readonly owed: Threshold | null;
}

/** The most days before the expiry that a policy may ask for a mail. */
export const mostDaysBefore = 60;
/** Cards expire at the end of months only: their first looks are spread over so many days. */
const firstLooksDays = 7;
/** How long a card that has expired may still be told of: after an outage, or with a late role. */
export const lateMs = 30 * dayMs;

/** When a card expires. */
export interface Expiry {
  /** The first moment of the month after the one that the card names; UTC. */
  readonly at: Instant;
  /** The month that the card names, such as `2026-11`. */
  readonly name: string;
  /** The same in numbers; the month from 1. */
  readonly month: number;
  readonly year: number;
}

/** `null` of what does not expire. */
export function expiryOf({
  expMonth,
  expYear,
}: Pick<PaymentMethod, 'expMonth' | 'expYear'>): Expiry | null {
  if (expMonth === null || expYear === null) return null;
  const name = `${expYear}-${String(expMonth).padStart(2, '0')}`;
  return { at: Date.UTC(expYear, expMonth, 1), name, month: expMonth, year: expYear };
}

/** What of a method says when it is looked at. */
type Expiring = Pick<PaymentMethod, 'method' | 'expMonth' | 'expYear' | 'removedAt' | 'reminder'>;

/**
 * The reminder in force: the one on record, or a first one where that is of another expiry. `null`
 * of what does not expire, and of what was removed.
 */
export function reminderOf(method: Expiring): ExpiryReminder | null {
  const expiry = expiryOf(method);
  if (expiry === null || method.removedAt !== null) return null;
  if (method.reminder?.expiry === expiry.name) return method.reminder;
  const lookAt = firstLookAt(method.method, expiry);
  return { expiry: expiry.name, told: [], lookAt, owed: null };
}

/** When the card is to be looked at; it stands in the index `remind` at this time. */
export const lookAtOf = (method: Expiring): Instant | null => reminderOf(method)?.lookAt ?? null;

/** Before any policy has a mail sent, so that the policy of that day decides about the first one. */
function firstLookAt(method: PaymentMethodId, expiry: Expiry): Instant {
  const days = mostDaysBefore + earlierDays(mostDaysBefore) + firstLooksDays;
  const spreadSeconds = fnv1a(method) % ((firstLooksDays * dayMs) / secondMs);
  return expiry.at - days * dayMs + spreadSeconds * secondMs;
}

/**
 * The record of a card that is looked at now, because something around it has changed: its role,
 * say, or the next billing date. The same record where that is of no use: too early to tell
 * anything, too late, or due anyway.
 */
export function lookSooner(method: PaymentMethod, now: Instant): PaymentMethod {
  const expiry = expiryOf(method);
  const reminder = reminderOf(method);
  if (expiry === null || reminder === null || reminder.lookAt === null) return method;
  if (reminder.lookAt <= now || now < firstLookAt(method.method, expiry)) return method;
  return { ...method, reminder: { ...reminder, lookAt: now } };
}
