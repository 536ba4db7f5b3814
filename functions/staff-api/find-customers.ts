import { findCustomers as findMemberships, type Membership } from '../account/find-customers.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { CustomerId, InvoiceId } from '../domain/ids.ts';
import type { CustomerFacts } from '../domain/stripe/stripe-facts.ts';
import { personOf } from '../runtime/hash.ts';
import type { StaffDependencies } from './dependencies.ts';

/** A customer that fits, and whether there is a record of them here. */
export interface FoundCustomer {
  readonly customer: string;
  readonly name: string | null;
  readonly email: string | null;
  /** False where only Stripe knows them: recorded with the first thing that is done for them. */
  readonly known: boolean;
  /** As what the person of the mail address that was asked for is a member. */
  readonly memberRole: 'owner' | 'viewer' | null;
  /** How the case of the invoice stands that was asked for, if there is one. */
  readonly caseOfInvoice: { readonly invoice: string; readonly state: string } | null;
}

export interface FoundCustomers {
  readonly customers: readonly FoundCustomer[];
}

/** By Stripe's id. */
export async function findById(
  { records, stripe }: StaffDependencies,
  id: CustomerId,
): Promise<FoundCustomers> {
  const stored = await records.customer(id);
  if (stored !== null) return { customers: [knownCustomer(stored)] };
  const facts = await stripe.customer(id);
  return { customers: facts === null || facts.deleted ? [] : [strangerOf(facts)] };
}

/** By a member's mail address here, and by the customer's at Stripe. */
export async function findByMail(
  { records, stripe }: StaffDependencies,
  email: string,
): Promise<FoundCustomers> {
  const [memberships, atStripe] = await Promise.all([
    findMemberships(records, personOf(email)),
    stripe.customersWithMail(email),
  ]);
  const members = memberships.map(({ customer, member }: Membership) => ({
    ...knownCustomer(customer),
    memberRole: member.role,
  }));
  const others = atStripe.filter(
    (facts) => !memberships.some(({ customer }) => customer.customer === facts.customer),
  );
  const found = await Promise.all(others.map((facts) => knownOr(records, facts)));
  return { customers: [...members, ...found] };
}

/** By an invoice: Stripe says whose it is. */
export async function findByInvoice(
  { records, stripe }: StaffDependencies,
  invoice: InvoiceId,
): Promise<FoundCustomers> {
  const holder = await stripe.holderOf(invoice);
  if (holder === null) return { customers: [] };
  const [found, dunningCase] = await Promise.all([
    knownOr(records, holder),
    records.case(holder.customer, invoice),
  ]);
  const caseOfInvoice =
    dunningCase === null ? null : { invoice, state: dunningCase.progress.state };
  return { customers: [{ ...found, caseOfInvoice }] };
}

async function knownOr(
  records: StaffDependencies['records'],
  facts: CustomerFacts,
): Promise<FoundCustomer> {
  const stored = await records.customer(facts.customer);
  return stored === null ? strangerOf(facts) : knownCustomer(stored);
}

const knownCustomer = ({ customer, billing }: Customer): FoundCustomer => ({
  customer,
  name: billing.name,
  email: billing.email,
  known: true,
  memberRole: null,
  caseOfInvoice: null,
});

const strangerOf = ({ customer, name, email }: CustomerFacts): FoundCustomer => ({
  customer,
  name,
  email,
  known: false,
  memberRole: null,
  caseOfInvoice: null,
});
