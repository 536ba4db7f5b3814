import { findCustomers, type Membership } from '../account/find-customers.ts';
import type { Member } from '../domain/customer/customer.ts';
import type { CustomerId } from '../domain/ids.ts';
import { lastsUntil, type Session, startSession } from '../domain/sign-in/session.ts';
import { consumeLink, isRevoked, type SignInLink } from '../domain/sign-in/sign-in-link.ts';
import { isoInstant } from '../domain/time.ts';
import { hashSecret } from '../runtime/hash.ts';
import type { CustomerApiDependencies } from './dependencies.ts';

/** Who is signed in, and for whom they may act. */
export interface SessionView {
  readonly email: string | null;
  /** All of their customers, to choose from. */
  readonly customers: readonly {
    readonly customer: CustomerId;
    readonly name: string | null;
    readonly role: Member['role'];
  }[];
  /** For whom they act now; `null` until they have chosen. */
  readonly customer: CustomerId | null;
  readonly role: Member['role'] | null;
  /** Where the business wants them back. */
  readonly returnUrl: string | null;
  /** When the session ends at the latest. */
  readonly endsAt: string;
}

export function viewSession(session: Session, memberships: readonly Membership[]): SessionView {
  const chosen = memberships.find(({ customer }) => customer.customer === session.customer);
  return {
    email: (chosen ?? memberships[0])?.member.email ?? null,
    customers: memberships.map(({ customer, member }) => ({
      customer: customer.customer,
      name: customer.billing.name,
      role: member.role,
    })),
    customer: chosen?.customer.customer ?? null,
    role: chosen?.member.role ?? null,
    returnUrl: session.returnUrl,
    endsAt: isoInstant(lastsUntil(session)),
  };
}

/** Uses the link up; `null` where it is unknown, expired or used. */
export async function openLink(
  { records, clock }: CustomerApiDependencies,
  token: string,
): Promise<SignInLink | null> {
  const link = await records.link(hashSecret(token));
  const used = link === null ? null : consumeLink(link, clock.now());
  // Of two requests with one link, the write lets one through.
  return used !== null && (await records.saveLink(used)) ? used : null;
}

export interface NewSession {
  /** The value of the cookie. */
  readonly token: string;
  readonly session: Session;
}

/**
 * Signs the link's person in; `null` where they are a member of no customer any more, or signed
 * out everywhere since the link was made.
 */
export async function beginSession(
  dependencies: CustomerApiDependencies,
  link: SignInLink,
): Promise<NewSession | null> {
  const { person, customer, returnUrl } = link;
  const { records, clock, randomToken } = dependencies;
  const [signedOut, memberships] = await Promise.all([
    records.signedOut(person),
    findCustomers(records, person),
  ]);
  const ids = memberships.map((membership) => membership.customer.customer);
  if (ids.length === 0 || isRevoked(link, signedOut)) return null;
  const only = ids.length === 1 ? (ids[0] ?? null) : null;
  const chosen = customer !== null && ids.includes(customer) ? customer : only;
  const token = randomToken();
  const start = { id: hashSecret(token), person, customer: chosen, returnUrl };
  const signOuts = signedOut?.version ?? 0;
  const session = startSession({ ...start, signOuts }, clock.now());
  if (!(await records.addSession(session))) throw new Error('A session has this id already.');
  return { token, session };
}

/** How often a session is read anew when another request of it came first. */
const mostTries = 5;

/** Changes a session that has not ended; `null` where it ended meanwhile. */
export async function changeSession(
  { records }: CustomerApiDependencies,
  id: string,
  change: (session: Session) => Session,
): Promise<Session | null> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const stored = await records.session(id);
    if (stored === null || stored.endedAt !== null) return null;
    const changed = change(stored);
    if (await records.saveSession(changed)) return changed;
  }
  throw new Error(`A session changed ${mostTries} times while it was read.`);
}
