import { changeCustomer } from '../account/change-customer.ts';
import { noSuchMember } from '../account/members.ts';
import { actorOf } from '../api/actor.ts';
import { type Answer, refuse } from '../api/answer.ts';
import type { Staff } from '../api/caller.ts';
import type { PersonId } from '../domain/customer/person.ts';
import type { CustomerId } from '../domain/ids.ts';
import type { SuppressionCause } from '../domain/notice/suppression.ts';
import { isoInstant } from '../domain/time.ts';
import { personOf } from '../runtime/hash.ts';
import { noSuchCustomer } from './audit-log.ts';
import type { StaffDependencies } from './dependencies.ts';

/** That mails go to a member again, and why they did not. */
export interface UnsuppressedMember {
  readonly member: string;
  /** `null` where nothing kept them back. */
  readonly lifted: { readonly why: SuppressionCause; readonly since: string } | null;
}

/**
 * Lets mails go to a member again, because staff know better: for every customer of theirs, and
 * whatever mails from before still tell. SES's own list is not touched.
 */
export async function unsuppress(
  dependencies: StaffDependencies,
  caller: Staff,
  { customer: id, member }: { readonly customer: CustomerId; readonly member: PersonId },
  reason: string,
): Promise<Answer> {
  const { records, clock } = dependencies;
  const customer = await records.customer(id);
  if (customer === null) return refuse(noSuchCustomer);
  if (!customer.members.some(({ email }) => personOf(email) === member)) {
    return refuse(noSuchMember);
  }
  const stored = await records.suppression(member);
  const standing = stored === null || stored.liftedAt !== null ? null : stored;
  const lifted = standing && { why: standing.why, since: isoInstant(standing.at) };
  const at = clock.now();
  const wish = { customer: id, by: actorOf(caller), version: null };
  const changed = await changeCustomer(dependencies, wish, (_customer, change) => {
    if (lifted === null) return 'as_wished';
    return {
      change: {},
      unfinished: [{ kind: 'lift_suppression', person: member, at, change }],
      audit: [{ what: 'suppression_lifted', about: member, from: lifted, to: null, reason }],
    };
  });
  if ('problem' in changed) return changed;
  const body: UnsuppressedMember = { member, lifted };
  return { status: 200, body };
}
