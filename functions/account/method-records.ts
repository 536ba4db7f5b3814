import {
  type PaymentMethod,
  recordPaymentMethod,
  refreshPaymentMethod,
} from '../domain/customer/payment-method.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import type { PaymentMethodFacts } from '../domain/stripe/stripe-facts.ts';
import type { Instant } from '../domain/time.ts';
import type { Records } from '../runtime/records.ts';
import type { FinishDependencies } from './dependencies.ts';

/** What it takes to mirror a method. */
interface MirrorDependencies extends Pick<FinishDependencies, 'clock'> {
  readonly records: Pick<Records, 'method' | 'addMethod' | 'saveMethod'>;
}

/** What it takes to change the record of one. */
interface ChangeDependencies {
  readonly records: Pick<Records, 'method' | 'saveMethod'>;
}

/** How often a record is read anew when another writer came first. */
const mostTries = 5;

/** The record of a method as Stripe shows it now, written where it is new or other than before. */
export async function mirrorMethod(
  { records, clock }: MirrorDependencies,
  customer: CustomerId,
  facts: PaymentMethodFacts,
): Promise<PaymentMethod> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.method(customer, facts.method);
    if (stored === null) {
      const first = recordPaymentMethod(customer, facts, null);
      if (await records.addMethod(first)) return first;
      continue;
    }
    const refreshed = refreshPaymentMethod(stored, facts, clock.now());
    if (refreshed === stored || (await records.saveMethod(refreshed))) return refreshed;
  }
  throw new Error(`Method ${facts.method} changed ${mostTries} times while it was read.`);
}

/** The customer's method as it is at Stripe; `null` where it is not, or no longer, theirs. */
export async function lookUpMethod(
  dependencies: Pick<FinishDependencies, 'records' | 'clock' | 'stripe'>,
  customer: CustomerId,
  id: PaymentMethodId,
): Promise<PaymentMethod | null> {
  const facts = await dependencies.stripe.paymentMethod(id);
  if (facts === null || facts.customer !== customer) return null;
  const method = await mirrorMethod(dependencies, customer, facts);
  return method.removedAt === null ? method : null;
}

/**
 * Changes the record of a method, again where another writer came first.
 * @param change The same record where nothing is to be changed; the version is raised here.
 * @returns The record as it stands then; `null` where there is none.
 */
export async function changeMethodRecord(
  { records }: ChangeDependencies,
  customer: CustomerId,
  id: PaymentMethodId,
  change: (method: PaymentMethod) => PaymentMethod,
): Promise<PaymentMethod | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.method(customer, id);
    if (stored === null) return null;
    const wanted = change(stored);
    if (wanted === stored) return stored;
    const changed = { ...wanted, version: stored.version + 1 };
    if (await records.saveMethod(changed)) return changed;
  }
  throw new Error(`Method ${id} changed ${mostTries} times while it was read.`);
}

/** From now on nothing is charged to it, whoever is about to. */
export const markRemoved = (
  dependencies: Pick<FinishDependencies, 'records'>,
  customer: CustomerId,
  method: PaymentMethodId,
  now: Instant,
): Promise<PaymentMethod | null> =>
  changeMethodRecord(dependencies, customer, method, (stored) =>
    stored.removedAt === null ? { ...stored, removedAt: now } : stored,
  );
