import type { SafeReason } from '../decline/decline.ts';
import type { CustomerId, PaymentMethodId } from '../ids.ts';
import type { ExpiryReminder } from '../reminders/expiry-reminder.ts';
import type { PaymentMethodFacts } from '../stripe/stripe-facts.ts';
import type { Instant } from '../time.ts';
import { type Address, isSameAddress } from './billing-info.ts';

/** Why this method may be charged as the backup: who agreed, to what, and when. */
export type Consent =
  | {
      readonly source: 'portal';
      readonly textVersion: string;
      /** In which they read it, such as `en`; left out where nobody said so. */
      readonly language?: string;
      readonly address: string;
      readonly userAgent: string;
      readonly at: Instant;
    }
  | { readonly source: 'terms'; readonly version: string; readonly at: Instant }
  | {
      readonly source: 'staff';
      readonly name: string;
      readonly evidence: string;
      readonly at: Instant;
    };

/** A payment with the method is disputed, or Stripe warns of fraud. */
export interface Suspension {
  readonly why: 'dispute' | 'early_fraud_warning' | 'reversal';
  /** Stripe's id of the dispute or warning. */
  readonly source: string;
  readonly at: Instant;
}

export interface MethodBilling {
  readonly name: string | null;
  readonly address: Address | null;
}

/** That the method was refused, in words that are safe to show. */
export interface MethodRefusal {
  readonly at: Instant;
  readonly reason: SafeReason;
  /** Of the data that were refused: a later one says that they were changed since. */
  readonly revision: number;
}

/** The table's copy of a customer's payment method. No card number is ever in it. */
export interface PaymentMethod {
  readonly customer: CustomerId;
  readonly method: PaymentMethodId;
  readonly type: string;
  readonly brand: string | null;
  readonly last4: string | null;
  readonly expMonth: number | null;
  readonly expYear: number | null;
  readonly wallet: string | null;
  readonly fingerprint: string | null;
  /** Rises with each change of the method's data; a refusal of an older revision says nothing. */
  readonly revision: number;
  /** When the data last changed, as far as we know; `null` before any change was seen. */
  readonly changedAt: Instant | null;
  /** Given for a backup only; withdrawn means `null`. */
  readonly consent: Consent | null;
  /** The name and address on its bills, as Stripe keeps them. */
  readonly billing: MethodBilling;
  /** Its last refusal, if nothing was paid with it since. */
  readonly refused: MethodRefusal | null;
  /** Since when it is to be detached or is; nothing is charged to it any more. */
  readonly removedAt: Instant | null;
  /** The brand that was agreed to, where the card has another one now; it is charged no more. */
  readonly brandBefore: string | null;
  /** Why its consent says nothing for now; `null` where nothing does. */
  readonly suspended: Suspension | null;
  /** What was told of its expiry; `null` before the first look at it. */
  readonly reminder: ExpiryReminder | null;
  readonly version: number;
}

/** The first record of a method, as Stripe shows it. */
export function recordPaymentMethod(
  customer: CustomerId,
  facts: PaymentMethodFacts,
  consent: Consent | null,
): PaymentMethod {
  return {
    customer,
    ...dataOf(facts),
    revision: 1,
    changedAt: null,
    consent,
    refused: null,
    removedAt: null,
    brandBefore: null,
    suspended: null,
    reminder: null,
    version: 1,
  };
}

/**
 * The record after a look at Stripe: the same object where nothing changed, otherwise the next
 * version with a higher revision. A card that has another brand now is not what was agreed to.
 */
export function refreshPaymentMethod(
  record: PaymentMethod,
  facts: PaymentMethodFacts,
  now: Instant,
): PaymentMethod {
  const data = dataOf(facts);
  const same =
    record.type === data.type &&
    record.brand === data.brand &&
    record.last4 === data.last4 &&
    record.expMonth === data.expMonth &&
    record.expYear === data.expYear &&
    record.fingerprint === data.fingerprint &&
    // Bound to its address by a bank that checks it: a corrected one is corrected data.
    isSameAddress(record.billing.address, data.billing.address);
  const { name } = data.billing;
  if (same && record.billing.name === name) return record;
  // No bank looks at the name: what was refused is what it was.
  if (same) return { ...record, billing: data.billing, version: record.version + 1 };
  return {
    ...record,
    ...data,
    brandBefore: brandBefore(record, data.brand),
    revision: record.revision + 1,
    changedAt: now,
    version: record.version + 1,
  };
}

/**
 * The brand that was agreed to, where the card has another one now. It is that one again: nothing
 * to say any more. A method without a brand has none that could change.
 */
function brandBefore({ brand, brandBefore: before }: PaymentMethod, now: string | null) {
  const agreed = before ?? brand;
  return agreed === null || now === null || agreed === now ? null : agreed;
}

/**
 * The record after an outcome: refused, or paid where `refused` is `null`. The same record where
 * it knows of a later one already.
 */
export function noteOnMethod(
  record: PaymentMethod,
  at: Instant,
  refused: MethodRefusal | null,
): PaymentMethod {
  const before = record.refused;
  if (refused === null && before === null) return record;
  if (before !== null && (refused === null ? before.at > at : before.at >= at)) return record;
  return { ...record, refused, version: record.version + 1 };
}

function dataOf(facts: PaymentMethodFacts) {
  return {
    method: facts.method,
    type: facts.type,
    brand: facts.brand,
    last4: facts.last4,
    expMonth: facts.expMonth,
    expYear: facts.expYear,
    wallet: facts.wallet,
    fingerprint: facts.fingerprint,
    billing: facts.billing,
  };
}
