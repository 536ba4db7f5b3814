import * as z from 'zod/mini';
import { mostDaysBefore } from './domain/reminders/expiry-reminder.ts';

/**
 * When the secondary may be charged in place of a primary that was refused: at once, never, from
 * the first payday after the refusal on, or so many hours after it. A retry that a person asked
 * for waits for none of these.
 */
const fallbackRule = z.union([
  z.enum(['at_once', 'after_payday', 'never']),
  z.strictObject({ afterHours: z.int().check(z.minimum(1), z.maximum(720)) }),
]);

interface OfKind {
  /** Whether the primary is tried once more in the pass that follows Stripe's own refusal. */
  readonly tryAgainAtOnce: boolean;
  readonly fallback: z.output<typeof fallbackRule>;
}

const wasted = (fallback: OfKind['fallback'] = 'at_once'): OfKind => ({
  tryAgainAtOnce: false,
  fallback,
});

/** What follows a refusal, by its kind; docs/policy.md has why, and each source. */
const declinesDefault = {
  generic: { tryAgainAtOnce: true, fallback: 'at_once' },
  transient: { tryAgainAtOnce: true, fallback: 'at_once' },
  insufficient_funds: wasted(),
  invalid_data: wasted(),
  authentication: wasted({ afterHours: 24 }),
  risk: wasted(),
  not_allowed: wasted(),
  card_dead: wasted(),
  unusable: wasted(),
} as const satisfies Readonly<Record<string, OfKind>>;

const kindOr = (byDefault: OfKind) =>
  z._default(
    z.strictObject({
      tryAgainAtOnce: z._default(z.boolean(), byDefault.tryAgainAtOnce),
      fallback: z._default(fallbackRule, byDefault.fallback),
    }),
    byDefault,
  );

const declines = z.strictObject({
  generic: kindOr(declinesDefault.generic),
  transient: kindOr(declinesDefault.transient),
  insufficient_funds: kindOr(declinesDefault.insufficient_funds),
  invalid_data: kindOr(declinesDefault.invalid_data),
  authentication: kindOr(declinesDefault.authentication),
  risk: kindOr(declinesDefault.risk),
  not_allowed: kindOr(declinesDefault.not_allowed),
  card_dead: kindOr(declinesDefault.card_dead),
  unusable: kindOr(declinesDefault.unusable),
});

/** A day of the month on which wages are paid; a month without it has none. */
const payday = z.union([
  z.int().check(z.minimum(1), z.maximum(31)),
  z.literal('last_business_day'),
]);

const retryAfterDays = [1, 3, 5, 7];
const paydays: z.output<typeof payday>[] = [1, 15, 'last_business_day'];

const fallback = z.strictObject({
  /** Most that the secondary is charged for one invoice, in minor units, by currency in small letters. */
  ceilings: z._default(
    z.record(z.string().check(z.regex(/^[a-z]{3}$/)), z.int().check(z.minimum(0))),
    {},
  ),
  /**
   * `all_but_marked`: not for a subscription whose metadata say `backstop_fallback: off`;
   * `only_marked`: only for one whose metadata say `backstop_fallback: on`.
   */
  subscriptions: z._default(z.enum(['all_but_marked', 'only_marked']), 'all_but_marked'),
});

const beforeExpiryDays = [30, 14, 3];

const notices = z.strictObject({
  /** How long before the last try of the schedule the customer is told that it is the last. */
  beforeLastTryHours: z._default(z.int().check(z.minimum(1), z.maximum(240)), 48),
  /** How many days before the end the customer is told once more. */
  beforeEndDays: z._default(z.int().check(z.minimum(1), z.maximum(30)), 3),
  /** How many days before a card expires the customer is told; none for no mails about it. */
  beforeExpiryDays: z._default(
    z.array(z.int().check(z.minimum(1), z.maximum(mostDaysBefore))).check(z.maxLength(5)),
    beforeExpiryDays,
  ),
});

const end = z.strictObject({
  /** Days from the last try of the schedule until the end, which the customer is told of. */
  afterDays: z._default(z.int().check(z.minimum(0), z.maximum(90)), 7),
  /** What the standing of the customer becomes at the end: `suspend` asks for no more access. */
  access: z._default(z.enum(['keep', 'suspend']), 'keep'),
  /** What becomes of invoice or subscription at Stripe at the end. */
  action: z._default(
    z.enum(['leave_open', 'mark_uncollectible', 'cancel_subscription', 'pause_subscription']),
    'leave_open',
  ),
});

/** Every rule of charging that a business may set; docs/policy.md has each with its source. */
const policyShape = z.strictObject({
  /** Days after a pass in which every method was refused, until the next pass. */
  retryAfterDays: z._default(
    z.array(z.int().check(z.minimum(1), z.maximum(30))).check(z.maxLength(8)),
    retryAfterDays,
  ),
  /** The customer's local time at which a pass of the schedule runs, such as `09:00`. */
  retryAt: z._default(z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/)), '09:00'),
  /** No pass of the schedule runs later than so many days after the case began. */
  windowDays: z._default(z.int().check(z.minimum(1), z.maximum(60)), 30),
  /** Days on which a retry after insufficient funds is worth most. */
  paydays: z._default(z.array(payday).check(z.maxLength(10)), paydays),
  /** Charges of one method for one invoice, Stripe's own first try included. */
  maximumTriesPerMethod: z._default(z.int().check(z.minimum(1), z.maximum(20)), 8),
  /** The same for bank debits. */
  maximumTriesPerDebit: z._default(z.int().check(z.minimum(1), z.maximum(3)), 3),
  /** Passes that the sweep starts per second; Stripe takes 25 `pay` calls a second. */
  passesPerSecond: z._default(z.int().check(z.minimum(1), z.maximum(25)), 15),
  declines: z._default(declines, declinesDefault),
  fallback: z._default(fallback, { ceilings: {}, subscriptions: 'all_but_marked' }),
  notices: z._default(notices, { beforeLastTryHours: 48, beforeEndDays: 3, beforeExpiryDays }),
  end: z._default(end, { afterDays: 7, access: 'keep', action: 'leave_open' }),
});

export type PolicySettings = z.output<typeof policyShape>;

/** The whole policy as it is without any setting. */
export const defaultPolicy: PolicySettings = policyShape.parse({});

export const policySchema = z._default(policyShape, defaultPolicy);
