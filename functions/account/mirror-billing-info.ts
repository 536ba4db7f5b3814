import type { AuditEntry } from '../domain/audit.ts';
import {
  type BillingInfo,
  type BillingWish,
  isAsWished,
  isBeingVerified,
} from '../domain/customer/billing-info.ts';
import {
  type Customer,
  finishMs,
  strikeOff,
  type Unfinished,
} from '../domain/customer/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import { executedByMs, type Instant } from '../domain/time.ts';
import type { FinishDependencies } from './dependencies.ts';

/** A change of billing info that was begun: the wish stands on record, Stripe may have been asked. */
export type BillingChange = Extract<Unfinished, { readonly kind: 'mirror_billing_info' }>;

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;

/**
 * Finishes a change that another process began. Who began it is left alone while it may live; and
 * where Stripe shows nothing of the wish yet, the request may still be on its way for a while.
 * @returns False where it is to be looked at again later.
 */
export async function finishBillingChange(
  dependencies: FinishDependencies,
  customer: CustomerId,
  begun: BillingChange,
): Promise<boolean> {
  const age = dependencies.clock.now() - begun.at;
  if (age < finishMs) return false;
  const billing = await dependencies.stripe.billingInfo(customer);
  const isSettled = billing === null || isAsWished(billing, begun.wish) || age >= executedByMs;
  if (isSettled) await concludeBillingChange(dependencies, customer, begun, billing);
  return isSettled;
}

/**
 * Mirrors what stands at Stripe now, and strikes the change off, in one write. What came of the
 * wish is in the audit log before that: a death in between writes the same entry again.
 * @param billing As Stripe has it after the change; `null` where the customer is gone there, or
 * nothing was changed: then the mirror stays.
 */
export async function concludeBillingChange(
  { records, clock }: Pick<FinishDependencies, 'records' | 'clock'>,
  id: CustomerId,
  begun: BillingChange,
  billing: BillingInfo | null,
): Promise<Customer> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.customer(id);
    if (stored === null) throw new Error(`Customer ${id} vanished during a change.`);
    const struck = strikeOff(stored, [begun]);
    const isStruck = struck.unfinished.length === stored.unfinished.length;
    if (isStruck && billing === null) return stored;
    if (billing !== null && isAsWished(billing, begun.wish) && !isStruck) {
      const entry = entryOf(stored.billing, billing, begun);
      if (entry !== null) await records.addAudit(id, entry);
    }
    const mirrored = billing === null ? struck : { ...struck, billing };
    const changed = awaitVerification(mirrored, begun, clock.now());
    if (await records.saveCustomer(changed)) return changed;
  }
  throw new Error(`Customer ${id} changed ${mostTries} times while it was read.`);
}

/** A tax id was added about which an authority is asked: its answer is to be mirrored as well. */
function awaitVerification(customer: Customer, begun: BillingChange, now: Instant): Customer {
  if (begun.wish.wish !== 'add_tax_id' || !isBeingVerified(customer.billing)) return customer;
  const { version: change } = customer;
  const look: BillingChange = {
    ...begun,
    wish: { wish: 'see_verification' },
    by: { kind: 'backstop' },
    change,
    at: now,
  };
  const unfinished = [...customer.unfinished, look];
  return { ...customer, unfinished, finishBy: now + finishMs };
}

/** `null` of what changed nothing. */
function entryOf(
  before: BillingInfo,
  after: BillingInfo,
  { at, by, change, wish }: BillingChange,
): AuditEntry | null {
  const what = told(before, after, wish);
  return what && { id: `customer-${change}-billing`, at, by, reason: null, ...what };
}

function told(
  before: BillingInfo,
  after: BillingInfo,
  wish: BillingWish,
): Pick<AuditEntry, 'what' | 'about' | 'from' | 'to'> | null {
  switch (wish.wish) {
    case 'details':
      return {
        what: 'billing_info_changed',
        about: null,
        from: detailsOf(before),
        to: detailsOf(after),
      };
    case 'add_tax_id':
      return { what: 'tax_id_added', about: null, from: null, to: { ...wish.taxId } };
    case 'remove_tax_id': {
      const removed = before.taxIds.find(({ id }) => id === wish.taxId);
      const from = removed === undefined ? null : { type: removed.type, value: removed.value };
      return { what: 'tax_id_removed', about: wish.taxId, from, to: null };
    }
    case 'see_verification':
      return null;
  }
}

const detailsOf = ({ name, email, phone, address }: BillingInfo) => ({
  name,
  email,
  phone,
  address,
});
