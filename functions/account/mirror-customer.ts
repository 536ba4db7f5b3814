import { isDeepStrictEqual } from 'node:util';
import { isPromoted } from '../domain/case/subscription-default.ts';
import {
  type Customer,
  isMirrorStale,
  nextCustomer,
  recordCustomer,
  type Unfinished,
} from '../domain/customer/customer.ts';
import type { PaymentMethod } from '../domain/customer/payment-method.ts';
import { tellingsOf } from '../domain/customer/telling.ts';
import type { CustomerId, PaymentMethodId } from '../domain/ids.ts';
import { zoneOf } from '../domain/schedule/time-zone.ts';
import type { PaymentMethodFacts } from '../domain/stripe/stripe-facts.ts';
import type { Instant } from '../domain/time.ts';
import type { FinishDependencies } from './dependencies.ts';
import { markRemoved, mirrorMethod } from './method-records.ts';

/** How often a customer is read anew when another writer came first. */
const mostTries = 5;

/**
 * Brings the records of a customer up to what Stripe shows: what is charged, and every method that
 * is attached, with those that are gone marked as removed. A customer whom only Stripe knows is
 * recorded. Members, roles of ours and consents stay.
 * @returns `null` where Stripe has no such customer any more.
 */
export async function mirrorFromStripe(
  dependencies: FinishDependencies,
  id: CustomerId,
): Promise<Customer | null> {
  const { records, stripe } = dependencies;
  for (let tries = 0; tries < mostTries; tries += 1) {
    // The record first: a change of it after Stripe was read makes the write below fail.
    const account = await records.account(id);
    const [facts, billing, methods, { primary }] = await Promise.all([
      stripe.customer(id),
      stripe.billingInfo(id),
      stripe.methodsOf(id),
      stripe.primaryOf(id),
    ]);
    if (facts === null || facts.deleted || billing === null || methods === null) return null;
    const gone = await mirrorMethods(dependencies, id, account?.methods ?? [], methods);
    const stored = account?.customer ?? null;
    const now = dependencies.clock.now();
    const first = stored ?? { ...recordCustomer(facts, null), version: 0 };
    // What only a fallback made the default is about to be set back.
    const isChosen = !isPromoted(primary, account?.cases ?? []);
    const charged = isChosen ? primary : first.primary;
    const { locale } = facts;
    const timeZone = zoneOf(facts, methods.find(({ method }) => method === charged) ?? null);
    const atStripe = { locale, timeZone, billing, primary: charged };
    const mirrored = mirrorOf(first, atStripe, gone, now);
    if (mirrored === first) return first;
    const written =
      stored === null ? records.addCustomer(mirrored) : records.saveCustomer(mirrored);
    if (await written) return mirrored;
  }
  throw new Error(`Customer ${id} changed ${mostTries} times while it was read.`);
}

/** The customer after a look at Stripe; the same object where it is as it was. */
function mirrorOf(
  stored: Customer,
  atStripe: Pick<Customer, 'locale' | 'timeZone' | 'billing' | 'primary'>,
  gone: ReadonlySet<string>,
  now: Instant,
): Customer {
  // What was set here and is not at Stripe yet stays.
  const isUnfinished = (kind: Unfinished['kind']) =>
    stored.unfinished.some((each) => each.kind === kind);
  const primary = isUnfinished('set_primary') ? stored.primary : atStripe.primary;
  const isGone = stored.secondary !== null && gone.has(stored.secondary);
  const secondary = isGone ? null : stored.secondary;
  const isBillingOpen = isUnfinished('mirror_billing_info');
  const billing = isBillingOpen ? stored.billing : atStripe.billing;
  const { locale, timeZone } = atStripe;
  const mirrored = { locale, timeZone, billing, primary, secondary };
  const isSame = isDeepStrictEqual({ ...stored, ...mirrored }, stored);
  if (isSame && !isMirrorStale(stored, now)) return stored;
  const lost = isGone ? backupLost(stored, primary, now) : [];
  return nextCustomer(stored, { ...mirrored, mirroredAt: now }, lost, now);
}

/** The role is ours alone: nowhere else stands who took the backup away. */
function backupLost(
  { primary: before, secondary, version }: Customer,
  primary: PaymentMethodId | null,
  at: Instant,
): readonly Unfinished[] {
  const by = { kind: 'backstop' } as const;
  const entry = {
    id: `customer-${version + 1}-mirror`,
    at,
    by,
    what: 'roles_changed',
    about: null,
    // Only the loss of the backup: Stripe knows who chose another primary.
    from: { primary, secondary },
    to: { primary, secondary: null },
    reason: 'The backup is not attached to the customer at Stripe any more.',
  } as const;
  const told = { change: version + 1, by, at };
  return [
    { kind: 'audit', entry: { ...entry, from: { primary: before, secondary } } },
    ...tellingsOf([entry], null).map((telling) => ({ kind: 'tell', telling, ...told }) as const),
  ];
}

/** Writes what is attached, and marks what is not any more. @returns Which those are. */
async function mirrorMethods(
  dependencies: FinishDependencies,
  customer: CustomerId,
  known: readonly PaymentMethod[],
  attached: readonly PaymentMethodFacts[],
): Promise<ReadonlySet<string>> {
  const { stripe, clock } = dependencies;
  const listed = new Set<string>(attached.map(({ method }) => method));
  await Promise.all(attached.map((facts) => mirrorMethod(dependencies, customer, facts)));
  const gone = new Set<string>();
  for (const { method, removedAt } of known) {
    if (removedAt !== null) gone.add(method);
    if (removedAt !== null || listed.has(method)) continue;
    // The list leaves out bank accounts of the older kind: asked for by its id, each is told.
    const facts = await stripe.paymentMethod(method);
    const isOlderKind = facts === null && !method.startsWith('pm_');
    if (isOlderKind || facts?.customer === customer) continue;
    await markRemoved(dependencies, customer, method, clock.now());
    gone.add(method);
  }
  return gone;
}
