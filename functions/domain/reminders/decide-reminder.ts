import type { Role } from '../case/dunning-case.ts';
import { isExpired } from '../customer/method-health.ts';
import type { PaymentMethod } from '../customer/payment-method.ts';
import type { AccountNotice } from '../notice/notice-content.ts';
import type { Policy } from '../policy.ts';
import { jitterMs } from '../schedule/jitter.ts';
import { instantOf, localDayOf } from '../schedule/local-time.ts';
import { dayMs, type Instant } from '../time.ts';
import {
  type Expiry,
  type ExpiryReminder,
  expiryOf,
  lateMs,
  reminderOf,
  type Threshold,
} from './expiry-reminder.ts';
import { earlierDaysOf } from './spread.ts';

/** What the rules of reminders come from. */
export type ReminderPolicy = Pick<Policy, 'retryAt' | 'businessTimeZone' | 'notices'>;

/** A card as it is looked at. */
export interface Look {
  readonly method: PaymentMethod;
  /** `null` of a card that is not charged. */
  readonly role: Role | null;
  readonly policy: ReminderPolicy;
  readonly now: Instant;
}

export type EarlyDecision =
  /** It is not due, or there is nothing any more to be told of it. */
  | { readonly kind: 'leave' }
  | LookLater
  /** Whether there is something to tell is for Stripe to say. */
  | { readonly kind: 'ask_stripe' };

export type LookLater = { readonly kind: 'look_later'; readonly reminder: ExpiryReminder };

export type ReminderDecision =
  | LookLater
  /** This is owed now, with what went by with it; it is due until it was told. */
  | {
      readonly kind: 'tell';
      readonly notice: AccountNotice;
      readonly reminder: ExpiryReminder;
      /** On record once that is in the queue. */
      readonly afterwards: ExpiryReminder;
    };

/** Something that was missed, a new policy or a late role shows no later than this. */
const mostBetweenMs = 7 * dayMs;

/** What can be decided by the table alone. */
export function decideEarly(look: Look): EarlyDecision {
  const { method, role, now } = look;
  const known = knownOf(method);
  if (known === null || known.reminder.lookAt === null || known.reminder.lookAt > now) {
    return { kind: 'leave' };
  }
  const isToTell = role !== null && isInTime(look, known);
  return isToTell ? { kind: 'ask_stripe' } : later(look, known, null);
}

/**
 * What is to be told of the card, once for each threshold. What is due together is one mail.
 * @param nextBillingAt When Stripe charges the customer next; `null`: nothing is planned.
 * @throws {Error} of a card about which {@link decideEarly} asks nobody.
 */
export function decideReminder(look: Look, nextBillingAt: Instant | null): ReminderDecision {
  const known = knownOf(look.method);
  if (known === null) throw new Error('What does not expire is reminded of by nobody.');
  const { reminder } = known;
  const { role } = look;
  if (nextBillingAt === null || role === null) return later(look, known, null);
  const due = momentsOf(look, known, nextBillingAt).filter(({ at }) => at <= look.now);
  // What is owed may have been sent already: another that came due meanwhile takes its place.
  const threshold = due.at(-1)?.threshold ?? reminder.owed;
  if (threshold === null) return later(look, known, nextBillingAt);
  const told = [...reminder.told, ...due.map((each) => each.threshold)];
  const owing = due.length === 0 ? reminder : { ...reminder, told, owed: threshold };
  const after = later(look, { ...known, reminder: owing }, nextBillingAt);
  const notice = noticeOf(look, known.expiry, { threshold, role, nextBillingAt });
  return { kind: 'tell', notice, reminder: owing, afterwards: after.reminder };
}

function noticeOf(
  { method, now }: Look,
  { name, month, year }: Expiry,
  told: { readonly threshold: Threshold; readonly role: Role; readonly nextBillingAt: Instant },
): AccountNotice {
  const { type, brand, last4 } = method;
  return {
    kind: 'card_expiring',
    fact: `${method.method}-${name}-${told.threshold}`,
    method: method.method,
    card: { type, brand, last4 },
    role: told.role,
    expMonth: month,
    expYear: year,
    nextBillingAt: told.nextBillingAt,
    hasExpired: isExpired(method, now),
  };
}

