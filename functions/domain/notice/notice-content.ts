import * as z from 'zod/mini';
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

const failure = {
  failed: z.array(z.object({ card: cardLabel, reason: z.enum(safeReasons) })),
  /** `null` when we do not try again by ourselves. */
  nextTryAt: z.nullable(instant),
  /** Present where nothing follows the next try. */
  nextIsLast: z.optional(z.literal(true)),
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
    failed: z.nullable(cardLabel),
    failedReason: z.nullable(z.enum(safeReasons)),
    charged: cardLabel,
  }),
  z.object({ kind: z.literal('payment_failed'), ...noticeBase, ...failure }),
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

/** About the customer's account, and no invoice. */
const accountNoticeSchema = z.discriminatedUnion('kind', [
  /** Mails to another owner do not arrive. */
  z.object({
    kind: z.literal('address_unreachable'),
    fact: z.string(),
    /** Whose: the hash of the address. */
    person: z.string(),
    why: z.enum(['bounce', 'complaint']),
  }),
]);
export type AccountNotice = z.output<typeof accountNoticeSchema>;

/** What a mail says, fixed when it happened, so that a late mail tells the same. */
export const noticeContentSchema = z.discriminatedUnion('kind', [
  invoiceNoticeSchema,
  accountNoticeSchema,
]);
export type NoticeContent = z.output<typeof noticeContentSchema>;
type Unreachable = Extract<AccountNotice, { kind: 'address_unreachable' }>;

/** A notice as a mail tells it: with the address of whom it names. */
export type WrittenNotice =
  | Exclude<NoticeContent, Unreachable>
  | (Unreachable & { readonly address: string });
export type CardLabel = z.output<typeof cardLabel>;
