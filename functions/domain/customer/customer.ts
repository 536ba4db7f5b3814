import type { Actor, AuditEntry } from '../audit.ts';
import type { CustomerId, PaymentMethodId, SetupIntentId } from '../ids.ts';
import { zoneOf } from '../schedule/time-zone.ts';
import type { CustomerFacts, PaymentMethodFacts } from '../stripe/stripe-facts.ts';
import { dayMs, type Instant } from '../time.ts';
import { type BillingInfo, type BillingWish, noBillingInfo } from './billing-info.ts';
import type { PaymentMethod } from './payment-method.ts';
import type { PersonId } from './person.ts';
import type { OpenTelling } from './telling.ts';

/** A person who may sign in for the customer; `owner` changes methods, `viewer` sees. */
export interface Member {
  readonly email: string;
  readonly name: string | null;
  readonly role: 'owner' | 'viewer';
}

/** Access that staff give a customer for a while, whatever is unpaid. */
export interface Extension {
  readonly until: Instant;
  readonly reason: string;
  /** The ARN of who granted it. */
  readonly by: string;
  readonly grantedAt: Instant;
}

/**
 * What a change of the customer still has to do in other places, done at least once and then
 * struck off. It stands in the same write as the change itself: a process that dies in between
 * leaves it to the sweep. `change` is the version of the customer that the change made.
 */
export type Unfinished =
  /** Write this method to every place where Stripe would look for the primary. */
  | { readonly kind: 'set_primary'; readonly method: PaymentMethodId; readonly change: number }
  /** Take it out of the records and detach it at Stripe, once no attempt with it is open. */
  | { readonly kind: 'remove_method'; readonly method: PaymentMethodId }
  /** Billing info was about to be changed at Stripe: mirror, and audit, what it is now. */
  | {
      readonly kind: 'mirror_billing_info';
      readonly wish: BillingWish;
      readonly change: number;
      readonly by: Actor;
      readonly at: Instant;
    }
  /** The method was about to be changed at Stripe: mirror, and audit, what it is now. */
  | {
      readonly kind: 'mirror_method';
      readonly method: PaymentMethodId;
      /** The record when the change began: others may mirror the new data before it is done. */
      readonly before: MethodBefore;
      readonly change: number;
      readonly by: Actor;
      readonly at: Instant;
    }
  /** Every open case is to be tried again, if one of these methods of its is worth it. */
  | {
      readonly kind: 'wake_cases';
      readonly methods: readonly PaymentMethodId[];
      /** Only if their data have changed since they had this revision. */
      readonly revision?: number;
      /** No person of the customer's or ours changed them: their data are others at Stripe. */
      readonly unasked?: true;
      readonly change: number;
    }
  /** Take the blocks that stood at `at` out of the ledger of this method's card. */
  | {
      readonly kind: 'lift_block';
      readonly method: PaymentMethodId;
      readonly at: Instant;
      readonly change: number;
    }
  /** Let mails go to this person again, whatever kept them back at `at`. */
  | {
      readonly kind: 'lift_suppression';
      readonly person: PersonId;
      readonly at: Instant;
      readonly change: number;
    }
  | { readonly kind: 'audit'; readonly entry: AuditEntry }
  /** Say by mail what the change did. */
  | OpenTelling;

/** What of a method's record a change of its data may change. */
export type MethodBefore = Pick<PaymentMethod, 'revision' | 'expMonth' | 'expYear' | 'billing'>;

export interface Customer {
  readonly customer: CustomerId;
  /** Mirror of what Stripe charges; Stripe is right where the two differ. */
  readonly primary: PaymentMethodId | null;
  /** The version of this record in which the primary was last set here; 0: never. */
  readonly primarySetBy: number;
  /** The backup; Stripe knows nothing of it. */
  readonly secondary: PaymentMethodId | null;
  readonly members: readonly Member[];
  /** BCP 47 tag; `null` means the business's. */
  readonly locale: string | null;
  /** The IANA zone of the customer's day, as far as Stripe tells; `null` means the business's. */
  readonly timeZone: string | null;
  /** Mirror of what stands at Stripe. */
  readonly billing: BillingInfo;
  readonly extension: Extension | null;
  /** The newest SetupIntents whose method was taken over: a late confirmation changes nothing. */
  readonly setUp: readonly SetupIntentId[];
  /** When all of it was last read from Stripe; `null` before. */
  readonly mirroredAt: Instant | null;
  readonly unfinished: readonly Unfinished[];
  /** When the sweep takes up what is unfinished; later than the change that works on it now. */
  readonly finishBy: Instant;
  readonly version: number;
}

/** The first record of a customer: Stripe's mail address is the first owner, no backup is guessed. */
export function recordCustomer(facts: CustomerFacts, primary: PaymentMethodFacts | null): Customer {
  return {
    customer: facts.customer,
    primary: primary?.method ?? null,
    primarySetBy: 0,
    secondary: null,
    members: facts.email === null ? [] : [{ email: facts.email, name: facts.name, role: 'owner' }],
    locale: facts.locale,
    timeZone: zoneOf(facts, primary),
    billing: { ...noBillingInfo, name: facts.name, email: facts.email },
    extension: null,
    setUp: [],
    mirroredAt: null,
    unfinished: [],
    finishBy: 0,
    version: 1,
  };
}

/** How long what was read from Stripe is taken for what is there, unless an event says otherwise. */
const staleAfterMs = dayMs;

/** Whether the records of the customer were not compared with Stripe for long, or never. */
export const isMirrorStale = ({ mirroredAt }: Customer, now: Instant): boolean =>
  mirroredAt === null || mirroredAt <= now - staleAfterMs;

/** How long the process that changes a customer is left alone to finish. */
export const finishMs = 2 * 60_000;

/**
 * The next version of a customer, for one conditional write.
 * @param unfinished What the change has to do in other places, beside what was left before it.
 */
export const nextCustomer = (
  customer: Customer,
  change: Partial<Omit<Customer, 'customer' | 'version' | 'unfinished' | 'finishBy'>>,
  unfinished: readonly Unfinished[],
  now: Instant,
): Customer => ({
  ...customer,
  ...change,
  unfinished: [...customer.unfinished, ...unfinished],
  finishBy: now + finishMs,
  version: customer.version + 1,
});

/** The customer once everything of `done` is done; what came in meanwhile stays. */
export const strikeOff = (customer: Customer, done: readonly Unfinished[]): Customer => {
  const names = new Set(done.map(nameOf));
  return {
    ...customer,
    unfinished: customer.unfinished.filter((each) => !names.has(nameOf(each))),
    version: customer.version + 1,
  };
};

/** Two of one name are the same work. */
function nameOf(unfinished: Unfinished): string {
  switch (unfinished.kind) {
    case 'remove_method':
      return `${unfinished.kind} ${unfinished.method}`;
    case 'set_primary':
    case 'mirror_method':
    case 'mirror_billing_info':
    case 'wake_cases':
    case 'lift_block':
    case 'lift_suppression':
      return `${unfinished.kind} ${unfinished.change}`;
    case 'audit':
      return `${unfinished.kind} ${unfinished.entry.id}`;
    case 'tell':
      return `${unfinished.kind} ${unfinished.telling.kind} ${unfinished.change}`;
  }
}
