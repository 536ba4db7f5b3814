import * as z from 'zod/mini';
import { personId } from '../customer/person.ts';
import type { MethodChange } from '../customer/telling.ts';
import type { SafeReason } from '../decline/decline.ts';

const money = z.object({ amount: z.int(), currency: z.string() });
const cardLabel = z.object({
  type: z.string(),
  brand: z.nullable(z.string()),
  last4: z.nullable(z.string()),
});
const safeReasons = [
  'declined',
  'insufficient_funds',
  'incorrect_details',
  'expired',
  'authentication',
  'try_again',
  'not_supported',
  'unusable',
] as const satisfies readonly SafeReason[];

/** What every notice about an invoice says of it. */
const noticeBase = {
  /** Which happening it tells of; one fact gives one mail per recipient. */
  fact: z.string(),
  invoiceNumber: z.nullable(z.string()),
  hostedInvoiceUrl: z.nullable(z.string()),
  amount: money,
};

/** Epoch milliseconds. */
const instant = z.int();

const refused = z.object({ card: cardLabel, reason: z.enum(safeReasons) });
const failure = {
  failed: z.array(refused),
  /** `null` when we do not try again by ourselves. */
  nextTryAt: z.nullable(instant),
  /** Present where nothing follows the next try. */
  nextIsLast: z.optional(z.literal(true)),
};

/** The primary that failed; `null` where it is not on record, or not why. */
const insteadOf = {
  failed: z.nullable(cardLabel),
  failedReason: z.nullable(z.enum(safeReasons)),
};

/** What the policy does where dunning ends without payment. */
const consequences = {
  access: z.enum(['keep', 'suspend']),
  action: z.enum(['leave_open', 'mark_uncollectible', 'cancel_subscription', 'pause_subscription']),
};

/** About an invoice that we collect, or have collected. */
const invoiceNoticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('secondary_charged'),
    ...noticeBase,
    ...insteadOf,
    charged: cardLabel,
  }),
  /** Paid after a failure that was told; `charged` is `null` where the method is not on record. */
  z.object({ kind: z.literal('recovered'), ...noticeBase, charged: z.nullable(cardLabel) }),
  /** A bank account is being debited, which takes days. */
  z.object({
    kind: z.literal('debit_started'),
    ...noticeBase,
    debited: cardLabel,
    /** The primary that failed before, where the backup is debited. */
    instead: z.nullable(z.object(insteadOf)),
  }),
  /** The bank has sent the debit back; `failed` is what failed beside it. */
  z.object({ kind: z.literal('debit_returned'), ...noticeBase, returned: refused, ...failure }),
  z.object({
    kind: z.literal('payment_failed'),
    ...noticeBase,
    ...failure,
    /** The end of dunning, where it is announced with the last failure; that has no next try. */
    end: z.optional(z.object({ endsAt: instant, ...consequences })),
  }),
  /** The bank wants the customer to confirm the payment. */
  z.object({ kind: z.literal('authentication_needed'), ...noticeBase, ...failure }),
  /** The next try is the last. */
  z.object({
    kind: z.literal('last_try_ahead'),
    ...noticeBase,
    tryAt: instant,
    ...consequences,
  }),
  /** Nothing more is tried by itself; at the end, the consequences follow. */
  z.object({
    kind: z.literal('end_ahead'),
    ...noticeBase,
    endsAt: instant,
    ...consequences,
  }),
  z.object({ kind: z.literal('dunning_ended'), ...noticeBase, ...consequences }),
  /** Paid after the access was suspended. */
  z.object({ kind: z.literal('access_restored'), ...noticeBase }),
]);
export type InvoiceNotice = z.output<typeof invoiceNoticeSchema>;

/** A member by their hash: queues hold no mail addresses. */
const person = z.pipe(z.string(), z.transform(personId));

/** Who made a change: a member, the business's staff, or nobody. */
const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('member'), person }),
  z.object({ kind: z.literal('staff') }),
  z.object({ kind: z.literal('backstop') }),
]);

/** A member as they are after a change, or were before they were removed. */
const member = { person, role: z.enum(['owner', 'viewer']) };

/** What every notice about the customer says of the change that it tells of. */
const changeBase = { fact: z.string(), at: instant, by: actor };

/** About the customer, and no invoice. */
const accountNoticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('methods_changed'),
    ...changeBase,
    changes: z.array(
      z.object({
        what: z.enum([
          'added',
          'changed',
          'removed',
          'made_primary',
          'made_backup',
          'no_backup',
        ] as const satisfies readonly MethodChange['what'][]),
        card: cardLabel,
      }),
    ),
  }),
  /** Agreed to that a method is charged as the backup. */
  z.object({ kind: z.literal('consent_given'), ...changeBase, card: cardLabel }),
  z.object({ kind: z.literal('consent_withdrawn'), ...changeBase, card: cardLabel }),
  z.object({
    kind: z.literal('members_changed'),
    ...changeBase,
    what: z.enum(['invited', 'role_changed', 'removed']),
    ...member,
    /** The audit entry of the change, which alone still knows the address of who was removed. */
    entry: z.string(),
  }),
  /** To somebody who may sign in for the customer from now on. */
  z.object({ kind: z.literal('invitation'), ...changeBase, ...member }),
  z.object({ kind: z.literal('extension_granted'), ...changeBase, until: instant }),
  /** Stripe's page on which the holder proves that the account is theirs. */
  z.object({
    kind: z.literal('bank_account_verification'),
    ...changeBase,
    card: cardLabel,
    url: z.string(),
    /** When the small deposits are on the statement. */
    arrivesAt: instant,
  }),
  /** The card's network gave it new data; `expires` is the month until whose end it is good. */
  z.object({
    kind: z.literal('card_updated'),
    ...changeBase,
    card: cardLabel,
    expires: z.object({ month: z.int(), year: z.int() }),
  }),
  /** A card with a role expires soon, or has. */
  z.object({
    kind: z.literal('card_expiring'),
    fact: z.string(),
    method: z.string(),
    card: cardLabel,
    role: z.enum(['primary', 'secondary']),
    /** From 1. */
    expMonth: z.int(),
    expYear: z.int(),
    /** When Stripe charges the customer next. */
    nextBillingAt: instant,
    hasExpired: z.boolean(),
  }),
  /** Mails to another owner do not arrive. */
  z.object({
    kind: z.literal('address_unreachable'),
    fact: z.string(),
    /** Whose. */
    person,
    why: z.enum(['bounce', 'complaint']),
  }),
]);
export type AccountNotice = z.output<typeof accountNoticeSchema>;
/** A notice of what somebody changed. */
export type ChangeNotice = Extract<AccountNotice, { by: z.output<typeof actor> }>;

/** What a mail says, fixed when it happened, so that a late mail tells the same. */
export const noticeContentSchema = z.discriminatedUnion('kind', [
  invoiceNoticeSchema,
  accountNoticeSchema,
]);
export type NoticeContent = z.output<typeof noticeContentSchema>;
export type CardLabel = z.output<typeof cardLabel>;
