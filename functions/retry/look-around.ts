import { ledgerCard } from '../domain/card-ledger.ts';
import { chargingAllowed } from '../domain/charging-switch.ts';
import { type Customer, recordCustomer } from '../domain/customer.ts';
import type { EarlySituation } from '../domain/decide-next-step.ts';
import type { DunningCase, OpenAttempt } from '../domain/dunning-case.ts';
import type { CustomerId } from '../domain/ids.ts';
import {
  type PaymentMethod,
  recordPaymentMethod,
  refreshPaymentMethod,
} from '../domain/payment-method.ts';
import type { Candidate, Situation } from '../domain/situation.ts';
import type { InvoiceFacts, PaymentMethodFacts } from '../domain/stripe-facts.ts';
import type { RetryDependencies } from './dependencies.ts';

/** How often a record is read anew when another writer came first. */
const mostTries = 5;

/** What can be known before the customer's methods are looked at. */
export async function lookEarly(
  { records, policy, mode, clock }: RetryDependencies,
  dunningCase: DunningCase,
  facts: InvoiceFacts,
): Promise<EarlySituation> {
  const charging = chargingAllowed(mode, await records.chargingSwitch());
  return { dunningCase, facts, policy, charging, now: clock.now() };
}

/**
 * Everything a decision may look at, read now. The table's mirror follows what Stripe shows; a
 * customer whom we never met is recorded.
 */
export async function lookAround(
  dependencies: RetryDependencies,
  early: EarlySituation,
): Promise<Situation> {
  const customer = await mirrorCustomer(dependencies, early.facts);
  const [primary, secondary] = await Promise.all([
    candidateOf(dependencies, customer.customer, early.facts.primary),
    secondaryOf(dependencies, customer),
  ]);
  return { ...early, primary, secondary };
}

/**
 * The situation again after the claim: role, consent and revision are read anew, because the
 * page where they change writes first and then looks for open attempts. One of the two sees
 * the other.
 */
export async function lookAgain(
  { records, clock }: RetryDependencies,
  situation: Situation,
  dunningCase: DunningCase,
): Promise<Situation> {
  const customer = await records.customer(dunningCase.customer);
  const reread = async (candidate: Candidate | null, id: string | null) => {
    if (candidate === null || candidate.method.method !== id) return null;
    const method = await records.method(dunningCase.customer, candidate.method.method);
    return method === null ? null : { ...candidate, method };
  };
  const [primary, secondary] = await Promise.all([
    reread(situation.primary, situation.facts.primary?.method ?? null),
    reread(situation.secondary, customer?.secondary ?? null),
  ]);
  return { ...situation, dunningCase, primary, secondary, now: clock.now() };
}

/**
 * The situation with the attempt's own method in its role: what is told of a charge names the
 * method that was charged, whatever has taken its role since.
 */
export async function lookAsClaimed(
  { records }: RetryDependencies,
  situation: Situation,
  attempt: Pick<OpenAttempt, 'role' | 'method'>,
): Promise<Situation> {
  if (situation[attempt.role]?.method.method === attempt.method) return situation;
  const method = await records.method(situation.dunningCase.customer, attempt.method);
  if (method === null) return situation;
  const ledger = await records.ledger(ledgerCard(method));
  return { ...situation, [attempt.role]: { method, ledger, attached: false } };
}

async function mirrorCustomer(
  { records }: RetryDependencies,
  facts: InvoiceFacts,
): Promise<Customer> {
  const primary = facts.primary?.method ?? null;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.customer(facts.customer);
    if (stored === null) {
      const first = recordCustomer(facts.holder, facts.primary);
      if (await records.addCustomer(first)) return first;
      continue;
    }
    if (stored.primary === primary) return stored;
    const mirrored = { ...stored, primary, version: stored.version + 1 };
    if (await records.saveCustomer(mirrored)) return mirrored;
  }
  throw new Error(`Customer ${facts.customer} changed ${mostTries} times while it was read.`);
}

async function secondaryOf(
  dependencies: RetryDependencies,
  customer: Customer,
): Promise<Candidate | null> {
  if (customer.secondary === null) return null;
  const facts = await dependencies.stripe.paymentMethod(customer.secondary);
  if (facts !== null) return candidateOf(dependencies, customer.customer, facts);
  const method = await dependencies.records.method(customer.customer, customer.secondary);
  if (method === null) return null;
  return { method, ledger: await dependencies.records.ledger(ledgerCard(method)), attached: false };
}

async function candidateOf(
  dependencies: RetryDependencies,
  customer: CustomerId,
  facts: PaymentMethodFacts | null,
): Promise<Candidate | null> {
  if (facts === null) return null;
  const method = await mirrorMethod(dependencies, customer, facts);
  const ledger = await dependencies.records.ledger(ledgerCard(method));
  return { method, ledger, attached: facts.customer === customer };
}

async function mirrorMethod(
  { records, clock }: RetryDependencies,
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