/** The card's expiry, and the reminder of it that is in force. */
interface Known {
  readonly expiry: Expiry;
  readonly reminder: ExpiryReminder;
}

function knownOf(method: PaymentMethod): Known | null {
  const expiry = expiryOf(method);
  const reminder = reminderOf(method);
  return expiry === null || reminder === null ? null : { expiry, reminder };
}

/** From the first threshold of the policy on, until all was told that the card's expiry is worth. */
function isInTime(look: Look, { expiry, reminder }: Known): boolean {
  const { method, policy, now } = look;
  const { beforeExpiryDays } = policy.notices;
  if (beforeExpiryDays.length === 0) return false;
  if (reminder.owed !== null) return true;
  if (isExpired(method, now)) return reminder.told.length === 0 && now < expiry.at + lateMs;
  return now >= daysBefore(look, expiry, Math.max(...beforeExpiryDays));
}

/** Nothing is owed, and the card is looked at when the next may be due, or in a week. */
function later(look: Look, { expiry, reminder }: Known, nextBillingAt: Instant | null): LookLater {
  const { method, now } = look;
  const settled = { ...reminder, owed: null };
  const isOver = isExpired(method, now) && (settled.told.length > 0 || now >= expiry.at + lateMs);
  const ahead = momentsOf(look, { expiry, reminder: settled }, nextBillingAt)
    .map(({ at }) => at)
    .filter((at) => at > now);
  const lookAt = isOver ? null : Math.min(now + mostBetweenMs, ...ahead);
  return { kind: 'look_later', reminder: { ...settled, lookAt } };
}

interface Moment {
  readonly threshold: Threshold;
  readonly at: Instant;
}

/** When each threshold that was not told yet is, in order of time. */
function momentsOf(
  look: Look,
  { expiry, reminder }: Known,
  nextBillingAt: Instant | null,
): readonly Moment[] {
  const { told } = reminder;
  const { beforeExpiryDays } = look.policy.notices;
  // A day may begin long before it does in UTC, by which cards expire.
  const at = Math.max(expiry.at, daysBefore(look, expiry, 0));
  const atExpiry: Moment = { threshold: 'expired', at };
  const before = beforeExpiryDays.map((days): Moment => {
    return { threshold: days, at: daysBefore(look, expiry, days) };
  });
  const billing = beforeBilling(look, expiry, nextBillingAt);
  // Once the card has expired, that is all there is to tell, and only where nobody was told before.
  const isOver = isExpired(look.method, look.now);
  const all = isOver ? [] : [...before, ...(billing === null ? [] : [billing])];
  return [...all, ...(told.length === 0 ? [atExpiry] : [])]
    .filter(({ threshold }) => !told.includes(threshold))
    .sort((a, b) => a.at - b.at);
}

/**
 * Before the next billing date where that comes first. Nobody is told sooner than at the greatest
 * threshold, which {@link isInTime} keeps.
 */
function beforeBilling(look: Look, expiry: Expiry, nextBillingAt: Instant | null): Moment | null {
  if (nextBillingAt === null || nextBillingAt >= expiry.at || nextBillingAt <= look.now) {
    return null;
  }
  const { businessTimeZone, notices } = look.policy;
  const days = Math.min(...notices.beforeExpiryDays);
  return {
    threshold: 'billing',
    at: momentOn(look, localDayOf(nextBillingAt, businessTimeZone) - days),
  };
}

/** The moment of a threshold, spread over some days before it by the card. */
function daysBefore(look: Look, expiry: Expiry, days: number): Instant {
  const expiryDay = Math.floor(expiry.at / dayMs);
  if (days === 0) return momentOn(look, expiryDay);
  const at = momentOn(look, expiryDay - days - earlierDaysOf(look.method.method, days));
  // West of Greenwich the evening before is too late: by then the card has expired in UTC.
  return at < expiry.at ? at : at - dayMs;
}

/** On that day at the time of the policy, spread over an hour by the card. */
const momentOn = ({ method, policy }: Look, day: number): Instant =>
  instantOf(day, policy.retryAt, policy.businessTimeZone) + jitterMs(method.method);
