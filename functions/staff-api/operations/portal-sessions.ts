import * as z from 'zod/mini';
import { ensureCustomer } from '../../account/ensure-customer.ts';
import { actorOf } from '../../api/actor.ts';
import { type Answer, refuse } from '../../api/answer.ts';
import type { Staff } from '../../api/caller.ts';
import { emailAddress } from '../../api/input.ts';
import type { Call } from '../../api/operation.ts';
import { problem } from '../../api/problems.ts';
import type { CustomerId } from '../../domain/ids.ts';
import { isAllowedReturnUrl } from '../../domain/sign-in/return-url.ts';
import { createLink, linkExpiresAt, linkUrl } from '../../domain/sign-in/sign-in-link.ts';
import { isoInstant } from '../../domain/time.ts';
import { hashSecret, personOf } from '../../runtime/hash.ts';
import type { StaffDependencies } from '../dependencies.ts';
import { staffOperation } from '../staff-operation.ts';
import { ofCustomer } from './parts.ts';

const bodySchema = z.strictObject({
  /** The mail address of the member who is to be signed in. */
  member: emailAddress,
  /** Where the page sends them back to; one of the allowed places. */
  returnUrl: z.optional(z.string().check(z.minLength(1), z.maxLength(1000))),
});

/** The answer: an address that signs the member in once. */
export interface PortalSessionView {
  readonly url: string;
  readonly expiresAt: string;
}

/**
 * Makes an address that signs a member in once, for the business to send its own user to. Asked
 * twice it makes two: neither is of any use to anybody but who got the answer.
 */
export const createPortalSession = staffOperation({
  path: ofCustomer,
  body: bodySchema,
  async handle(dependencies, call) {
    const { path, body } = call;
    const { returnUrl } = body;
    const { returnUrls } = dependencies.settings.portal;
    if (returnUrl !== undefined && !isAllowedReturnUrl(returnUrl, returnUrls)) {
      return refuse(returnUrlNotAllowed);
    }
    const stored = await dependencies.records.customer(path.customer);
    const customer = stored ?? (await ensureCustomer(dependencies, path.customer));
    if (customer === null) return refuse(noSuchCustomer);
    const person = personOf(body.member);
    const isMember = customer.members.some(({ email }) => personOf(email) === person);
    return isMember ? answerLink(dependencies, call) : refuse(noSuchMember);
  },
});

type PortalSessionCall = Call<
  Staff,
  { readonly customer: CustomerId },
  unknown,
  z.output<typeof bodySchema>
>;

async function answerLink(
  { records, clock, randomToken, portalOrigin }: StaffDependencies,
  { caller, path: { customer }, body }: PortalSessionCall,
): Promise<Answer> {
  const token = randomToken();
  const { member } = body;
  const returnUrl = body.returnUrl ?? null;
  const person = personOf(member);
  const now = clock.now();
  const link = createLink({ id: hashSecret(token), person, customer, returnUrl }, now);
  // The audit entry comes first: there is no link without one.
  await records.addAudit(customer, {
    id: `portal-session-${link.id.slice(0, 32)}`,
    at: now,
    by: actorOf(caller),
    what: 'portal_session_created',
    about: person,
    from: null,
    to: { member, returnUrl },
    reason: null,
  });
  if (!(await records.addLink(link))) throw new Error('A link has this id already.');
  const view: PortalSessionView = {
    url: linkUrl(portalOrigin, token),
    expiresAt: isoInstant(linkExpiresAt(link)),
  };
  return { status: 201, body: view };
}

const returnUrlNotAllowed = problem(
  'invalid-request',
  'The return address is none of the allowed ones. Add its origin and path to "backstop.portal.returnUrls" in cdk.json and deploy, or use one that is there.',
  { errors: [{ path: 'body.returnUrl', message: 'is none of the allowed addresses.' }] },
);
const noSuchCustomer = problem('not-found', 'Neither we nor Stripe know this customer.');
const noSuchMember = problem(
  'not-found',
  'Nobody with this mail address is a member of the customer. Invite them first: POST /staff/customers/{customer}/members.',
);
