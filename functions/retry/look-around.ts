import { mirrorMethod } from '../account/method-records.ts';
import { seeOwnEnd } from '../account/see-own-end.ts';
import type { DunningCase, OpenAttempt } from '../domain/case/dunning-case.ts';
import { isPromoted } from '../domain/case/subscription-default.ts';
import { chargingAllowed } from '../domain/charging-switch.ts';
import { type Customer, recordCustomer } from '../domain/customer/customer.ts';
import { isDebit } from '../domain/customer/is-debit.ts';
import { ledgerCard } from '../domain/decline/card-ledger.ts';
import type { PaymentMethodId } from '../domain/ids.ts';
import type { EarlySituation } from '../domain/pass/decide-next-step.ts';
import type { Candidate, Situation } from '../domain/pass/situation.ts';
import type { InvoiceFacts, PaymentMethodFacts } from '../domain/stripe/stripe-facts.ts';
import type { RetryDependencies } from './dependencies.ts';

/** How often a record is read anew when another writer came first. */
const mostTries = 5;

/** What can be known before the customer's methods are looked at. */
export async function lookEarly(
  { records, policy, mode, clock }: RetryDependencies,
  dunningCase: DunningCase,
  shown: InvoiceFacts,
): Promise<EarlySituation> {
  const facts = await seeOwnEnd(records, dunningCase.customer, shown);
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
  const { customer, facts } = await mirrorCustomer(dependencies, early.facts);
  const [primary, secondary] = await Promise.all([
    candidateOf(dependencies, customer, customer.primary, facts.primary),
    candidateOf(dependencies, customer, customer.secondary, null),
  ]);
  return { ...early, facts, primary, secondary, primarySetBy: customer.primarySetBy };
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
    if (method === null) return null;
    return { ...candidate, method, attached: candidate.attached && method.removedAt === null };
  };
  const [primary, secondary] = await Promise.all([
    // Which method is the primary of this invoice is for Stripe to say, unless it was set here.
    reread(situation.primary, situation.primary?.method.method ?? null),
    reread(situation.secondary, customer?.secondary ?? null),
  ]);
  const primarySetBy = customer?.primarySetBy ?? 0;
  return { ...situation, dunningCase, primary, secondary, primarySetBy, now: clock.now() };
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
  if (attempt.role === 'spare') return situation;
  if (situation[attempt.role]?.method.method === attempt.method) return situation;
  const method = await records.method(situation.dunningCase.customer, attempt.method);
  if (method === null) return situation;
  const ledger = await records.ledger(ledgerCard(method));
  return { ...situation, [attempt.role]: { method, ledger, attached: false, mandate: null } };
}

/** The record of the customer, and the invoice as it is known then. */
interface Mirrored {
  readonly customer: Customer;
  readonly facts: InvoiceFacts;
}

/**
 * The customer with what Stripe charges for this invoice as the primary. What was set here and is
 * not at Stripe yet stays. Where the two differ, Stripe is asked once more: what was read before
 * the record may be older than a change that the record has.
 */
async function mirrorCustomer(
  { records, stripe }: RetryDependencies,
  first: InvoiceFacts,
): Promise<Mirrored> {
  let facts = first;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.customer(facts.customer);
    if (stored === null) {
      const customer = recordCustomer(facts.holder, facts.primary);
      if (await records.addCustomer(customer)) return { customer, facts };
      continue;
    }
    if (isMirrored(stored, facts) || isSettingPrimary(stored)) return { customer: stored, facts };
    const again = await stripe.invoice(facts.invoice);
    if (again !== null) facts = await seeOwnEnd(records, facts.customer, again);
    if (isMirrored(stored, facts)) return { customer: stored, facts };
    if (await isFallbackDefault(records, facts)) return { customer: stored, facts };
    const primary = facts.primary?.method ?? null;
    const customer = { ...stored, primary, version: stored.version + 1 };
    if (await records.saveCustomer(customer)) return { customer, facts };
  }
  throw new Error(`Customer ${facts.customer} changed ${mostTries} times while it was read.`);
}

const isMirrored = (customer: Customer, facts: InvoiceFacts): boolean =>
  customer.primary === (facts.primary?.method ?? null);

/** Stripe has made a default of what a fallback charged, and it is about to be set back. */
async function isFallbackDefault(
  records: RetryDependencies['records'],
  { customer, primary }: InvoiceFacts,
): Promise<boolean> {
  const { cases } = await records.cases(customer);
  return isPromoted(primary?.method ?? null, cases);
}

const isSettingPrimary = ({ unfinished }: Customer): boolean =>
  unfinished.some(({ kind }) => kind === 'set_primary');

/** @param known What Stripe says of the method, where it has been asked already. */
async function candidateOf(
  dependencies: RetryDependencies,
  { customer }: Customer,
  id: PaymentMethodId | null,
  known: PaymentMethodFacts | null,
): Promise<Candidate | null> {
  if (id === null) return null;
  const { records, stripe } = dependencies;
  const facts = known?.method === id ? known : await stripe.paymentMethod(id);
  const method =
    facts === null
      ? await records.method(customer, id)
      : await mirrorMethod(dependencies, customer, facts);
  if (method === null) return null;
  const attached = facts?.customer === customer && method.removedAt === null;
  const mandate = isDebit(method.type) ? await stripe.mandateStatus(customer, id) : null;
  return { method, ledger: await records.ledger(ledgerCard(method)), attached, mandate };
}
