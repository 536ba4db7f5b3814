import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Access } from '../access.ts';
import type { Anybody, MemberCaller, Person } from '../api/caller.ts';
import { problem } from '../api/problems.ts';
import type { Customer } from '../domain/customer/customer.ts';
import type { Clock } from '../domain/ports.ts';
import { isOver, noteUse, type Session } from '../domain/sign-in/session.ts';
import { hashSecret, personOf } from '../runtime/hash.ts';
import type { Problem } from '../runtime/problem.ts';
import type { Records } from '../runtime/records.ts';
import { readSessionCookie } from './cookie.ts';

type CustomerCaller = Anybody | Person | MemberCaller;
type Admission = { readonly caller: CustomerCaller } | { readonly problem: Problem };

export interface AdmissionDependencies {
  readonly records: Pick<Records, 'session' | 'saveSession' | 'signedOut' | 'customer'>;
  readonly clock: Clock;
  readonly portalOrigin: string;
}

/**
 * Lets in who may call a route of the customer's page: the same site for everything that changes
 * something, then the session, then the membership as the customer's item has it now.
 */
export const admitCustomer =
  (dependencies: AdmissionDependencies) =>
  async (request: APIGatewayProxyEventV2, access: Access): Promise<Admission> => {
    if (!isSafe(request) && !isSameOrigin(request, dependencies.portalOrigin)) {
      return { problem: otherOrigin };
    }
    const token = readSessionCookie(request);
    const id = token === null ? null : hashSecret(token);
    if (access === 'anybody')
      return { caller: { kind: 'anybody', ...(id !== null && { earlier: id }) } };
    const signedIn = id === null ? null : await readSession(dependencies, id);
    if (signedIn === null) return { problem: notSignedIn };
    return admitPerson(signedIn, access);
  };

const isSafe = ({ requestContext }: APIGatewayProxyEventV2): boolean =>
  requestContext.http.method === 'GET';

/**
 * Browsers send `Origin` with everything but GET and HEAD; a few leave it out for their own site,
 * and say so by `Sec-Fetch-Site`, which no page can set. Who sends neither is no page of ours.
 */
function isSameOrigin({ headers }: APIGatewayProxyEventV2, portalOrigin: string): boolean {
  return headers.origin === undefined
    ? headers['sec-fetch-site'] === 'same-origin'
    : headers.origin === portalOrigin;
}

interface SignedIn {
  readonly session: Session;
  /** As it is now; `null` where none is chosen. */
  readonly customer: Customer | null;
}

/** `null` where the session has ended, or there never was one. */
async function readSession(
  { records, clock }: Pick<AdmissionDependencies, 'records' | 'clock'>,
  id: string,
): Promise<SignedIn | null> {
  const session = await records.session(id);
  if (session === null) return null;
  const [signedOut, customer] = await Promise.all([
    records.signedOut(session.person),
    session.customer === null ? null : records.customer(session.customer),
  ]);
  const now = clock.now();
  if (isOver(session, signedOut, now)) return null;
  const used = noteUse(session, now);
  if (used === null) return { session, customer };
  if (await records.saveSession(used)) return { session: used, customer };
  // Another request of this session came first: it noted the use, chose a customer, or ended it.
  return readSession({ records, clock }, id);
}

function admitPerson({ session, customer }: SignedIn, access: Access): Admission {
  const { person } = session;
  switch (access) {
    case 'anybody':
    case 'person':
      return { caller: { kind: 'person', person, session } };
    case 'viewer':
    case 'owner': {
      if (session.customer === null) return { problem: noCustomerChosen };
      const member = customer?.members.find(({ email }) => personOf(email) === person);
      if (customer === null || member === undefined) return { problem: noMember };
      if (access === 'owner' && member.role !== 'owner') return { problem: notAllowed };
      return { caller: { kind: 'member', person, session, member, customer } };
    }
    case 'staff':
      return { problem: notAllowed };
  }
}

const otherOrigin = problem(
  'other-origin',
  'Only the page itself may do this. Open it in a browser, and do not remove the headers Origin and Sec-Fetch-Site on the way.',
);
const notSignedIn = problem(
  'not-signed-in',
  'Nobody is signed in, or the session has ended. Ask for a new link to sign in.',
);
const noCustomerChosen = problem(
  'no-customer-chosen',
  'Choose first for which customer you act: PUT /portal/session/customer.',
);
const noMember = problem(
  'no-customer-chosen',
  'You are no member of this customer any more. Choose another one, or ask an owner to invite you.',
);
const notAllowed = problem('not-allowed', 'Only an owner may do this. Ask an owner to do it.');
