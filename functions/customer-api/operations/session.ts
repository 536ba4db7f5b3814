import * as z from 'zod/mini';
import { findCustomers } from '../../account/find-customers.ts';
import { refreshMirror } from '../../account/refresh-mirror.ts';
import { refuse } from '../../api/answer.ts';
import { customerIdText } from '../../api/input.ts';
import { problem } from '../../api/problems.ts';
import {
  chooseCustomer,
  endSession,
  type Session,
  signOutEverywhere,
} from '../../domain/sign-in/session.ts';
import { noSessionCookie, sessionCookie } from '../cookie.ts';
import { anybodyOperation, personOperation } from '../customer-operation.ts';
import type { CustomerApiDependencies } from '../dependencies.ts';
import { refuseAskingTooOften } from '../refuse-asking-too-often.ts';
import {
  beginSession,
  changeSession,
  openLink,
  type SessionView,
  viewSession,
} from '../sessions.ts';

/** Signs in with the token of a mailed link. */
export const signIn = anybodyOperation({
  body: z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(200)) }),
  async handle(dependencies, { caller, body }) {
    const link = await openLink(dependencies, body.token);
    const begun = link === null ? null : await beginSession(dependencies, link);
    if (begun === null) return refuse(linkUsedUp);
    const { token, session } = begun;
    if (caller.earlier !== undefined) {
      await changeSession(dependencies, caller.earlier, (earlier) =>
        endSession(earlier, dependencies.clock.now()),
      );
    }
    return {
      status: 201,
      body: await viewNow(dependencies, session),
      cookie: sessionCookie(token),
    };
  },
});

/** The session of somebody who is about to look at the customer that was chosen. */
async function viewNow(
  dependencies: CustomerApiDependencies,
  session: Session,
): Promise<SessionView> {
  if (session.customer !== null) await refreshMirror(dependencies, session.customer);
  return viewSession(session, await findCustomers(dependencies.records, session.person));
}

/** Who is signed in, and for whom they may act. */
export const showSession = personOperation({
  async handle({ records }, { caller: { session } }) {
    return {
      status: 200,
      body: viewSession(session, await findCustomers(records, session.person)),
    };
  },
});

/** Chooses one of several customers; another one may be chosen at any time. */
export const chooseSessionCustomer = personOperation({
  body: z.strictObject({ customer: customerIdText }),
  async handle(dependencies, { caller: { person, session }, body: { customer } }) {
    const memberships = await findCustomers(dependencies.records, person);
    const isTheirs = memberships.some((each) => each.customer.customer === customer);
    if (!isTheirs) return refuse(notTheirs);
    const tooOften = await refuseAskingTooOften(dependencies, session);
    if (tooOften !== null) return refuse(tooOften);
    const chosen =
      session.customer === customer
        ? session
        : await changeSession(dependencies, session.id, (stored) =>
            chooseCustomer(stored, customer),
          );
    if (chosen === null) return refuse(endedMeanwhile);
    return { status: 200, body: await viewNow(dependencies, chosen) };
  },
});

/** Ends this session. */
export const signOut = personOperation({
  async handle(dependencies, { caller: { session } }) {
    const now = dependencies.clock.now();
    await changeSession(dependencies, session.id, (stored) => endSession(stored, now));
    return { status: 204, cookie: noSessionCookie };
  },
});

/** Ends every session of this person, this one too. */
export const signOutOfAll = personOperation({
  async handle({ records, clock }, { caller: { person } }) {
    const before = await records.signedOut(person);
    // A lost race is against a request that did the same, after this one had begun.
    await records.saveSignedOut(signOutEverywhere(person, before, clock.now()));
    return { status: 204, cookie: noSessionCookie };
  },
});

const linkUsedUp = problem(
  'link-used-up',
  'A link works once, for 10 minutes, and this one does not work any more. Ask for a new one.',
);
const notTheirs = problem(
  'not-found',
  'There is no such customer among yours. GET /portal/session lists those you may act for.',
);
const endedMeanwhile = problem('not-signed-in', 'The session has ended. Ask for a new link.');
